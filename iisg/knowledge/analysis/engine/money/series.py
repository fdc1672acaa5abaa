"""Plain rows for pictures: from funder through implementer to partner, by year, by donor; only what counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from iisg.knowledge.analysis.engine.money.account import Cell
from iisg.knowledge.analysis.engine.money.rules import Measure


@dataclass(frozen=True, slots=True)
class Link:
    """A sum from one stage of its way to the next; "" is a body that nobody names, a number so many smaller bodies.

    `stage` is 0 from funder to implementer, 1 from implementer to partner (or SHARED, or UNSAID).
    """

    stage: int
    source: str | int
    target: str | int
    eur: Decimal


@dataclass(frozen=True, slots=True)
class YearSum:
    """What is committed and spent in a year; `year` None where it is not known."""

    year: int | None
    committed: Decimal
    spent: Decimal


@dataclass(frozen=True, slots=True)
class DonorSum:
    """What one payer gives."""

    donor: str
    eur: Decimal


Ways = dict[tuple[int, str, str], Decimal]
"""Stage, from and to -> sum."""


def ways(cells: Iterable[Cell], measure: Measure) -> Ways:
    """How much goes from whom to whom; each stage adds to the total of the cells."""
    found: Ways = defaultdict(Decimal)
    for cell in cells:
        if cell.portion.measure is measure:
            payer = cell.portion.of.flow.source
            carrier = cell.portion.placed.implementer or cell.portion.of.flow.receiver
            found[0, payer, carrier] += cell.eur
            found[1, carrier, cell.place] += cell.eur
    return found


def links(found: Ways, most: int) -> list[Link]:
    """The ways as links, the largest first of each stage; only what is above zero has one.

    Of payers and of carriers the `most` largest that are named stand alone, or one less and the others as one.
    """
    above = {key: eur for key, eur in found.items() if eur > 0}
    small = [_small(above, stage, most) for stage in (0, 1)]
    together: dict[tuple[int, str | int, str | int], Decimal] = defaultdict(Decimal)
    for (stage, source, target), eur in above.items():
        from_ = len(small[stage]) if source in small[stage] else source
        to = len(small[1]) if stage == 0 and target in small[1] else target
        together[stage, from_, to] += eur
    ordered = sorted(together.items(), key=lambda pair: (pair[0][0], -pair[1], str(pair[0])))
    return [Link(stage, source, target, eur) for (stage, source, target), eur in ordered]


def _small(above: Ways, level: int, most: int) -> frozenset[str]:
    """Named bodies of a level that are not among its largest by what goes on from them."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for (stage, source, _target), eur in above.items():
        if stage == level and source:
            sums[source] += eur
    ordered = sorted(sums, key=lambda name: (-sums[name], name))
    return frozenset(ordered[most - 1 :] if len(ordered) > most else ())


def by_year(cells: Iterable[Cell]) -> list[YearSum]:
    """Year after year, the unknown last."""
    found: dict[int | None, dict[Measure, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for cell in cells:
        found[cell.year][cell.portion.measure] += cell.eur
    ordered = sorted(found, key=lambda year: (year is None, year or 0))
    return [YearSum(year, found[year][Measure.COMMITTED], found[year][Measure.SPENT]) for year in ordered]


def by_donor(cells: Iterable[Cell], measure: Measure) -> list[DonorSum]:
    """Payer after payer, the largest first; "" is a payer that is not known."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for cell in cells:
        if cell.portion.measure is measure:
            found[cell.portion.of.flow.source] += cell.eur
    return [
        DonorSum(donor, eur) for donor, eur in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
