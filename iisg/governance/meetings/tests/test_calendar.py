"""Calendars: entries that a client library reads, feeds that leak nothing, keys that nobody can read here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from iisg.foundations.access.actors import CONSOLE, Actor
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.orgs.factories import make_organisation
from iisg.governance.meetings import entries, operations
from iisg.governance.meetings.calendar_keys import holder_of
from iisg.governance.meetings.entries import Entry, entries_for
from iisg.governance.meetings.factories import NOW, STARTS, convened, make_meeting
from iisg.governance.meetings.ical import as_ical
from iisg.governance.meetings.models import CalendarKey

pytestmark = pytest.mark.django_db


def read(content: bytes) -> Any:
    """The calendar as a client library reads it; its values have many types."""
    return Calendar.from_ical(content)


def test_a_client_reads_zone_alarms_sequence_and_status() -> None:
    officer = make_person(Role.SECRETARIAT)
    meeting = convened(zone="Europe/Sarajevo")
    content = as_ical(entries_for(officer, NOW), "Meetings")
    assert b"BEGIN:VTIMEZONE" in content
    assert b"\r\n" in content
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    (event,) = read(content).events
    assert event.start == datetime(2027, 6, 10, 10, 0, tzinfo=ZoneInfo("Europe/Sarajevo"))
    assert event.start.astimezone(UTC) == STARTS
    assert str(event.start.tzinfo) == "Europe/Sarajevo"
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 1)
    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [-timedelta(days=7), -timedelta(days=1)]
    assert event["LOCATION"] == "Sarajevo, Parliament"
    assert str(event["URL"]).endswith(f"/meetings/{meeting.ref}/")
    to = STARTS + timedelta(days=7)
    operations.move_meeting(
        meeting, to, to + timedelta(hours=1), "Europe/Tirane", "Host.", by=CONSOLE, at=NOW
    )
    (moved,) = read(as_ical(entries_for(officer, NOW), "Meetings")).events
    assert (moved["UID"], moved["SEQUENCE"]) == (event["UID"], 2)
    assert str(moved.start.tzinfo) == "Europe/Tirane"
    operations.cancel_meeting(meeting, "No date fits.", by=CONSOLE, at=NOW)
    (gone,) = read(as_ical(entries_for(officer, NOW), "Meetings")).events
    assert (gone["UID"], gone["STATUS"], gone["SEQUENCE"]) == (event["UID"], "CANCELLED", 3)
    assert not gone.walk("VALARM")


def test_winter_and_summer_have_their_own_hours() -> None:
    for day, hour in ((datetime(2027, 3, 27, 9, tzinfo=UTC), 10), (datetime(2027, 3, 29, 9, tzinfo=UTC), 11)):
        make_meeting(starts_at=day, at=NOW - timedelta(days=30))
        event = next(
            one
            for one in read(as_ical(entries_for(CONSOLE, NOW), "x")).events
            if one.start.date() == day.date()
        )
        assert (event.start.hour, event.start.astimezone(UTC).hour) == (hour, 9)


def test_zones_hold_far_from_today() -> None:
    for year in (1999, 2040):
        starts_at = datetime(year, 7, 1, 8, tzinfo=UTC)
        make_meeting(starts_at=starts_at, at=starts_at - timedelta(days=30))
    assert {event.start.hour for event in read(as_ical(entries_for(CONSOLE, NOW), "x")).events} == {10}
    assert len(as_ical([], "nothing")) < 400


def test_a_planned_meeting_is_tentative_and_long_words_are_escaped() -> None:
    make_meeting(title="Board; with, all\\signs\nand lines", note="a" * 300)
    (event,) = read(as_ical(entries_for(CONSOLE, NOW), "x")).events
    assert event["STATUS"] == "TENTATIVE"
    assert event["SUMMARY"] == "Board; with, all\\signs\nand lines"


def test_other_apps_add_their_deadlines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "_SOURCES", {})

    def deadlines(reader: Actor, at: datetime) -> Iterable[Entry]:
        yield Entry(
            "silence-7", "Silence ends", STARTS - timedelta(days=1), NOW, alarms=[timedelta(hours=24)]
        )

    entries.make_source_known("silence", deadlines)
    make_meeting()
    found = entries_for(make_person(Role.FOCAL_POINT, make_organisation("OSCE")), NOW)
    assert [one.title for one in found] == ["Silence ends"], "the Board's meeting is not theirs"
    (event,) = read(as_ical(found, "x")).events
    assert "DTEND" not in event


def test_a_key_is_kept_as_its_digest_replaced_and_revoked() -> None:
    person = make_person(Role.MEMBER_READER, make_organisation("OSCE"))
    key = operations.make_calendar_key(person, by=person, at=NOW)
    assert key not in str(CalendarKey.objects.values())
    assert holder_of(key) == person
    assert holder_of(key + "x") is None
    second = operations.make_calendar_key(person, by=person, at=NOW)
    assert (holder_of(key), holder_of(second)) == (None, person)
    assert operations.revoke_calendar_key(person, by=person, at=NOW) == 1
    assert holder_of(second) is None
    third = operations.make_calendar_key(person, by=person, at=NOW)
    person.is_active = False
    person.save()
    assert holder_of(third) is None
