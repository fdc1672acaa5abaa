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


Ways = dict[tuple[int, str, str], int]
"""Stage, from and to -> sum in hundredths: there may be tens of thousands, and whole numbers add quickest."""
HUNDRED = Decimal(100)


def ways(cells: Iterable[Cell], measure: Measure) -> Ways:
    """How much goes from whom to whom; each stage adds to the total of the cells."""
    found: Ways = defaultdict(int)
    for cell in cells:
        if cell.portion.measure is measure:
            payer = cell.portion.of.flow.source
            carrier = cell.portion.placed.implementer or cell.portion.of.flow.receiver
            cents = int(cell.eur * HUNDRED)
            found[0, payer, carrier] += cents
            found[1, carrier, cell.place] += cents
    return found


def links(found: Ways, most: int) -> list[Link]:
    """The ways as links, the largest first of each stage; only what is above zero has one.

    Of payers and of carriers the `most` largest that are named stand alone, or one less and the others as one.
    """
    above = {key: cents for key, cents in found.items() if cents > 0}
    small = [_small(above, stage, most) for stage in (0, 1)]
    together: dict[tuple[int, str | int, str | int], int] = defaultdict(int)
    for (stage, source, target), cents in above.items():
        from_ = len(small[stage]) if source in small[stage] else source
        to = len(small[1]) if stage == 0 and target in small[1] else target
        together[stage, from_, to] += cents
    ordered = sorted(together.items(), key=lambda pair: (pair[0][0], -pair[1], str(pair[0])))
    return [Link(stage, source, target, cents / HUNDRED) for (stage, source, target), cents in ordered]


def _small(above: Ways, level: int, most: int) -> frozenset[str]:
    """Named bodies of a level that are not among its largest by what goes on from them."""
    sums: dict[str, int] = defaultdict(int)
    for (stage, source, _target), cents in above.items():
        if stage == level and source:
            sums[source] += cents
    ordered = sorted(sums, key=lambda name: (-sums[name], name))
    return frozenset(ordered[most - 1 :] if len(ordered) > most else ())


def by_year(cells: Iterable[Cell]) -> list[YearSum]:
    """Year after year, the unknown last."""
    found: dict[int | None, dict[Measure, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for cell in cells:
        found[cell.year][cell.portion.measure] += cell.eur
    ordered = sorted(found, key=lambda year: (year is None, year or 0))
    return [YearSum(year, found[year][Measure.COMMITTED], found[year][Measure.SPENT]) for year in ordered]


def by_donor(found: Ways) -> list[DonorSum]:
    """Payer after payer, the largest first; "" is a payer that is not known."""
    sums: dict[str, int] = defaultdict(int)
    for (stage, payer, _carrier), cents in found.items():
        if stage == 0:
            sums[payer] += cents
    ordered = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    return [DonorSum(donor, cents / HUNDRED) for donor, cents in ordered]
