"""The page of money: the lines of an account, each with a way to the flows that it adds up."""

from __future__ import annotations

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
from iisg.faces.desk.sector_words import sector_in_words
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.analysis.engine.money.account import Account, Figure
from iisg.knowledge.analysis.engine.money.rules import COUNTED_MEASURES, INTERNAL_FATES, Measure
from iisg.knowledge.analysis.engine.money.splits import SHARED, UNSAID
from iisg.knowledge.analysis.engine.money.standing import (
    GROSS,
    NET,
    NOT_CONTRACTED,
    OUTGOING,
    PAYER_UNKNOWN,
    Standing,
)
from iisg.knowledge.analysis.models import MoneyPart
from iisg.knowledge.analysis.money_account import KeptMoney
from iisg.knowledge.analysis.money_reading import DAYS, day_of, read_exchange

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
    """Everything that the page shows; `known` and `unknown` count actions of which a sum is known or none."""

    account: Account
    known: int
    unknown: int
    overview: tuple[Line, ...]
    bridge: tuple[Line, ...]
    apart: tuple[Line, ...]
    places: tuple[Line, ...]
    sectors: tuple[Line, ...]
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


def money_page(money: KeptMoney, query: Mapping[str, str]) -> MoneyPage:
    """The page of a boundary; `query` is the boundary as the address has it."""
    account = money.account
    tell = Teller(account, query)
    net = account.figure(Measure.COMMITTED, NET), account.figure(Measure.SPENT, NET)
    return MoneyPage(
        account=account,
        known=money.known,
        unknown=money.unknown,
        overview=tuple(_overview(tell)),
        bridge=tuple(_bridge(tell)),
        apart=tuple(_apart(tell)),
        places=tuple(_places(tell, net)) if not account.scope.partner else (),
        sectors=tuple(_sectors(tell, net)) if not account.scope.sector else (),
        unconverted=tuple(
            Unconverted(of.amount, of.currency, WHY_NOT[of.why], of.flows) for of in money.unvalued()
        ),
        has_estimates=any(figure.estimated for figure in net),
    )


def _overview(tell: Teller) -> Iterator[Line]:
    yield from tell.gross_and_net(GROSS, NET)
    scope = tell.account.scope
    if scope.partner or scope.pillar or scope.sector:
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
        one = account.figure(measure, fate)
        found.eur += one.eur
        found.parts += one.parts
        found.estimated = found.estimated or one.estimated
    return found


def _internal(tell: Teller, measure: Measure) -> Sum:
    return tell.of(internal_figure(tell.account, measure))


def _places(tell: Teller, net: tuple[Figure, Figure]) -> Iterator[Line]:
    """The net figures by partner, alphabetically; what is not attributed stays in its own line."""
    names = dict(Organisation.objects.partners().values_list("code", "name"))
    for place in (*names, SHARED):
        sums = tuple(_of_one(tell, figure, figure.places, "place", place or "") for figure in net)
        yield Line(names.get(place) or PLACE_WORDS[place or ""], "", sums)
    yield Line(_("Together"), "", tell.both(NET), True)


def _sectors(tell: Teller, net: tuple[Figure, Figure]) -> Iterator[Line]:
    """The net figures by sector, by code; what is not divided or not said stays in its own lines.

    Nothing where no source names a sector.
    """
    codes = {code for figure in net for code in figure.sectors}
    if codes <= {UNSAID}:
        return
    for code in (*sorted(codes - {SHARED, UNSAID}), *(last for last in (SHARED, UNSAID) if last in codes)):
        sums = tuple(_of_one(tell, figure, figure.sectors, "sector_of", code) for figure in net)
        yield Line(sector_in_words(code), "", sums)
    yield Line(_("Together"), "", tell.both(NET), True)


def _of_one(tell: Teller, figure: Figure, divided: Mapping[str, Decimal], name: str, key: str) -> Sum:
    """What of a figure lies on one place or sector."""
    query = {**tell.query, name: key}
    href = figure_address(figure.measure, figure.name, query) if key in divided else ""
    return Sum(divided.get(key, Decimal(0)), href, False)


@dataclass(frozen=True, slots=True)
class FlowLine:
    """One part of a flow as a figure adds it up; `whole` is the worth of all of the flow."""

    part: MoneyPart
    place: Words
    sector: Words
    eur: Decimal
    whole: Decimal | None
    rate: str
    dated_by_action: bool

    @property
    def is_whole(self) -> bool:
        """Whether all of the flow is in the figure."""
        return self.eur == self.whole

    @property
    def receiver(self) -> str:
        """Who receives it as the source says, else who carries the action out."""
        flow = self.part.flow
        if flow.destination:
            return str(flow.destination.short_name or flow.destination.name)
        return flow.destination_printed or self.part.carrier.name


def lines_named(name: str) -> tuple[str, ...]:
    """The lines of an account that a line of the page holds."""
    return tuple(sorted(INTERNAL_FATES)) if name == INTERNAL else (name,)


def figure_of(account: Account, measure: Measure, name: str, place: str = "", sector: str = "") -> Figure:
    """A line of an account, of one place or sector only where that is asked."""
    whole = internal_figure(account, measure) if name == INTERNAL else account.figure(measure, name)
    if not place and not sector:
        return whole
    divided = whole.places.get(place) if place else whole.sectors.get(sector)
    return Figure(measure, name, eur=divided or Decimal(0))


def flow_lines(keys: Iterable[int], reader: object) -> list[FlowLine]:
    """What the table of a figure shows of its parts, in the order of their keys."""
    beside = ("action", "kind", "payer", "carrier", "flow__destination")
    held = MoneyPart.objects.visible_to(reader).select_related(*beside).in_bulk(list(keys))
    parts = [held[key] for key in keys if key in held]
    names = {code or "": name for code, name in Organisation.objects.partners().values_list("code", "name")}
    words = {**names, **PLACE_WORDS, "elsewhere": _("Outside the six")}
    exchange = read_exchange({part.flow.currency for part in parts})
    found = []
    for part in parts:
        flow = part.flow
        day, has_own = day_of({name: getattr(flow, name) for name in DAYS}, part.action.start_on)
        worth = exchange.to_eur(flow.amount, flow.currency, day)
        found.append(
            FlowLine(
                part,
                words.get(part.kind.place, part.kind.place),
                "" if part.kind.sector == UNSAID else sector_in_words(part.kind.sector),
                Decimal(part.cents) / 100,
                worth.eur,
                rate_in_words(worth.rate) if worth.rate else "",
                not has_own and worth.rate is not None and worth.rate.day is not None,
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
