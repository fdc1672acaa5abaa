"""Dates and amounts as people write them into sheets; read only where they can mean one thing."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from iisg.foundations.core.periods import PrintedDate, read_printed_date

_PLAIN = re.compile(r"^[+-]?\d{1,15}(\.\d{1,10})?$", re.ASCII)
_TWO_WAYS = re.compile(r"^[+-]?\d{1,3}\.\d{3}$", re.ASCII)
_ENGLISH = re.compile(r"^[+-]?\d{1,3}(?:([, '\u202f])\d{3})(?:\1\d{3}){0,4}(\.\d{1,10})?$", re.ASCII)
_CONTINENTAL = re.compile(
    r"^[+-]?\d{1,3}(?:([. '\u00a0\u202f])\d{3})(?:\1\d{3}){0,4},(?P<cents>\d{1,2})$", re.ASCII
)
_DOTTED = re.compile(r"^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})\.?$", re.ASCII)
_SLASHED = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$", re.ASCII)
_DASHED = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$", re.ASCII)

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def read_amount(text: str) -> Decimal | None:
    """A number as people write it (1500000, 1,500,000.50, 1.500.000,50); None where it could mean two things.

    A comma divides decimals only after groups of three divided by something else, and before one or two digits. One
    point before three digits (250.000) can mean thousands as well as decimals, so it is left to a person.
    """
    if _TWO_WAYS.match(text):
        return None
    if _PLAIN.match(text):
        return Decimal(text)
    if _ENGLISH.match(text):
        return Decimal(re.sub(r"[^0-9.+-]", "", text))
    if match := _CONTINENTAL.match(text):
        whole = re.sub(r"[^0-9+-]", "", text[: match.start("cents")])
        return Decimal(f"{whole}.{match['cents']}")
    return None


def read_written_date(text: str) -> PrintedDate:
    """A date as written in a sheet: ISO, day.month.year, or day/month/year where the first can be no month."""
    found = _day_month_year(text.strip())
    if found is None or _could_be_month_first(text):
        return read_printed_date(text)
    day, month, year = found
    try:
        on = date(year, month, day)
    except ValueError:
        return PrintedDate(text.strip())
    return PrintedDate(text.strip(), on, on, "day")


def why_no_date(text: str) -> str:
    """The sentence that says why something written is not read as a date."""
    if _could_be_month_first(text):
        return f"'{text[:60]}' can mean two days."
    day, month, year = _day_month_year(text.strip()) or (0, 0, 0)
    if month > 12:
        return f"'{text[:60]}' is no date: there is no month {month}."
    if day and month and year:
        leap = f" {year}" if (day, month) == (29, 2) else ""
        return f"There is no {day} {_MONTHS[month - 1]}{leap}."
    return f"'{text[:60]}' is no date that can be read."


def _day_month_year(text: str) -> tuple[int, int, int] | None:
    """The three numbers of a day, possible or not; None where something else is written."""
    if match := _DOTTED.match(text) or _SLASHED.match(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _DASHED.match(text):
        return int(match[3]), int(match[2]), int(match[1])
    return None


def _could_be_month_first(text: str) -> bool:
    match = _SLASHED.match(text.strip())
    return match is not None and int(match[1]) <= 12
