"""Which two flows may be two reports of one: proposed where actions are linked and the facts fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from iisg.knowledge.analysis.engine.money.rows import INCOMING, Valued

NOISE = Decimal("0.05")
"""How far two sums of different currencies may lie apart in euro; within one currency they must be equal."""
NEAR = timedelta(days=92)
"""How far two days may lie apart: a donor's and a recipient's books close in different quarters."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two flows that look like one; `reasons` are codes for the page to word: amount, near_amount, day, payer."""

    first: int
    second: int
    reasons: tuple[str, ...]


def proposals(ours: Iterable[Valued], theirs: Iterable[Valued]) -> Iterator[Proposal]:
    """Pairs of flows of two linked actions, each flow once; flows that are second reports already are left out."""
    free = [v for v in theirs if v.flow.second_of is None]
    for one in ours:
        if one.flow.second_of is not None:
            continue
        for other in free:
            reasons = _reasons(one, other)
            if reasons:
                free.remove(other)
                yield Proposal(one.flow.key, other.flow.key, reasons)
                break


def _reasons(one: Valued, other: Valued) -> tuple[str, ...]:
    """Why the two may be one; empty where they cannot be."""
    states = {one.flow.state, other.flow.state}
    if len(states) > 1 and states != {INCOMING, "spent"}:
        return ()
    stated = one.flow.source_stated and other.flow.source_stated
    if stated and one.flow.source and other.flow.source and one.flow.source != other.flow.source:
        return ()
    amount = _same_amount(one, other)
    days = _same_time(one, other)
    if not amount or days is False:
        return ()
    payer = ("payer",) if one.flow.source and one.flow.source == other.flow.source else ()
    return (amount, *(("day",) if days else ()), *payer)


def _same_amount(one: Valued, other: Valued) -> str:
    if not one.flow.amount or not other.flow.amount:
        return ""
    if one.flow.currency == other.flow.currency:
        return "amount" if one.flow.amount == other.flow.amount else ""
    if one.converted.eur is None or other.converted.eur is None:
        return ""
    larger = max(abs(one.eur), abs(other.eur))
    return "near_amount" if abs(one.eur - other.eur) <= larger * NOISE else ""


def _same_time(one: Valued, other: Valued) -> bool | None:
    """Whether their days fit; None where one has no day of its own."""
    if one.flow.dated_by_action or other.flow.dated_by_action:
        return None
    first, second = _days(one), _days(other)
    if first is None or second is None:
        return None
    return first[0] - NEAR <= second[1] and second[0] - NEAR <= first[1]


def _days(of: Valued) -> tuple[date, date] | None:
    start, end = of.flow.first or of.flow.day, of.flow.last or of.flow.day
    return (start, end) if start and end else None
