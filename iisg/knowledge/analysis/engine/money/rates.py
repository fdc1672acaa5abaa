"""Amounts in euro at the date's rate: which rate, of which day, from which source, or why there is none."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Final, Protocol

from currency_converter import CurrencyConverter, RateNotFoundError

CENT: Final = Decimal("0.01")
LARGEST: Final = Decimal(10) ** 11
"""A single sum of more euro is no sum of an action but a mistake: the whole of the six earns less in a year."""
FIXED: Final = {"BAM": Decimal("1.95583")}
"""Currencies tied to the euro by law: the convertible mark by its currency board."""
ECB: Final = "ecb"
INFOREURO: Final = "inforeuro"
ECB_GAP: Final = 10
"""Days for which the rate of the nearest earlier working day stands: no run of holidays is longer."""
TABLE_GAP: Final = 31
"""The same for imported rates, which may be monthly."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Units of `currency` for one euro. `day` is None where it holds on every day.

    `late` says that it is the last rate known and the sum is of a later day, so that its value is an estimate.
    """

    currency: str
    per_euro: Decimal
    day: date | None
    source: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class Converted:
    """A sum in euro to the cent, or None with the reason: no `amount`, `currency`, `day` or `rate`, or its `size`."""

    eur: Decimal | None
    rate: Rate | None = None
    why: str = ""


class RateSource(Protocol):
    """Something that knows rates."""

    def rate(self, currency: str, day: date) -> Rate | None:
        """The rate that stands on the day, None where it knows none."""


class EcbRates:
    """The reference rates of the European Central Bank, as the package carries them; read at the first question."""

    def rate(self, currency: str, day: date) -> Rate | None:
        """Of the day or of the nearest earlier working day; after the newest rate, that one as `late`."""
        known = _ecb()
        if currency not in known.currencies or currency == "EUR":
            return None
        first, last = known.bounds[currency]
        newest = max(bounds.last_date for bounds in known.bounds.values())
        if day > last:
            ended = (newest - last).days > ECB_GAP
            return None if ended else Rate(currency, _ecb_on(currency, last), last, ECB, late=day > newest)
        for back in range(min((day - first).days, ECB_GAP) + 1):
            earlier = day - timedelta(days=back)
            try:
                return Rate(currency, _ecb_on(currency, earlier), earlier, ECB)
            except RateNotFoundError:
                continue
        return None


@cache
def _ecb() -> CurrencyConverter:
    return CurrencyConverter(decimal=True)


def _ecb_on(currency: str, day: date) -> Decimal:
    return Decimal(str(_ecb().convert(1, "EUR", currency, day)))


def ecb_range() -> tuple[date, date]:
    """First and last day of which the package carries rates."""
    bounds = _ecb().bounds.values()
    return min(b.first_date for b in bounds), max(b.last_date for b in bounds)


class TableRates:
    """Rates that were imported under one source name: (currency, day, units for one euro)."""

    def __init__(self, source: str, rows: Iterable[tuple[str, date, Decimal]]) -> None:
        """The order of the rows is irrelevant; of two for one currency and day the larger stands."""
        self.source = source
        found: dict[str, dict[date, Decimal]] = {}
        for currency, day, per_euro in rows:
            days = found.setdefault(currency, {})
            days[day] = max(per_euro, days.get(day, per_euro))
        self._rates = {currency: sorted(days.items()) for currency, days in found.items()}

    def rate(self, currency: str, day: date) -> Rate | None:
        """The nearest earlier rate up to a month old; after the newest one, that one as `late`."""
        rates = self._rates.get(currency, [])
        place = bisect_right(rates, day, key=lambda pair: pair[0])
        if not place:
            return None
        on, per_euro = rates[place - 1]
        old = (day - on).days > TABLE_GAP
        if old and place < len(rates):
            return None
        return Rate(currency, per_euro, on, self.source, late=old)


@dataclass(slots=True)
class Exchange:
    """Turns sums into euro: the euro itself, fixed parities, the ECB, then imported sources in the order given."""

    sources: Sequence[RateSource] = field(default_factory=lambda: (EcbRates(),))
    _known: dict[tuple[str, date], Rate | None] = field(default_factory=dict)

    def to_eur(self, amount: Decimal | None, currency: str, day: date | None) -> Converted:
        """The sum to the cent, with its rate; None is never zero."""
        if amount is None:
            return Converted(None, why="amount")
        if not currency:
            return Converted(None, why="currency")
        rate = self._rate(currency, day)
        if rate is None:
            return Converted(None, why="day" if day is None else "rate")
        eur = (amount / rate.per_euro).quantize(CENT, ROUND_HALF_UP)
        return Converted(eur, rate) if abs(eur) <= LARGEST else Converted(None, rate, why="size")

    def _rate(self, currency: str, day: date | None) -> Rate | None:
        if currency == "EUR":
            return Rate("EUR", Decimal(1), None, "euro")
        if currency in FIXED:
            return Rate(currency, FIXED[currency], None, "fixed")
        if day is None:
            return None
        key = (currency, day)
        if key not in self._known:
            found = (source.rate(currency, day) for source in self.sources)
            self._known[key] = self._best([rate for rate in found if rate is not None])
        return self._known[key]

    @staticmethod
    def _best(rates: Sequence[Rate]) -> Rate | None:
        """The first that is not late, else the newest of the late ones."""
        timely = [rate for rate in rates if not rate.late]
        return timely[0] if timely else max(rates, key=lambda rate: rate.day or date.min, default=None)


def exchange_of(rows: Mapping[str, Iterable[tuple[str, date, Decimal]]]) -> Exchange:
    """An exchange with imported rates by source; national ones go before InforEuro, else by name."""
    names = sorted(rows, key=lambda name: (name == INFOREURO, name))
    return Exchange((EcbRates(), *(TableRates(name, rows[name]) for name in names)))
