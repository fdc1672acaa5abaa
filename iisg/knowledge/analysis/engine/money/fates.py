"""What becomes of every sum, whatever boundary is drawn later: parts of flows that add to the flow to the cent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from iisg.knowledge.analysis.engine.chains import Chains
from iisg.knowledge.analysis.engine.money.levels import (
    Uncontracted,
    hidden_parts,
    hidden_wholes,
    not_yet_contracted,
)
from iisg.knowledge.analysis.engine.money.passing import Passing, new_money_factor, passed_on
from iisg.knowledge.analysis.engine.money.rates import CENT, Exchange
from iisg.knowledge.analysis.engine.money.rows import INCOMING, MoneyAction, Valued, Where, valued
from iisg.knowledge.analysis.engine.money.rules import COUNTED_MEASURES, Fate, Measure

ZERO = Decimal(0)
Sums = dict[str, list[Valued]]
"""Reference of an action -> its sums of one measure that still stand."""


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of a flow with what becomes of it.

    `because` names the action that takes its place. `placed` is the action by which it is put on partners and
    pillars: its own, or the more exact one that passes the money on.
    """

    of: Valued
    measure: Measure
    fate: Fate
    eur: Decimal
    placed: MoneyAction
    because: str = ""
    estimated: bool = False

    @property
    def where(self) -> Where:
        """Whom it is for: of money passed on as its receiver says, else as the sum says itself, else its action."""
        own = self.of.flow.where if self.placed.ref == self.of.action.ref else None
        return own or self.placed.where

    @property
    def sectors(self) -> Mapping[str, Decimal | None]:
        """What it is for, in the same order."""
        passed_on = self.placed.ref != self.of.action.ref
        if passed_on and self.placed.sectors:
            return self.placed.sectors
        return self.of.flow.sectors or self.of.action.sectors


@dataclass(slots=True)
class Fates:
    """All portions; what could not be turned into euro; what wholes have not yet contracted."""

    portions: list[Portion] = field(default_factory=list)
    unconverted: list[Valued] = field(default_factory=list)
    uncontracted: list[tuple[Uncontracted, list[Portion]]] = field(default_factory=list)
    factors: dict[tuple[str, Measure], Fraction] = field(default_factory=dict)


def fates_of(actions: Iterable[MoneyAction], exchange: Exchange) -> Fates:
    """Decide on every sum; the order of the input is irrelevant."""
    rows = {action.ref: action for action in sorted(actions, key=lambda action: action.ref)}
    found = Fates()
    chosen = {flow.second_of for row in rows.values() for flow in row.flows}
    standing: dict[Measure, Sums] = {measure: defaultdict(list) for measure in Measure}
    received: dict[str, list[Valued]] = defaultdict(list)
    for action in rows.values():
        for sum_ in valued(action, exchange):
            if sum_.converted.eur is None:
                found.unconverted.append(sum_)
            elif sum_.flow.state == INCOMING:
                received[action.ref].append(sum_)
            elif fate := _left_out(sum_, chosen):
                found.portions.append(Portion(sum_, Measure(sum_.flow.state), fate, sum_.eur, action))
            else:
                standing[Measure(sum_.flow.state)][action.ref].append(sum_)
    groups = _groups(rows)
    chains = Chains({ref: row.parents for ref, row in rows.items() if row.parents})
    for measure, sums in standing.items():
        _leave_out_same(sums, measure, groups, found)
        if measure is Measure.COMMITTED:
            _leave_out_budgets(sums, measure, found)
    _note_uncontracted(standing, chains, found)
    for measure, sums in standing.items():
        _leave_out_levels(sums, measure, chains, found)
        if measure in COUNTED_MEASURES:
            _pass_on(sums, measure, rows, received, found)
        else:
            for having in sums.values():
                found.portions += _whole(having, measure, Fate.COUNTED)
    return found


