"""The account of a boundary: gross and net side by side, every figure with the parts of flows that it adds up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from iisg.knowledge.analysis.engine.money.fates import Fates, Portion
from iisg.knowledge.analysis.engine.money.rows import MoneyAction, Valued
from iisg.knowledge.analysis.engine.money.rules import VERSION, Measure
from iisg.knowledge.analysis.engine.money.splits import SHARED, UNSAID, by_days, sector_weights, split
from iisg.knowledge.analysis.engine.money.standing import (
    ABROAD,
    NOT_CONTRACTED,
    Kind,
    Scope,
    lines_of,
)

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a portion on one place, in one year (None: not known) and in one sector.

    `fate` is the portion's, or NOT_CONTRACTED.
    """

    portion: Portion
    fate: str
    place: str
    year: int | None
    sector: str
    eur: Decimal

    @property
    def kind(self) -> Kind:
        """What decides about it."""
        placed, own = self.portion.placed, self.portion.of.action
        flow = self.portion.of.flow
        return Kind(
            measure=self.portion.measure.value,
            fate=str(self.fate),
            place=self.place,
            sector=self.sector,
            reaches=self.portion.where.reaches if self.place in (SHARED, UNSAID) else frozenset(),
            sectors=frozenset(self.portion.sectors) if self.sector == SHARED else frozenset(),
            pillars=placed.pillars or own.pillars,
            payer=(flow.source_partner or ABROAD) if flow.source else "",
            estimated=self.portion.estimated or self.portion.of.is_estimate,
        )


@dataclass(slots=True)
class Figure:
    """A sum with the cells that it adds up, as far as they are at hand; `name` says which line of the account it is.

    `parts` counts them; `estimated`: one of them rests on an estimate (the factor, a rate of an earlier time, or an
    action's day). `places` and `sectors` divide the sum.
    """

    measure: Measure
    name: str
    cells: list[Cell] = field(default_factory=list)
    eur: Decimal = ZERO
    parts: int = 0
    estimated: bool = False
    places: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    sectors: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    version: str = VERSION

    def take(self, kind: Kind, eur: Decimal, parts: int = 1) -> None:
        """Add parts of one kind."""
        self.eur += eur
        self.parts += parts
        self.estimated = self.estimated or kind.estimated
        self.places[kind.place] += eur
        self.sectors[kind.sector] += eur


@dataclass(slots=True)
class Account:
    """Everything that a boundary holds. `without_sum` are the actions in it of which no sum is known."""

    scope: Scope
    figures: dict[tuple[Measure, str], Figure] = field(default_factory=dict)
    unconverted: list[Valued] = field(default_factory=list)
    with_sum: set[str] = field(default_factory=set)
    without_sum: set[str] = field(default_factory=set)

    def figure(self, measure: Measure, name: str) -> Figure:
        """The line of that name; empty where there is nothing."""
        return self.figures.get((measure, name)) or Figure(measure, name)

    def take(
        self, kind: Kind, year: int | None, eur: Decimal, parts: int = 1, cell: Cell | None = None
    ) -> None:
        """Parts of one kind and year into the lines that they belong to."""
        measure = Measure(kind.measure)
        for name in lines_of(kind, year, self.scope):
            figure = self.figures.get((measure, name))
            if figure is None:
                figure = self.figures[measure, name] = Figure(measure, name)
            figure.take(kind, eur, parts)
            if cell is not None:
                figure.cells.append(cell)


def account_of(actions: Iterable[MoneyAction], fates: Fates, scope: Scope) -> Account:
    """Draw the boundary. gross = net + every fate that does not count + own money + payer not known, to the cent."""
    account = Account(scope)
    chosen = {action.ref for action in actions if asks_about(action, scope)}
    for cell in all_cells(fates):
        portion = cell.portion
        if scope.actions is None or not chosen.isdisjoint((portion.of.action.ref, portion.placed.ref)):
            account.take(cell.kind, cell.year, cell.eur, cell=cell)
    account.unconverted = [v for v in unvalued(fates) if v.action.ref in chosen]
    told = with_a_sum(fates)
    account.with_sum = chosen & told
    account.without_sum = chosen - told
    return account


def unvalued(fates: Fates) -> Iterator[Valued]:
    """Sums that are stated and have no worth in euro."""
    return (value for value in fates.unconverted if value.converted.why != "amount")


def with_a_sum(fates: Fates) -> set[str]:
    """References of actions of which at least one sum is known, in euro or not."""
    return {p.of.action.ref for p in fates.portions} | {v.action.ref for v in unvalued(fates)}


def asks_about(action: MoneyAction, scope: Scope) -> bool:
    """Whether an action is one that the boundary asks about; the year is a matter of its sums."""
    if scope.actions is not None and action.ref not in scope.actions:
        return False
    if scope.partner and scope.partner not in action.money_reaches:
        return False
    if scope.sector and (named := action.money_sectors) and scope.sector not in named:
        return False
    return not scope.pillar or scope.pillar in action.pillars or not action.pillars


def all_cells(fates: Fates) -> Iterator[Cell]:
    """Every part of every sum, and what wholes have not yet contracted, which is a part of those parts."""
    for portion in fates.portions:
        yield from cells(portion)
    for _, portions in fates.uncontracted:
        for portion in portions:
            yield from cells(portion, NOT_CONTRACTED)


def cells(portion: Portion, fate: str = "") -> Iterator[Cell]:
    """A portion by places, then by years, then by sectors; the cells add to the portion to the cent."""
    sectors = sector_weights(portion.sectors)
    for place, part in split(portion.eur, portion.where.weights).items():
        for year, of_year in _by_years(portion.of, part).items():
            for sector, eur in split(of_year, sectors).items():
                if eur:
                    yield Cell(portion, fate or portion.fate, place, year, sector, eur)


def _by_years(of: Valued, eur: Decimal) -> dict[int | None, Decimal]:
    first, last = of.flow.first, of.flow.last
    if first and last and first <= last:
        return dict(by_days(eur, first, last).items())
    day = of.flow.day or first or last
    return {day.year if day else None: eur}


def by_place(cells_: Iterable[Cell]) -> dict[str, Decimal]:
    """Partner code, or SHARED -> sum."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for cell in cells_:
        found[cell.place] += cell.eur
    return dict(found)
