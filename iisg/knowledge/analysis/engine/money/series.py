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
    """A sum from one stage of its way to the next; "" is a body that nobody names.

    `stage` is 0 from funder to implementer, 1 from implementer to partner (or SHARED, or UNSAID).
    """

    stage: int
    source: str
    target: str
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


def links(cells: Iterable[Cell], measure: Measure) -> list[Link]:
    """Ways of the money, largest first; each stage adds to the total of the cells."""
    found: dict[tuple[int, str, str], Decimal] = defaultdict(Decimal)
    for cell in cells:
        if cell.portion.measure is measure:
            payer = cell.portion.of.flow.source
            carrier = cell.portion.placed.implementer or cell.portion.of.flow.receiver
            found[0, payer, carrier] += cell.eur
            found[1, carrier, cell.place] += cell.eur
    ordered = sorted(found.items(), key=lambda pair: (pair[0][0], -pair[1], pair[0]))
    return [Link(stage, source, target, eur) for (stage, source, target), eur in ordered if eur]


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
