"""Reminders of requests: three days before the day, the day after, every seven days; each once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iisg.foundations.access.actors import CONSOLE
from iisg.office.letters.models import Letter
from iisg.office.pillars import operations
from iisg.office.pillars.clock import remind_of_requests
from iisg.office.pillars.factories import NOW, make_member, make_nominee, make_request
from iisg.office.pillars.models import FocalPointRequest
from iisg.office.pillars.rules import reminder_due

DUE = date(2026, 12, 16)
PLANNED = ["2026-12-13", "2026-12-17", "2026-12-24", "2026-12-31", "2027-01-07"]


def on(day: date) -> datetime:
    return NOW.replace(year=day.year, month=day.month, day=day.day)


@pytest.mark.django_db
def test_each_reminder_goes_once_however_often_the_clock_runs() -> None:
    asked = make_request(make_member(), due_on=DUE)
    for number in range(45):
        for _again in range(3):
            remind_of_requests(on(NOW.date() + timedelta(days=number)))
    asked.refresh_from_db()
    assert asked.reminded_on == PLANNED
    reminders = Letter.objects.filter(kind="focal-points-reminder")
    assert reminders.count() == len(PLANNED)
    assert {r.email for letter in reminders for r in letter.recipients.all()} == {
        f"office@{asked.organisation.ref}.example"
    }


@pytest.mark.django_db
def test_a_reminder_names_what_is_still_open_and_none_goes_after_the_answer() -> None:
    member = make_member()
    asked = make_request(member, due_on=DUE)
    operations.nominate_focal_points(
        member, [make_nominee("letters")], "IN-1", NOW.date(), by=CONSOLE, at=NOW
    )
    remind_of_requests(on(date(2026, 12, 17)))
    body = Letter.objects.get(kind="focal-points-reminder").body
    assert "WBBSi" in body
    assert "official correspondence" not in body
    operations.nominate_focal_points(member, [make_nominee("WBBSi")], "IN-2", NOW.date(), by=CONSOLE, at=NOW)
    asked.refresh_from_db()
    assert asked.answered_at is not None
    remind_of_requests(on(date(2027, 1, 30)))
    assert Letter.objects.filter(kind="focal-points-reminder").count() == 1


@pytest.mark.django_db
def test_after_a_pause_one_reminder_catches_up() -> None:
    make_request(make_member(), due_on=DUE)
    for day in (date(2027, 1, 6), date(2027, 1, 6), date(2027, 1, 7), date(2027, 1, 8)):
        remind_of_requests(on(day))
    assert FocalPointRequest.objects.get().reminded_on == ["2027-01-06", "2027-01-07"]


@given(
    runs=st.lists(st.integers(0, 80), min_size=1, max_size=40).map(sorted),
    time=st.integers(1, 30),
)
def test_reminders_are_those_planned_whenever_the_clock_runs(runs: list[int], time: int) -> None:
    asked_on = NOW.date()
    request = FocalPointRequest(asked_at=NOW, due_on=asked_on + timedelta(days=time))
    planned = [request.due_on - timedelta(days=3)] + [
        request.due_on + timedelta(days=1 + 7 * week) for week in range(20)
    ]
    planned = [day for day in planned if day > asked_on]
    for run in runs:
        today = asked_on + timedelta(days=run)
        if reminder_due(request, today):
            request.reminded_on.append(today.isoformat())
    told = [date.fromisoformat(day) for day in request.reminded_on]
    assert len(told) == len(set(told))
    last = asked_on + timedelta(days=runs[-1])
    for day, following in zip(planned, [*planned[1:], date.max], strict=True):
        within = [each for each in told if day <= each < following]
        assert len(within) <= 1
        ran = any(day <= asked_on + timedelta(days=run) < following for run in runs)
        assert bool(within) is (ran and day <= last)
