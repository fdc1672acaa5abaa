"""The account of a boundary: gross and net side by side, every figure with the parts of flows that it adds up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from iisg.knowledge.analysis.engine.money.boundary import side_of
from iisg.knowledge.analysis.engine.money.fates import Fates, Portion
from iisg.knowledge.analysis.engine.money.rows import MoneyAction, Valued
from iisg.knowledge.analysis.engine.money.rules import VERSION, Fate, Measure, Side
from iisg.knowledge.analysis.engine.money.splits import ELSEWHERE, SHARED, UNSAID, by_days, split
from iisg.knowledge.analysis.engine.rows import PARTNERS

ZERO = Decimal(0)


class Standing(StrEnum):
    """Whether a part of a sum lies inside a boundary; the graver wins, in this order."""

    INSIDE = "inside"
    UNATTRIBUTED = "unattributed"  # for several partners or pillars, not divided
    UNKNOWN = "unknown"  # its partner, pillar or year is not said
    OUTSIDE = "outside"


_ORDER = list(Standing)


@dataclass(frozen=True, slots=True)
class Scope:
    """A boundary: one partner or the region (""), and a pillar and a year where the reader chose one.

    `actions` are those that a need or another choice lets through, None for all. Wholes, parts, other records and
    funders outside it still decide what becomes of a sum.
    """

    partner: str = ""
    pillar: str = ""
    year: int | None = None
    actions: frozenset[str] | None = None

    @property
    def inside(self) -> frozenset[str]:
        """Codes of the partners inside."""
        return frozenset({self.partner} if self.partner else PARTNERS)


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a portion on one place and in one year (None: not known)."""

    portion: Portion
    place: str
    year: int | None
    eur: Decimal


@dataclass(slots=True)
class Figure:
    """A sum with the cells that it adds up; `name` says which line of the account it is."""

    measure: Measure
    name: str
    cells: list[Cell] = field(default_factory=list)
    eur: Decimal = ZERO
    version: str = VERSION

    def add(self, cell: Cell) -> None:
        """Take a cell in."""
        self.cells.append(cell)
        self.eur += cell.eur

    @property
    def is_estimate(self) -> bool:
        """Whether a part of it rests on an estimate: the factor, a rate of an earlier time, or an action's day."""
        return any(cell.portion.of.is_estimate or cell.portion.estimated for cell in self.cells)


GROSS, NET, OUTGOING, PAYER_UNKNOWN, NOT_CONTRACTED = (
    "gross", "net", "outgoing", "payer_unknown", "not_contracted",
)  # fmt: skip
"""Lines of an account beside the fates; UNATTRIBUTED and UNKNOWN are lines by the name of their standing."""


@dataclass(slots=True)
class Account:
    """Everything that a boundary holds. `without_sum` are the actions in it of which no sum is known."""

    scope: Scope
    figures: dict[tuple[Measure, str], Figure] = field(default_factory=dict)
    unconverted: list[Valued] = field(default_factory=list)
    with_sum: set[str] = field(default_factory=set)
    without_sum: set[str] = field(default_factory=set)

    def figure(self, measure: Measure, name: str) -> Figure:
        """The line of that name; without cells where there is nothing."""
        return self.figures.get((measure, name)) or Figure(measure, name)

    def add(self, measure: Measure, name: str, cell: Cell) -> None:
        """Take a cell into a line."""
        figure = self.figures.get((measure, name))
        if figure is None:
            figure = self.figures[measure, name] = Figure(measure, name)
        figure.add(cell)


def account_of(actions: Iterable[MoneyAction], fates: Fates, scope: Scope) -> Account:
    """Draw the boundary. gross = net + every fate that does not count + own money + payer not known, to the cent."""
    account = Account(scope)
    rows = {action.ref: action for action in actions}
    chosen = {ref for ref, row in rows.items() if _reaches(row, scope)}
    known: Weights = {}
    for portion in fates.portions:
        if scope.actions is None or _is_chosen(portion, chosen):
            for cell in cells(portion, known):
                _enter(account, cell, chosen)
    for _, portions in fates.uncontracted:
        for portion in portions:
            if _is_chosen(portion, chosen):
                for cell in cells(portion):
                    if standing(cell, scope) is Standing.INSIDE:
                        account.add(portion.measure, NOT_CONTRACTED, cell)
    account.unconverted = [
        v for v in fates.unconverted if v.action.ref in chosen and v.converted.why != "amount"
    ]
    told = {p.of.action.ref for p in fates.portions} | {v.action.ref for v in account.unconverted}
    account.with_sum = chosen & told
    account.without_sum = chosen - told
    return account


