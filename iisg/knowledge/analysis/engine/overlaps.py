"""Who does the same for the same partner at the same time with different money (rules.md 5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from iisg.knowledge.analysis.engine.rows import PARTNERS, ActionRow, NeedRow, ResponseRow, Running
from iisg.knowledge.analysis.engine.running import running_at

OVERLAP = "overlaps"
COMPLEMENT = "complements"
POSSIBLE = "possible"

UNSPECIFIC = frozenset({"other"})
"""Kinds of assistance that say nothing of what is given: two actions cannot share them."""

Having = Mapping[str, frozenset[str]] | None
"""Partners by the need that they have; None where nobody said."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two actions, the lower reference first, and why they stand together.

    `kind`: overlaps (same kind of assistance), complements (different kinds only), or possible, where a day,
    a funder or the kind of assistance is not known, so that nobody can say; `unknown` then names which.
    `partners` are those both reach, `specific` those both name. `needs` and `measures` are what both work on.
    `since` and `until` bound the days on which both run, inclusive, None where that end is open.
    """

    first: str
    second: str
    kind: str
    partners: tuple[str, ...]
    specific: tuple[str, ...]
    needs: tuple[str, ...]
    measures: tuple[str, ...]
    assistance: tuple[str, ...]
    since: date | None
    until: date | None
    unknown: tuple[str, ...] = ()


def overlaps(
    actions: Iterable[ActionRow],
    responses: Iterable[ResponseRow],
    *,
    on: date | None = None,
    needs: Iterable[NeedRow] | None = None,
) -> list[Overlap]:
    """All pairs with a need or measure and a partner in common: overlaps, then complements, then possible.

    Pairs whose days are known and do not meet, whose funders are known and the same, that are part of each
    other or phases of each other are none. `on` keeps to actions that may run on that day. With `needs`
    given, a need that both answer brings them together only for the partners that have the need; without, for
    all that both reach. The result does not depend on the order of the input, and a pair is found once,
    whichever side one looks from.
    """
    by_ref = {a.ref: a for a in actions if a.stage != "cancelled" and (on is None or _may_run(a, on))}
    answered = answered_by(responses)
    lines = lines_above(by_ref)
    having = None if needs is None else {need.ref: need.partners for need in needs}
    found = []
    for first, second in sorted(_candidates(by_ref, answered, having)):
        pair = _pair(by_ref[first], by_ref[second], answered, lines, having)
        if pair is not None:
            found.append(pair)
    order = {OVERLAP: 0, COMPLEMENT: 1, POSSIBLE: 2}
    return sorted(found, key=lambda o: (order[o.kind], not o.specific, o.first, o.second))


def answered_by(responses: Iterable[ResponseRow]) -> dict[str, set[str]]:
    """Needs that a person judged answered, by action."""
    answered: dict[str, set[str]] = defaultdict(set)
    for response in responses:
        if response.degree in ("full", "partial"):
            answered[response.action].add(response.need)
    return answered


def _candidates(
    actions: Mapping[str, ActionRow], answered: Mapping[str, set[str]], having: Having
) -> set[tuple[str, str]]:
    """Pairs in one block of partner and need or measure: all others cannot overlap."""
    blocks: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for action in actions.values():
        for partner in action.partners:
            for measure in action.measures:
                blocks["measure", partner, measure].append(action.ref)
            for need in answered.get(action.ref, ()):
                if having is None or partner in having.get(need, ()):
                    blocks["need", partner, need].append(action.ref)
    return {pair for refs in blocks.values() for pair in combinations(sorted(set(refs)), 2)}


def lines_above(actions: Mapping[str, ActionRow]) -> dict[str, frozenset[str]]:
    """Everything above an action: wholes and earlier phases, however far up; circles end where they began."""
    above: dict[str, frozenset[str]] = {}
    for start in actions:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            row = actions.get(waiting.pop())
            if row is not None:
                fresh = (row.parents | row.phase_of) - seen
                seen |= fresh
                waiting += fresh
        above[start] = frozenset(seen)
    return above


def _pair(
    first: ActionRow,
    second: ActionRow,
    answered: Mapping[str, set[str]],
    lines: Mapping[str, frozenset[str]],
    having: Having,
) -> Overlap | None:
    """The two together, or None where a rule says they are none."""
    if second.ref in lines[first.ref] or first.ref in lines[second.ref]:
        return None
    same_money = bool(first.funders) and first.funders == second.funders
    if same_money or _apart(first, second):
        return None
    kinds, others = first.assistance - UNSPECIFIC, second.assistance - UNSPECIFIC
    shared = kinds & others
    unknown = tuple(
        name
        for name, missing in (
            ("time", None in (first.start, second.start) or None in (first.end, second.end)),
            ("funder", not first.funders or not second.funders),
            ("assistance", not kinds or not others),
        )
        if missing
    )
    kind = POSSIBLE if unknown else OVERLAP if shared else COMPLEMENT
    partners = first.partners & second.partners
    measures = first.measures & second.measures
    needs = answered.get(first.ref, set()) & answered.get(second.ref, set())
    if having is not None:
        needs = {need for need in needs if partners & having.get(need, frozenset())}
        if not measures:
            partners &= frozenset().union(*(having[need] for need in needs))
    starts = [a.start for a in (first, second) if a.start]
    ends = [a.end for a in (first, second) if a.end]
    return Overlap(
        first=first.ref,
        second=second.ref,
        kind=kind,
        partners=_in_order(partners),
        specific=_in_order(partners & first.named & second.named),
        needs=tuple(sorted(needs)),
        measures=tuple(sorted(measures)),
        assistance=tuple(sorted(shared)),
        since=max(starts) if len(starts) == 2 else None,
        until=min(ends) if len(ends) == 2 else None,
        unknown=unknown,
    )


def pair_of(
    first: ActionRow, second: ActionRow, answered: Mapping[str, set[str]], having: Having
) -> Overlap | None:
    """Two actions of which neither stands above the other, as `overlaps` tells them; None where they are no pair."""
    return _pair(first, second, answered, {first.ref: frozenset(), second.ref: frozenset()}, having)


def _apart(first: ActionRow, second: ActionRow) -> bool:
    """Whether known days show that they never run together."""
    return bool(
        (first.end and second.start and first.end < second.start)
        or (second.end and first.start and second.end < first.start)
    )


def _may_run(action: ActionRow, on: date) -> bool:
    """Runs, or nobody knows whether it does; one that has finished, not begun or was stopped makes no pair."""
    return running_at(action, on) in (Running.RUNNING, Running.UNKNOWN)


def _in_order(codes: frozenset[str]) -> tuple[str, ...]:
    return tuple(code for code in PARTNERS if code in codes)
