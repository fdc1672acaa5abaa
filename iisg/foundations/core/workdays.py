"""Working days: neither weekend nor public holiday in any of several calendars, and where a period of them ends."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

MOST_DAYS = 400
"""A period that would be longer than this is a fault of its calendars."""


@cache
def public_holidays(code: str, year: int) -> Mapping[date, str]:
    """Public holidays of a country (ISO code, XK for Kosovo*) in a year, as `holidays` has them; else none."""
    try:
        return dict(holidays.country_holidays(code, years=year, language="en_US"))
    except NotImplementedError:
        return {}


def is_working_day(
    day: date, codes: Iterable[str], also: Collection[date] = (), but: Collection[date] = ()
) -> bool:
    """Whether people work everywhere on a day; `also` are further days off, `but` days on which they work after all."""
    if day in but:
        return True
    if day.weekday() >= 5 or day in also:
        return False
    return not any(day in public_holidays(code, day.year) for code in codes)


def end_of_period(
    begins_at: datetime,
    working_days: int,
    hour: time,
    zone: ZoneInfo,
    codes: Iterable[str],
    *,
    least: timedelta,
    also: Collection[date] = (),
    but: Collection[date] = (),
) -> datetime:
    """The end of a period: `hour` in `zone` on the last of so many working days after the day on which it begins.

    Never less than `least` of real time after the beginning, whatever the clocks do in between; then the next working
    day that leaves it. ValueError where the calendars leave no such day within MOST_DAYS.
    """
    codes = tuple(codes)
    day, counted = begins_at.astimezone(zone).date(), 0
    for _step in range(MOST_DAYS):
        day += timedelta(days=1)
        if not is_working_day(day, codes, also, but):
            continue
        counted += 1
        end = datetime.combine(day, hour, zone).astimezone(begins_at.tzinfo)
        if counted >= working_days and end.timestamp() - begins_at.timestamp() >= least.total_seconds():
            return end
    raise ValueError(f"No end within {MOST_DAYS} days; look at the calendars.")
