"""The rule of the boundary: incoming counts, internal is shown, outgoing and unknown stand apart (rules.md 6.2)."""

from __future__ import annotations

from dataclasses import dataclass

from iisg.knowledge.analysis.engine.money.rules import Side


@dataclass(frozen=True, slots=True)
class End:
    """One end of a flow. `places` are codes where it lies, `years` when its money is for; both may be empty.

    A body that is named without a place lies outside: donors have no place in the region. An end of which nothing
    is said is not known.
    """

    named: bool
    places: frozenset[str] = frozenset()
    years: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Boundary:
    """A set of places, and a year where the boundary is drawn in time too."""

    places: frozenset[str]
    year: int | None = None

    def holds(self, end: End) -> bool | None:
        """Whether an end lies inside; None where nobody knows."""
        if not end.named and not end.places:
            return None
        if not end.places & self.places:
            return False
        return self.year is None or end.years is None or end.years[0] <= self.year <= end.years[1]

    def side(self, source: End, destination: End) -> Side:
        """Where a flow stands to this boundary."""
        return side_of(self.holds(source), self.holds(destination))


def side_of(source_inside: bool | None, destination_inside: bool | None) -> Side:
    """Into, within, out of, beyond; unknown where an end is not known that would decide it."""
    if destination_inside is None or (destination_inside and source_inside is None):
        return Side.UNKNOWN
    if destination_inside:
        return Side.INTERNAL if source_inside else Side.INCOMING
    return Side.OUTGOING if source_inside else Side.BEYOND
