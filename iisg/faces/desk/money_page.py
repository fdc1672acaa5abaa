"""The page of money: the lines of an account, each with a way to the flows that it adds up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from iisg.faces.desk.money_words import (
    LINE_WORDS,
    MEASURE_WORDS,
    PLACE_WORDS,
    STEPS,
    UNATTRIBUTED_GROSS,
    UNKNOWN_GROSS,
    WHY_NOT,
    Words,
    rate_in_words,
)
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.analysis.engine.money.account import Account, Cell, Figure, by_place
from iisg.knowledge.analysis.engine.money.rules import COUNTED_MEASURES, INTERNAL_FATES, Measure
from iisg.knowledge.analysis.engine.money.splits import SHARED
from iisg.knowledge.analysis.engine.money.standing import (
    GROSS,
    NET,
    NOT_CONTRACTED,
    OUTGOING,
    PAYER_UNKNOWN,
    Standing,
)

INTERNAL = "internal"
"""The line that joins what is passed on inside and what a partner inside pays."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure as the page shows it; `href` leads to its flows, "" where there is nothing to open."""

    eur: Decimal
    href: str
    is_estimate: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: what it is, the rule, and its sums in the order of the columns."""

    words: Words
    rule: Words
    sums: tuple[Sum, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Unconverted:
    """Sums in one currency that have no worth in euro, and why."""

    amount: Decimal
    currency: str
    why: Words
    flows: int


@dataclass(frozen=True, slots=True)
class MoneyPage:
    """Everything that the page shows."""

    account: Account
    overview: tuple[Line, ...]
    bridge: tuple[Line, ...]
    apart: tuple[Line, ...]
    places: tuple[Line, ...]
    unconverted: tuple[Unconverted, ...]
    has_estimates: bool


@dataclass(frozen=True, slots=True)
class Teller:
    """Finds the figures of an account and the addresses that open them."""

    account: Account
    query: Mapping[str, str]

    def sum(self, measure: Measure, name: str) -> Sum:
        """One figure."""
        return self.of(self.account.figure(measure, name))

    def of(self, figure: Figure) -> Sum:
        """A figure with its address."""
        opens = bool(figure.parts)
        address = figure_address(figure.measure, figure.name, self.query) if opens else ""
        return Sum(figure.eur, address, figure.estimated)

    def both(self, name: str) -> tuple[Sum, Sum]:
        """Committed and spent of a line."""
        return self.sum(Measure.COMMITTED, name), self.sum(Measure.SPENT, name)

    def line(self, name: str, *, is_total: bool = False) -> Line:
        """A line with committed and spent."""
        words, rule = LINE_WORDS[name]
        return Line(words, rule, self.both(name), is_total)

    def gross_and_net(self, gross: str, net: str) -> Iterator[Line]:
        """Two lines, committed and spent, each with gross and net; the rule stands once."""
        words, rule = LINE_WORDS[net]
        words = _("Comes in from outside") if net == NET else words
        for measure in COUNTED_MEASURES:
            said = _("%(line)s, %(measure)s") % {"line": words, "measure": MEASURE_WORDS[measure]}
            first = measure is COUNTED_MEASURES[0]
            yield Line(
                said, rule if first else "", (self.sum(measure, gross), self.sum(measure, net)), net == NET
            )


def figure_address(measure: str, line: str, query: Mapping[str, str]) -> str:
    """Where the flows of a figure stand."""
    return f"{reverse('money_figure')}?{urlencode({'measure': measure, 'line': line, **query})}"


def money_page(account: Account, query: Mapping[str, str]) -> MoneyPage:
    """The page of an account; `query` is the boundary as the address has it."""
    tell = Teller(account, query)
    net = account.figure(Measure.COMMITTED, NET), account.figure(Measure.SPENT, NET)
    return MoneyPage(
        account=account,
        overview=tuple(_overview(tell)),
        bridge=tuple(_bridge(tell)),
        apart=tuple(_apart(tell)),
        places=tuple(_places(tell, net)) if not account.scope.partner else (),
        unconverted=tuple(_unconverted(account)),
        has_estimates=any(figure.estimated for figure in net),
    )


def _overview(tell: Teller) -> Iterator[Line]:
    yield from tell.gross_and_net(GROSS, NET)
    if tell.account.scope.partner or tell.account.scope.pillar:
        yield from tell.gross_and_net(UNATTRIBUTED_GROSS, Standing.UNATTRIBUTED)
    yield from tell.gross_and_net(UNKNOWN_GROSS, Standing.UNKNOWN)


def _bridge(tell: Teller) -> Iterator[Line]:
    """Gross, everything that is taken out, net; the steps add up to the cent."""
    yield tell.line(GROSS, is_total=True)
    for step in STEPS:
        line = tell.line(step)
        if any(sum_.href for sum_ in line.sums):
            yield line
    yield tell.line(NET, is_total=True)


def _apart(tell: Teller) -> Iterator[Line]:
    """What is shown and never added to the net figure."""
    internal = (_internal(tell, measure) for measure in (Measure.COMMITTED, Measure.SPENT))
    rule = _(
        "Money that moves within the boundary: passed on from what is counted, or paid by a partner inside."
    )
    yield Line(_("Internal"), rule, tuple(internal))
    yield tell.line(OUTGOING)
    yield tell.line(PAYER_UNKNOWN)
    yield tell.line(NOT_CONTRACTED)
    pledged, kind = (tell.sum(measure, NET) for measure in (Measure.PLEDGED, Measure.IN_KIND))
    yield Line(_("Pledged"), _("Announced or budgeted, not committed."), (pledged,))
    yield Line(_("In kind"), _("Goods and services by their stated value."), (kind,))


def internal_figure(account: Account, measure: Measure) -> Figure:
    """Passed on and own money together."""
    found = Figure(measure, INTERNAL)
    for fate in sorted(INTERNAL_FATES):
        for cell in account.figure(measure, fate).cells:
            found.take(cell.kind, cell.eur)
            found.cells.append(cell)
    return found


def _internal(tell: Teller, measure: Measure) -> Sum:
    return tell.of(internal_figure(tell.account, measure))


def _places(tell: Teller, net: tuple[Figure, Figure]) -> Iterator[Line]:
    """The net figures by partner, alphabetically; what is not attributed stays in its own line."""
    names = dict(Organisation.objects.partners().values_list("code", "name"))
    found = [by_place(figure.cells) for figure in net]
    for place in (*names, SHARED):
        sums = []
        for figure, places in zip(net, found, strict=True):
            query = {**tell.query, "place": place or ""}
            href = figure_address(figure.measure, figure.name, query) if place in places else ""
            sums.append(Sum(places.get(place or "", Decimal(0)), href, False))
        yield Line(names.get(place) or PLACE_WORDS[place or ""], "", tuple(sums))
    yield Line(_("Together"), "", tell.both(NET), True)


def _unconverted(account: Account) -> Iterator[Unconverted]:
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    flows: Counter[tuple[str, str]] = Counter()
    for value in account.unconverted:
        key = (value.flow.currency, value.converted.why)
        sums[key] += value.flow.amount or 0
        flows[key] += 1
    for (currency, why), amount in sorted(sums.items()):
        yield Unconverted(amount, currency, WHY_NOT[why], flows[currency, why])


@dataclass(frozen=True, slots=True)
class FlowLine:
    """One part of a flow as a figure adds it up."""

    cell: Cell
    place: Words
    rate: str
    measure: Words

    @property
    def is_whole(self) -> bool:
        """Whether all of the flow is in the figure."""
        return self.cell.eur == self.cell.portion.of.eur


def figure_of(account: Account, measure: Measure, name: str, place: str = "") -> Figure:
    """A line of an account, of one place only where that is asked."""
    whole = internal_figure(account, measure) if name == INTERNAL else account.figure(measure, name)
    if not place:
        return whole
    found = Figure(measure, name)
    for cell in whole.cells:
        if cell.place == place:
            found.take(cell.kind, cell.eur)
            found.cells.append(cell)
    return found


def flow_lines(cells: Iterable[Cell]) -> list[FlowLine]:
    """What the table of a figure shows of its cells."""
    names = {code or "": name for code, name in Organisation.objects.partners().values_list("code", "name")}
    words = {**names, **PLACE_WORDS, "elsewhere": _("Outside the six")}
    found = []
    for cell in cells:
        rate = cell.portion.of.converted.rate
        found.append(
            FlowLine(
                cell,
                words.get(cell.place, cell.place),
                rate_in_words(rate) if rate else "",
                MEASURE_WORDS[cell.portion.measure],
            )
        )
    return found


def place_in_words(place: str) -> Words:
    """The place that a figure was narrowed to."""
    named = Organisation.objects.partners().filter(code=place).values_list("name", flat=True).first()
    return named or PLACE_WORDS.get(place, place)


def line_words(name: str) -> tuple[Words, Words]:
    """Name and rule of a line."""
    if name == INTERNAL:
        both = " ".join(str(LINE_WORDS[fate][1]) for fate in sorted(INTERNAL_FATES, key=STEPS.index))
        return _("Internal"), both
    return LINE_WORDS[name]


KNOWN_LINES = frozenset({*LINE_WORDS, INTERNAL})
