"""How numbers, days, moments and what nobody told us are written on a page."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince, timeuntil
from django.utils.translation import gettext as _

from iisg.foundations.core.periods import PrintedDate, read_printed_date

BILLION, MILLION, TENTH = Decimal(10) ** 9, Decimal(10) ** 6, Decimal("0.1")


def not_known() -> SafeString:
    """The words for what nobody told us; never a zero, never a dash (looks: tokens)."""
    return format_html('<span class="iisg-unknown">{}</span>', _("not known"))


def known(value: Any) -> Any:
    """The value itself, or "not known" for None and blank text; 0 is a value."""
    blank = value is None or (isinstance(value, str) and not value.strip())
    return not_known() if blank else value


def number(value: Any) -> str:
    """12345 as "12,345"; None as not known; what is no number stays as it is."""
    amount = _decimal(value)
    if amount is None:
        return str(known(value)) if value not in (None, "") else not_known()
    return f"{amount:,f}"


def money_short(value: Any, currency: str = "EUR") -> str:
    """For overviews: "EUR 1.2 m", "EUR 3.4 bn", below a million "EUR 179,150"; None as not known."""
    amount = _decimal(value)
    if amount is None:
        return not_known()
    if _rounded(abs(amount) / MILLION) >= 1000:
        return _("%(currency)s %(amount)s bn") % {
            "currency": currency,
            "amount": f"{_rounded(amount / BILLION):,f}",
        }
    if abs(amount) >= MILLION:
        return _("%(currency)s %(amount)s m") % {
            "currency": currency,
            "amount": f"{_rounded(amount / MILLION):,f}",
        }
    return f"{currency} {amount.quantize(Decimal(1), ROUND_HALF_UP):,f}"


def money_exact(value: Any, currency: str = "EUR") -> str:
    """For records: "EUR 17,915,000.00", to the cent; None as not known."""
    amount = _decimal(value)
    if amount is None:
        return not_known()
    return f"{currency} {amount.quantize(Decimal('0.01'), ROUND_HALF_UP):,f}"


def day_long(value: date | datetime | None) -> str:
    """A day as "20 June 2022"; a moment by its day in the house's zone; None as not known."""
    if value is None or value == "":
        return not_known()
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return date_format(value, "j F Y")


def moment_long(value: datetime | None) -> str:
    """A moment with hour and zone: "20 November 2026, 10:02 CET"; None as not known."""
    if value is None:
        return not_known()
    return date_format(timezone.localtime(value), "j F Y, H:i T")


def deadline(value: datetime | None, at: datetime) -> str:
    """A deadline with hour, zone and how far away it is at `at`."""
    if value is None:
        return not_known()
    words = _("in %(time)s") % {"time": timeuntil(value, at, depth=1)}
    if value < at:
        words = _("%(time)s ago") % {"time": timesince(value, at, depth=1)}
    return f"{moment_long(value)} ({words})"


def printed_date(value: PrintedDate | str | None) -> str:
    """A date as far as its source knew it: "20 June 2022", "June 2022", "2022"; the impossible as printed."""
    seen = value if isinstance(value, PrintedDate) else read_printed_date(value)
    if not seen.printed:
        return not_known()
    if seen.first is None:
        return _("“%(printed)s” (as printed; not a readable date)") % {"printed": seen.printed}
    return date_format(seen.first, {"day": "j F Y", "month": "F Y"}.get(seen.precision, "Y"))


def _decimal(value: Any) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(TENTH, ROUND_HALF_UP)