def _left_out(sum_: Valued, chosen: Collection[int | None]) -> Fate | None:
    """Why a sum counts nowhere, whatever stands beside it: a second report, or a report at second hand.

    What is reported at second hand is left out as a whole, as by OCHA; a sum of it that an officer chose to count
    over another report counts.
    """
    if sum_.flow.second_of is not None:
        return Fate.SECOND_REPORT
    if sum_.action.second_hand and sum_.flow.key not in chosen:
        return Fate.SECOND_HAND
    return None


def share_out(sums: Iterable[tuple[int, Decimal]], part: Fraction) -> dict[int, Decimal]:
    """`part` of each sum to the cent, so that together they are `part` of the total to the cent.

    By running totals in the order of the keys; sums below zero are taken along with their sign.
    """
    if part == 1:
        return dict(sums)
    given: dict[int, Decimal] = {}
    running = before = 0
    for key, eur in sorted(sums):
        running += int(eur / CENT)
        now = round(Fraction(running * part.numerator, part.denominator))
        given[key] = (now - before) * CENT
        before = now
    return given


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of what an action states, and what becomes of it."""

    part: Fraction
    fate: Fate
    placed: MoneyAction
    because: str = ""
    estimated: bool = False


def _divide(sums: Iterable[Valued], measure: Measure, pieces: Iterable[Piece]) -> Iterator[Portion]:
    """Every sum by the pieces, which together are one; parts of a flow add to the flow to the cent."""
    sums, upto = list(sums), Fraction(0)
    before = {s.flow.key: ZERO for s in sums}
    for piece in pieces:
        upto += piece.part
        now = share_out(((s.flow.key, s.eur) for s in sums), upto)
        for sum_ in sums:
            eur = now[sum_.flow.key] - before[sum_.flow.key]
            if eur or piece.part == 1:
                yield Portion(sum_, measure, piece.fate, eur, piece.placed, piece.because, piece.estimated)
        before = now


def _whole(sums: list[Valued], measure: Measure, fate: Fate, because: str = "") -> list[Portion]:
    """The sums of one action undivided."""
    return [Portion(s, measure, fate, s.eur, s.action, because) for s in sums]


def _totals(sums: Mapping[str, list[Valued]]) -> dict[str, Decimal]:
    """Action -> its total, where that is not zero: a sum of zero is not "having" one (rules.md 6.3)."""
    totals = {ref: sum((s.eur for s in found), ZERO) for ref, found in sums.items()}
    return {ref: total for ref, total in totals.items() if total}


def _groups(rows: Mapping[str, MoneyAction]) -> dict[str, str]:
    """Action -> smallest reference of the actions that are the same."""
    linked: dict[str, set[str]] = defaultdict(set)
    for ref, row in rows.items():
        for other in row.same_as:
            if other in rows:
                linked[ref].add(other)
                linked[other].add(ref)
    found: dict[str, str] = {}
    for ref in sorted(linked):
        waiting = [ref] if ref not in found else []
        while waiting:
            here = waiting.pop()
            if here not in found:
                found[here] = ref
                waiting.extend(linked[here])
    return found


def _leave_out_same(sums: Sums, measure: Measure, groups: Mapping[str, str], found: Fates) -> None:
    """Of one action's several records the one counts whose report was chosen, else the first that states a sum."""
    members: dict[str, list[str]] = defaultdict(list)
    for ref in sums:
        if ref in groups and sums[ref]:
            members[groups[ref]].append(ref)
    chosen_flows = {p.of.flow.second_of for p in found.portions if p.fate is Fate.SECOND_REPORT}
    for refs in members.values():
        first = min(refs, key=lambda r: (not any(s.flow.key in chosen_flows for s in sums[r]), r))
        for ref in refs:
            if ref != first:
                found.portions += _whole(sums.pop(ref), measure, Fate.SAME_ACTION, first)


