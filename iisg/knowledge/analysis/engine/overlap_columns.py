"""Overlaps in columns: the pairs that `overlaps` finds, by a few numbers of each, for lists that show some of many.

Half a million pairs are weighed in the time in which a thousand of them would be told in full.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from iisg.knowledge.analysis.engine.matrix import PILLARS
from iisg.knowledge.analysis.engine.overlaps import (
    COMPLEMENT,
    OVERLAP,
    POSSIBLE,
    UNSPECIFIC,
    Overlap,
    answered_by,
    lines_above,
    pair_of,
)
from iisg.knowledge.analysis.engine.rows import PARTNERS, ActionRow, NeedRow, ResponseRow

KINDS = (OVERLAP, COMPLEMENT, POSSIBLE)
EVERY_PARTNER = (1 << len(PARTNERS)) - 1
Column = Any
"""A numpy array of whole numbers, one for each pair or one for each action."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs in the order of `overlaps`; every column has one number for each.

    `first` and `second` are places in `rows`, `kind` a place in KINDS, `partners` and `pillars` bits in the engine's
    order (pillars of what both work on), `since` the day (as an ordinal) from which both run, 0 where not known.
    """

    rows: Sequence[ActionRow]
    first: Column
    second: Column
    kind: Column
    partners: Column
    pillars: Column
    since: Column

    def __len__(self) -> int:
        return len(self.first)

    def chosen(self, kind: str = "", partner: str = "", pillar: str = "") -> Pairs:
        """What the choices let through; blank chooses nothing."""
        keep: Column = self.kind >= 0
        if kind:
            keep = keep & (self.kind == KINDS.index(kind))
        if partner:
            keep = keep & (self.partners >> PARTNERS.index(partner) & 1 == 1)
        if pillar:
            keep = keep & (self.pillars >> PILLARS.index(pillar) & 1 == 1)
        return self._at(keep)

    def in_order(self, sort: str) -> Pairs:
        """By "first" or "since", "-" before it for the other way round; a day not known always comes last."""
        import numpy

        key, back = sort.removeprefix("-"), sort.startswith("-")
        order: Column = numpy.arange(len(self))
        if key == "first":
            order = numpy.lexsort((self.second, self.first))
        elif key == "since":
            order = numpy.lexsort((self.second, self.first, self.since, self.since == 0))
            known = numpy.count_nonzero(self.since)
            return self._at(numpy.concatenate((order[:known][::-1], order[known:])) if back else order)
        return self._at(order[::-1] if back else order)

    def counts(self) -> dict[str, int]:
        """How many there are of each kind."""
        return {kind: int((self.kind == place).sum()) for place, kind in enumerate(KINDS)}

    def told(self, part: slice, responses: Iterable[ResponseRow], needs: Iterable[NeedRow]) -> list[Overlap]:
        """A part of them in full."""
        answered = answered_by(responses)
        having = {need.ref: need.partners for need in needs}
        sides = zip(self.first[part], self.second[part], strict=True)
        told = (pair_of(self.rows[one], self.rows[other], answered, having) for one, other in sides)
        return [pair for pair in told if pair is not None]

    def _at(self, places: Column) -> Pairs:
        columns = (self.first, self.second, self.kind, self.partners, self.pillars, self.since)
        return Pairs(self.rows, *(column[places] for column in columns))


def overlap_pairs(
    actions: Iterable[ActionRow],
    responses: Iterable[ResponseRow],
    needs: Sequence[NeedRow],
    measures: Mapping[str, str],
) -> Pairs:
    """The pairs that `overlaps` finds among these actions with these needs; `measures` are pillars by code.

    Every action given is compared, the cancelled left out: who asks for a day gives those that may run on it.
    """
    import numpy

    rows = sorted((row for row in actions if row.stage != "cancelled"), key=lambda row: row.ref)
    found = _met(rows, responses, needs, measures)
    first, second = found.first, found.second
    facts = _Facts(rows)
    start, end = facts.start, facts.end
    ended = _before(end[first], start[second]) | _before(end[second], start[first])
    same_money = (facts.funders[first] == facts.funders[second]) & (facts.funders[first] > 0)
    keep = ~(ended | same_money | numpy.isin(first * len(rows) + second, facts.in_line))
    first, second = first[keep], second[keep]
    both = facts.partners[first] & facts.partners[second]
    partners = numpy.where(found.measure[keep], both, found.partners[keep])
    lacking = [
        values[side] == 0 for values in (start, end, facts.funders, facts.kinds) for side in (first, second)
    ]
    shared = facts.kinds[first] & facts.kinds[second]
    kind = numpy.where(numpy.logical_or.reduce(lacking), 2, numpy.where(shared > 0, 0, 1))
    since = numpy.where(
        (start[first] > 0) & (start[second] > 0), numpy.maximum(start[first], start[second]), 0
    )
    specific = partners & facts.named[first] & facts.named[second]
    pairs = Pairs(rows, first, second, kind, partners, found.pillars[keep], since)
    return pairs._at(numpy.lexsort((second, first, specific == 0, kind)))


class _Facts:
    """What is compared of each action, in columns; 0 stands for not known."""

    def __init__(self, rows: Sequence[ActionRow]) -> None:
        funders = dict[frozenset[str], int]({frozenset(): 0})
        kinds: dict[str, int] = {}
        self.partners = _column(_bits(row.partners, PARTNERS) for row in rows)
        self.named = _column(_bits(row.named, PARTNERS) for row in rows)
        self.start = _column(row.start.toordinal() if row.start else 0 for row in rows)
        self.end = _column(row.end.toordinal() if row.end else 0 for row in rows)
        self.funders = _column(funders.setdefault(row.funders, len(funders)) for row in rows)
        self.kinds = _column(
            sum(1 << kinds.setdefault(kind, len(kinds)) for kind in row.assistance - UNSPECIFIC)
            for row in rows
        )
        places = {row.ref: place for place, row in enumerate(rows)}
        lines = lines_above({row.ref: row for row in rows})
        self.in_line = _column(
            min(places[ref], places[upper]) * len(rows) + max(places[ref], places[upper])
            for ref, above in lines.items()
            for upper in above
            if upper in places
        )


@dataclass(frozen=True, slots=True)
class _Met:
    """Pairs with a partner and a subject in common: whether that is a measure; partners of needs; pillars."""

    first: Column
    second: Column
    measure: Column
    partners: Column
    pillars: Column


def _met(
    rows: Sequence[ActionRow],
    responses: Iterable[ResponseRow],
    needs: Sequence[NeedRow],
    measures: Mapping[str, str],
) -> _Met:
    import numpy

    reached = _column(_bits(row.partners, PARTNERS) for row in rows)
    parts: list[tuple[Column, ...]] = [tuple(_column([]) for _ in range(5))]
    for members, is_measure, partners, pillars in _subjects(rows, responses, needs, measures):
        left, right = numpy.triu_indices(len(members), 1)
        first, second = members[left], members[right]
        shared = reached[first] & reached[second] & partners
        meet = shared > 0
        first, second, shared = first[meet], second[meet], shared[meet]
        alike = numpy.full(len(first), int(is_measure))
        parts.append((first, second, alike, shared * (1 - alike), numpy.full(len(first), pillars)))
    firsts, seconds, *of_subjects = (numpy.concatenate(column) for column in zip(*parts, strict=True))
    keys = firsts * len(rows) + seconds
    order = numpy.argsort(keys, kind="stable")
    _keys, starts = numpy.unique(keys[order], return_index=True)
    if not len(starts):
        return _Met(firsts, seconds, *of_subjects)
    once = order[starts]
    joined = (numpy.bitwise_or.reduceat(column[order], starts) for column in of_subjects)
    return _Met(firsts[once], seconds[once], *joined)


def _subjects(
    rows: Sequence[ActionRow],
    responses: Iterable[ResponseRow],
    needs: Sequence[NeedRow],
    measures: Mapping[str, str],
) -> Iterator[tuple[Column, bool, int, int]]:
    """Each measure and need: those that work on it, whether it is a measure, for whom, and of which pillars."""
    under: dict[str, list[int]] = defaultdict(list)
    answering: dict[str, list[int]] = defaultdict(list)
    answered = answered_by(responses)
    for place, row in enumerate(rows):
        for measure in row.measures:
            under[measure].append(place)
        for need in answered.get(row.ref, ()):
            answering[need].append(place)
    for measure, members in under.items():
        yield _column(members), True, EVERY_PARTNER, _bits([measures.get(measure, "")], PILLARS)
    for one in needs:
        if one.ref in answering:
            pillars = _bits(one.pillars, PILLARS)
            yield _column(answering[one.ref]), False, _bits(one.partners, PARTNERS), pillars


def _before(ends: Column, starts: Column) -> Column:
    """Whether known ends lie before known starts."""
    return (ends > 0) & (starts > 0) & (ends < starts)


def _column(values: Iterable[int]) -> Column:
    import numpy

    return numpy.fromiter(values, dtype=numpy.int64)


def _bits(codes: Iterable[str], order: Sequence[str]) -> int:
    found = 0
    for code in codes:
        if code in order:
            found |= 1 << order.index(code)
    return found
