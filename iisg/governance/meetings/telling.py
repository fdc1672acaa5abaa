"""What letters about a meeting say of it: its facts, and its entry for calendars as a file."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from iisg.governance.meetings.agenda_tree import numbered
from iisg.governance.meetings.entries import entry_of, link_to, where_of
from iisg.governance.meetings.ical import as_ical
from iisg.governance.meetings.models import Form, Meeting
from iisg.governance.meetings.wordings import online_said


def hours(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """From when to when, in a zone: "10:00 – 16:30 CET"; a meeting of several days with the day of its end."""
    first, last = (timezone.localtime(each, ZoneInfo(zone)) for each in (starts_at, ends_at))
    end = f"{last:%H:%M}" if first.date() == last.date() else f"{last:%d.%m.%Y, %H:%M}"
    return f"{first:%H:%M} – {end} {first:%Z}"


def facts_of(meeting: Meeting) -> dict[str, Any]:
    """What a letter may name."""
    online = meeting.form == Form.ONLINE and not meeting.online_at
    return {
        "meeting": meeting.title,
        "number": meeting.ref,
        "day": meeting.day,
        "hours": hours(meeting.starts_at, meeting.ends_at, meeting.zone),
        "place": online_said() if online else where_of(meeting),
        "items": [f"{line.number}. {line.item.title}" for line in numbered(meeting.items.all())],
        "link": link_to(meeting),
    }


def as_calendar_file(meeting: Meeting) -> bytes:
    """The meeting's entry for a calendar."""
    return as_ical([entry_of(meeting)], meeting.title)
