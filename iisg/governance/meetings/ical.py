"""Entries as an iCalendar file (RFC 5545): zones with their rules, alarms, sequence and status."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from iisg.foundations.core.handling import Marking
from iisg.governance.meetings.entries import Entry

CONTENT_TYPE = "text/calendar; charset=utf-8"
AROUND = timedelta(days=400)
"""How far the rules of zones reach beyond the entries, so that each has the change of hours before and after it."""


def as_ical(entries: Iterable[Entry], name: str, marking: Marking = Marking.MEMBERS) -> bytes:
    """The calendar; entries keep their UID for ever, so that a client replaces what it knows."""
    calendar = Calendar()
    calendar.add("prodid", f"-//IISG//{settings.HOUSE_NAME}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-iisg-marking", marking.label)
    held = list(entries)
    for entry in held:
        calendar.add_component(_event(entry))
    if held:
        days = [
            moment.date() for entry in held for moment in (entry.starts_at, entry.ends_at or entry.starts_at)
        ]
        calendar.add_missing_timezones(min(days) - AROUND, max(days) + AROUND)
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", f"{entry.key.lower()}@{settings.MAIL_DOMAIN}")
    event.add("summary", entry.title)
    event.add("dtstart", entry.starts_at)
    if entry.ends_at is not None:
        event.add("dtend", entry.ends_at)
    stamp = entry.changed_at.astimezone(UTC)
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", entry.sequence)
    event.add("status", entry.status)
    for name, value in (("location", entry.place), ("description", entry.description), ("url", entry.link)):
        if value:
            event.add(name, value)
    if entry.categories:
        event.add("categories", list(entry.categories))
    for before in entry.alarms:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _("Reminder: %(title)s") % {"title": entry.title})
        alarm.add("trigger", -before)
        event.add_component(alarm)
    return event
