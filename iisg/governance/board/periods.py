"""Where a period of silence ends: working days of the seven seats' calendars (rules.md 3.5)."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from iisg.foundations.core.workdays import end_of_period, is_working_day
from iisg.governance.board.models import DayOff, RuleSet, Seat

REMINDERS = ("half", "two_days", "day")
"""Reminders to those who have said nothing, each once: half time, two working days, 24 hours (rules.md 3.6)."""


def calendars() -> tuple[str, ...]:
    """Codes of the calendars that count."""
    return tuple(sorted(set(Seat.objects.exclude(calendar="").values_list("calendar", flat=True))))


def period_end(rules: RuleSet, urgent: bool, began_at: datetime) -> datetime:
    """The end of a period that begins at a moment under a version of the rules."""
    marked = list(DayOff.objects.values_list("day", "works"))
    return end_of_period(
        began_at,
        rules.urgent_days if urgent else rules.working_days,
        rules.ends_at,
        ZoneInfo(settings.TIME_ZONE),
        calendars(),
        least=timedelta(hours=rules.least_hours),
        also={day for day, works in marked if not works},
        but={day for day, works in marked if works},
    )


def reminders_due(began_at: datetime, ends_at: datetime, at: datetime) -> list[str]:
    """Names of the reminders whose moment has come by then."""
    moments = {
        "half": began_at + (ends_at - began_at) / 2,
        "two_days": _working_days_before(ends_at, 2),
        "day": ends_at - timedelta(hours=24),
    }
    return [name for name in REMINDERS if moments[name] <= at < ends_at]


def _working_days_before(moment: datetime, days: int) -> datetime:
    marked = list(DayOff.objects.values_list("day", "works"))
    also, but = {d for d, works in marked if not works}, {d for d, works in marked if works}
    codes, zone = calendars(), ZoneInfo(settings.TIME_ZONE)
    found, left = moment, days
    while left:
        found -= timedelta(days=1)
        if is_working_day(found.astimezone(zone).date(), codes, also, but):
            left -= 1
    return found
