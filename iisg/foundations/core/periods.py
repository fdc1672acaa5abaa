"""Days as sources print them: the printed value stays beside what we made of it (rules.md 5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*|Z|[+-]\d\d:\d\d)?$")
_MONTH = re.compile(r"^(\d{4})-(\d{1,2})$")
_YEAR = re.compile(r"^(\d{4})$")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A day, month or year as printed, with its first and last possible day (both None where it could not be read).

    `precision` is "day", "month", "year", or "" where nothing could be read; `printed` is never changed.
    """

    printed: str
    first: date | None = None
    last: date | None = None
    precision: str = ""

    @property
    def unreadable(self) -> bool:
        """Something is printed, but it is not a possible date (31 September)."""
        return bool(self.printed) and self.first is None


NOTHING_PRINTED = PrintedDate("")


def read_printed_date(text: str | None) -> PrintedDate:
    """Read an ISO day, month or year; anything else, and impossible days, keep only what is printed."""
    printed = (text or "").strip()
    try:
        if match := _DAY.match(printed):
            day = date(int(match[1]), int(match[2]), int(match[3]))
            return PrintedDate(printed, day, day, "day")
        if match := _MONTH.match(printed):
            first = date(int(match[1]), int(match[2]), 1)
            return PrintedDate(printed, first, add_months(first, 1) - timedelta(days=1), "month")
        if match := _YEAR.match(printed):
            return PrintedDate(printed, date(int(match[1]), 1, 1), date(int(match[1]), 12, 31), "year")
    except (ValueError, OverflowError):
        return PrintedDate(printed)
    return PrintedDate(printed)


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))
