"""Where a part of a sum lies to a boundary, and into which lines of its account it goes; decided here only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from iisg.knowledge.analysis.engine.money.boundary import side_of
from iisg.knowledge.analysis.engine.money.rules import Fate, Side
from iisg.knowledge.analysis.engine.money.splits import ELSEWHERE, SHARED, UNSAID
from iisg.knowledge.analysis.engine.rows import PARTNERS


class Standing(StrEnum):
    """Whether a part of a sum lies inside a boundary; the graver wins, in this order."""

    INSIDE = "inside"
    UNATTRIBUTED = "unattributed"  # for several partners, pillars or sectors, not divided
    UNKNOWN = "unknown"  # its partner, pillar, sector or year is not said
    OUTSIDE = "outside"


_ORDER: Final = list(Standing)

GROSS, NET, OUTGOING, PAYER_UNKNOWN, NOT_CONTRACTED = (
    "gross", "net", "outgoing", "payer_unknown", "not_contracted",
)  # fmt: skip
"""Lines of an account beside the fates; UNATTRIBUTED and UNKNOWN are lines by the name of their standing."""
ABROAD: Final = "abroad"
"""A payer that is named and no partner; a partner's code and "" (nobody is named) are the other payers."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A boundary: one partner or the region (""), and a pillar, a sector and a year where the reader chose one.

    `until` is the last year where the reader chose several, `year` the first. `actions` are those that a need or
    another choice lets through, None for all. Wholes, parts, other records and funders outside it still decide what
    becomes of a sum.
    """

    partner: str = ""
    pillar: str = ""
    year: int | None = None
    actions: frozenset[str] | None = None
    sector: str = ""
    until: int | None = None

    @property
    def years(self) -> tuple[int, int] | None:
        """The first and the last year inside, None for all."""
        return None if self.year is None else (self.year, max(self.year, self.until or self.year))

    @property
    def inside(self) -> frozenset[str]:
        """Codes of the partners inside."""
        return frozenset({self.partner} if self.partner else PARTNERS)


class Kind(NamedTuple):
    """All that decides about a part of a sum but its year; parts of one kind can be added before they are judged.

    `fate` is a `Fate`, or NOT_CONTRACTED for the rest of a whole. `reaches` and `sectors` say for whom and for what it
    may be where `place` and `sector` do not; else they are empty. `payer` is a partner's code, ABROAD or "".
    """

    measure: str
    fate: str
    place: str
    sector: str
    reaches: frozenset[str]
    sectors: frozenset[str]
    pillars: frozenset[str]
    payer: str
    estimated: bool


def lines_of(kind: Kind, year: int | None, scope: Scope) -> tuple[str, ...]:
    """The lines of the account that such a part goes into; none where it lies beyond the boundary.

    gross = net + every fate that does not count + own money + payer not known, whatever the boundary.
    """
    where = standing(kind, year, scope)
    payer_inside = kind.payer in scope.inside if kind.payer else None
    counts = kind.fate == Fate.COUNTED
    if kind.fate == NOT_CONTRACTED:
        return (NOT_CONTRACTED,) if where is Standing.INSIDE else ()
    if where is Standing.OUTSIDE:
        goes_out = counts and side_of(payer_inside, _place_inside(kind.place, scope)) is Side.OUTGOING
        return (OUTGOING,) if goes_out and _beside_place(kind, year, scope) is Standing.INSIDE else ()
    if where is not Standing.INSIDE:
        return (f"{where}_{GROSS}", where.value) if counts else (f"{where}_{GROSS}",)
    if not counts:
        return (GROSS, str(kind.fate))
    side = side_of(payer_inside, True)
    if side is Side.INCOMING:
        return (GROSS, NET)
    return (GROSS, Fate.OWN_MONEY.value if side is Side.INTERNAL else PAYER_UNKNOWN)


def standing(kind: Kind, year: int | None, scope: Scope) -> Standing:
    """Where a part lies to the boundary, by place, pillar, sector and year."""
    found = _by_place(kind, scope)
    if found is Standing.OUTSIDE:
        return found
    return max(found, _beside_place(kind, year, scope), key=_ORDER.index)


def _beside_place(kind: Kind, year: int | None, scope: Scope) -> Standing:
    """As `standing`, wherever it is for."""
    found = [Standing.INSIDE]
    if scope.pillar:
        found.append(_by_pillar(kind, scope))
    if scope.sector:
        found.append(_by_sector(kind, scope))
    if scope.years is not None and (year is None or not scope.years[0] <= year <= scope.years[1]):
        found.append(Standing.UNKNOWN if year is None else Standing.OUTSIDE)
    return max(found, key=_ORDER.index)


def _place_inside(place: str, scope: Scope) -> bool | None:
    if place == UNSAID:
        return None
    return place in scope.inside or (place == SHARED and not scope.partner)


def _by_place(kind: Kind, scope: Scope) -> Standing:
    if kind.place == ELSEWHERE:
        return Standing.OUTSIDE
    inside = _place_inside(kind.place, scope)
    if inside:
        return Standing.INSIDE
    if inside is None:
        mine = not scope.partner or scope.partner in kind.reaches
        return Standing.UNKNOWN if mine else Standing.OUTSIDE
    if kind.place == SHARED and scope.partner in kind.reaches:
        return Standing.UNATTRIBUTED
    return Standing.OUTSIDE


def _by_pillar(kind: Kind, scope: Scope) -> Standing:
    if not kind.pillars:
        return Standing.UNKNOWN
    if scope.pillar not in kind.pillars:
        return Standing.OUTSIDE
    return Standing.INSIDE if len(kind.pillars) == 1 else Standing.UNATTRIBUTED


def _by_sector(kind: Kind, scope: Scope) -> Standing:
    if kind.sector == scope.sector:
        return Standing.INSIDE
    if kind.sector == UNSAID:
        return Standing.UNKNOWN
    shared = kind.sector == SHARED and scope.sector in kind.sectors
    return Standing.UNATTRIBUTED if shared else Standing.OUTSIDE