def _enter(account: Account, cell: Cell, chosen: set[str]) -> None:
    """One cell into the lines that it belongs to."""
    portion, scope = cell.portion, account.scope
    partner = portion.of.flow.source_partner
    payer_inside = (partner in scope.inside) if portion.of.flow.source else None
    where = standing(cell, scope)
    measure, counts = portion.measure, portion.fate is Fate.COUNTED
    if where is Standing.OUTSIDE:
        if counts and side_of(payer_inside, _place_inside(cell, scope)) is Side.OUTGOING:
            account.add(measure, OUTGOING, cell)
        return
    if not _is_chosen(portion, chosen):
        return
    if where is not Standing.INSIDE:
        account.add(measure, f"{where}_{GROSS}", cell)
        if counts:
            account.add(measure, where, cell)
        return
    account.add(measure, GROSS, cell)
    side = side_of(payer_inside, True)
    if not counts:
        account.add(measure, portion.fate, cell)
    elif side is Side.INCOMING:
        account.add(measure, NET, cell)
    else:
        account.add(measure, Fate.OWN_MONEY if side is Side.INTERNAL else PAYER_UNKNOWN, cell)


def _is_chosen(portion: Portion, chosen: set[str]) -> bool:
    """Whether the action that states it, or the one that passes it on to the partners, was asked about."""
    return portion.of.action.ref in chosen or portion.placed.ref in chosen


Weights = dict[str, dict[str, Decimal]]
"""How the money of actions lies on places, by their references, as far as it was asked for already."""


def cells(portion: Portion, known: Weights | None = None) -> Iterator[Cell]:
    """A portion by places, then by years; the cells add to the portion to the cent."""
    known = {} if known is None else known
    weights = known.get(portion.placed.ref)
    if weights is None:
        weights = known[portion.placed.ref] = portion.placed.weights
    for place, part in split(portion.eur, weights).items():
        for year, eur in _by_years(portion.of, part).items():
            if eur:
                yield Cell(portion, place, year, eur)


def _by_years(of: Valued, eur: Decimal) -> dict[int | None, Decimal]:
    first, last = of.flow.first, of.flow.last
    if first and last and first <= last:
        return dict(by_days(eur, first, last).items())
    day = of.flow.day or first or last
    return {day.year if day else None: eur}


def _place_inside(cell: Cell, scope: Scope) -> bool | None:
    if cell.place == UNSAID:
        return None
    return cell.place in scope.inside or (cell.place == SHARED and not scope.partner)


def standing(cell: Cell, scope: Scope) -> Standing:
    """Where a cell lies to the boundary, by place, pillar and year."""
    found = _by_place(cell, scope)
    if scope.pillar and found is not Standing.OUTSIDE:
        found = max(found, _by_pillar(cell.portion, scope), key=_ORDER.index)
    if scope.year is not None and found is not Standing.OUTSIDE:
        found = max(found, _by_year(cell, scope), key=_ORDER.index)
    return found


def _by_place(cell: Cell, scope: Scope) -> Standing:
    if cell.place == ELSEWHERE:
        return Standing.OUTSIDE
    inside = _place_inside(cell, scope)
    if inside:
        return Standing.INSIDE
    reaches = cell.portion.placed.reaches
    if inside is None:
        mine = not scope.partner or scope.partner in reaches
        return Standing.UNKNOWN if mine else Standing.OUTSIDE
    if cell.place == SHARED and scope.partner in reaches:
        return Standing.UNATTRIBUTED
    return Standing.OUTSIDE


def _by_pillar(portion: Portion, scope: Scope) -> Standing:
    pillars = portion.placed.pillars or portion.of.action.pillars
    if not pillars:
        return Standing.UNKNOWN
    if scope.pillar not in pillars:
        return Standing.OUTSIDE
    return Standing.INSIDE if len(pillars) == 1 else Standing.UNATTRIBUTED


def _by_year(cell: Cell, scope: Scope) -> Standing:
    if cell.year == scope.year:
        return Standing.INSIDE
    return Standing.UNKNOWN if cell.year is None else Standing.OUTSIDE


def _reaches(action: MoneyAction, scope: Scope) -> bool:
    """Whether an action is one that the boundary asks about; the year is a matter of its sums."""
    if scope.actions is not None and action.ref not in scope.actions:
        return False
    if scope.partner and scope.partner not in action.reaches:
        return False
    return not scope.pillar or scope.pillar in action.pillars or not action.pillars


def by_place(cells_: Iterable[Cell]) -> dict[str, Decimal]:
    """Partner code, or SHARED -> sum."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for cell in cells_:
        found[cell.place] += cell.eur
    return dict(found)