def _leave_out_budgets(sums: Sums, measure: Measure, found: Fates) -> None:
    """A committed budget stands in only where the action reports no commitment itself."""
    for ref, having in sums.items():
        budgets = [s for s in having if s.flow.budget]
        if budgets and len(budgets) < len(having):
            found.portions += _whole(budgets, measure, Fate.BUDGET_BESIDE)
            sums[ref] = [s for s in having if not s.flow.budget]


def _leave_out_levels(sums: Sums, measure: Measure, chains: Chains, found: Fates) -> None:
    having = _totals(sums)
    lowest = measure is Measure.SPENT
    hidden: Collection[str] = (hidden_wholes if lowest else hidden_parts)(having, chains)
    for ref in sorted(hidden):
        fate = Fate.IN_PARTS if lowest else Fate.IN_WHOLE
        near = "" if lowest else min(chains.above(ref) & (set(having) - set(hidden)), default="")
        found.portions += _whole(sums.pop(ref), measure, fate, near)


def _note_uncontracted(standing: Mapping[Measure, Sums], chains: Chains, found: Fates) -> None:
    """What is left of each whole's commitment, as parts of its flows."""
    committed, spent = (_totals(standing[measure]) for measure in COUNTED_MEASURES)
    for rest in not_yet_contracted(committed, spent, chains):
        having = standing[Measure.COMMITTED][rest.ref]
        part = (
            Fraction(max(rest.rest, ZERO)) / Fraction(rest.committed) if rest.committed > 0 else Fraction(0)
        )
        piece = Piece(part, Fate.COUNTED, having[0].action)
        found.uncontracted.append((rest, list(_divide(having, Measure.COMMITTED, [piece]))))


def _pass_on(
    sums: Sums,
    measure: Measure,
    rows: Mapping[str, MoneyAction],
    received: Mapping[str, list[Valued]],
    found: Fates,
) -> None:
    """Take what a link or the factor says was passed on out of each action; the rest counts.

    Where the receiver names partners and its funder's money counts, that money lies where the receiver works.
    """
    totals = _totals(sums)
    links = {ref: rows[ref].funded_by for ref in sums if rows[ref].funded_by}
    passings = passed_on(totals, links)
    taken: dict[str, Decimal] = defaultdict(Decimal)
    given: dict[str, list[Passing]] = defaultdict(list)
    for passing in passings:
        taken[passing.receiver] += passing.amount
        given[passing.funder].append(passing)
    for ref, having in sums.items():
        own = rows[ref]
        new, pieces = Fraction(1), list[Piece]()
        if ref in taken:
            new -= Fraction(taken[ref]) / Fraction(totals[ref])
            funders = ", ".join(p.funder for p in passings if p.receiver == ref)
            pieces.append(Piece(1 - new, Fate.PASSED_ON, own, funders))
        elif not links.get(ref) and received.get(ref):
            new = found.factors[ref, measure] = _factor(totals.get(ref, ZERO), received[ref])
            pieces.append(Piece(1 - new, Fate.ESTIMATED, own, estimated=True))
        for passing in given[ref]:
            receiver = rows[passing.receiver]
            if receiver.partners:
                part = new * Fraction(passing.amount) / Fraction(totals[ref])
                pieces.append(Piece(part, Fate.COUNTED, receiver, passing.receiver))
        if not pieces:
            found.portions += _whole(having, measure, Fate.COUNTED)
            continue
        rest = 1 - sum((piece.part for piece in pieces), Fraction(0))
        pieces.append(Piece(rest, Fate.COUNTED, own, estimated=(ref, measure) in found.factors))
        found.portions += _divide(having, measure, pieces)


def _factor(outgoing: Decimal, received: Iterable[Valued]) -> Fraction:
    sums = {True: ZERO, False: ZERO}
    for sum_ in received:
        sums[sum_.flow.promised] += sum_.eur
    return new_money_factor(outgoing, sums[True], sums[False])
