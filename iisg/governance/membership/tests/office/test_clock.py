"""What time does: each reminder once however often the clock runs, lapse after the day, old drafts forgotten."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.audit.trail import first_broken
from iisg.governance.membership import clock, operations
from iisg.governance.membership.applicants import NEWCOMER, applicant
from iisg.governance.membership.factories import fill, make_form
from iisg.governance.membership.models import Application, Case, CaseState, ProspectState
from iisg.office.letters.models import Letter
from tests.mailserver import Server
from tests.worker import work_off_the_queue

pytestmark = pytest.mark.django_db
BRUSSELS = ZoneInfo("Europe/Brussels")
SENT_AT = datetime(2027, 1, 4, 10, 0, tzinfo=UTC)
DUE_ON = date(2027, 3, 31)
"""Summer time begins on 28 March 2027, between the last reminder and the day."""


def invited(name: str = "Silent State", due_on: date = DUE_ON, at: datetime = SENT_AT) -> Case:
    """An invitation of 4 January."""
    one = operations.enter_prospect(name, "other_state", by=CONSOLE, at=at)
    contact = operations.add_contact(one, f"Office of {name}", email="o@silent.example", by=CONSOLE, at=at)
    return operations.invite(one, contact, due_on, by=CONSOLE, at=at)


def tick(at: datetime) -> None:
    """Everything that is due by then."""
    for due in clock.DUE:
        due(at)


def reminders(case: Case) -> int:
    """How many reminders were written."""
    return Letter.objects.about(case).filter(kind="membership-reminder").count()


def test_each_reminder_goes_out_once_on_its_own_day_in_the_houses_zone(mails: Server) -> None:
    case = invited()
    days: list[date] = []
    moment = datetime(2027, 1, 4, 0, 30, tzinfo=UTC)
    while moment.date() <= DUE_ON:
        before = reminders(case)
        tick(moment)
        tick(moment + timedelta(minutes=1))
        if reminders(case) > before:
            days.append(moment.astimezone(BRUSSELS).date())
        moment += timedelta(hours=6)
    assert days == [date(2027, 2, 14), date(2027, 3, 17), date(2027, 3, 28)]
    assert reminders(case) == 3
    case.refresh_from_db()
    assert case.reminded_before == [45, 14, 3]
    work_off_the_queue()
    assert len(mails.to("o@silent.example")) == 4
    text = mails.to("o@silent.example")[-1].get_body(("plain",))
    assert text is not None
    assert "31 March 2027" in text.get_content()
    assert "/become-a-member/" in text.get_content()


def test_a_clock_that_stood_still_sends_one_reminder_not_three() -> None:
    case = invited()
    tick(datetime(2027, 3, 29, 12, 0, tzinfo=UTC))
    tick(datetime(2027, 3, 30, 12, 0, tzinfo=UTC))
    assert reminders(case) == 1
    case.refresh_from_db()
    assert case.reminded_before == [45, 14, 3]


def test_two_clocks_that_strike_at_once_send_one_reminder() -> None:
    case, at = invited(), datetime(2027, 2, 14, 9, 0, tzinfo=UTC)
    operations.remind_when_due(case, by=CONSOLE, at=at)
    with pytest.raises(RuleRefused, match="No reminder is due"):
        operations.remind_when_due(case, by=CONSOLE, at=at)
    assert reminders(case) == 1


def test_a_reminder_of_before_the_invitation_is_none() -> None:
    case = invited(due_on=date(2027, 1, 14))
    tick(SENT_AT + timedelta(hours=2))
    assert reminders(case) == 0
    tick(datetime(2027, 1, 11, 9, 0, tzinfo=UTC))
    assert reminders(case) == 1


def test_a_reminder_by_hand_stands_for_those_that_were_due() -> None:
    case = invited()
    operations.remind_invited(case, by=CONSOLE, at=datetime(2027, 2, 20, 9, 0, tzinfo=UTC))
    tick(datetime(2027, 2, 20, 10, 0, tzinfo=UTC))
    assert reminders(case) == 1


@pytest.mark.parametrize(
    ("due_on", "last", "after"),
    [
        (date(2027, 3, 27), datetime(2027, 3, 27, 23, 59), datetime(2027, 3, 28, 0, 0)),  # noqa: DTZ001
        (date(2027, 3, 28), datetime(2027, 3, 28, 23, 59), datetime(2027, 3, 29, 0, 0)),  # noqa: DTZ001
        (date(2027, 10, 31), datetime(2027, 10, 31, 23, 59), datetime(2027, 11, 1, 0, 0)),  # noqa: DTZ001
    ],
)
def test_an_invitation_waits_for_its_whole_last_day_and_lapses_after_it(
    due_on: date, last: datetime, after: datetime
) -> None:
    case = invited(due_on=due_on)
    tick(last.replace(tzinfo=BRUSSELS).astimezone(UTC))
    case.refresh_from_db()
    assert case.state == CaseState.INVITED
    for _run in range(2):
        tick(after.replace(tzinfo=BRUSSELS).astimezone(UTC))
    case.refresh_from_db()
    assert case.state == CaseState.LAPSED
    assert case.prospects.get().state == ProspectState.LAPSED
    assert first_broken() is None


def test_who_has_answered_is_neither_reminded_nor_lapsed() -> None:
    case = invited()
    form = fill(case.application, "Silent State", at=SENT_AT)
    operations.express_interest(form, by=applicant(form), at=SENT_AT)
    tick(datetime(2027, 4, 2, 9, 0, tzinfo=UTC))
    case.refresh_from_db()
    assert case.state == CaseState.EXPRESSED
    assert reminders(case) == 0


def test_drafts_that_nobody_touches_are_forgotten_and_others_stay() -> None:
    old = operations.begin_application("old@example.org", by=NEWCOMER, at=SENT_AT)
    case = invited()
    handed_over = make_form("Handed Over", at=SENT_AT)
    operations.express_interest(handed_over, by=applicant(handed_over), at=SENT_AT)
    young = operations.begin_application("y@example.org", by=NEWCOMER, at=SENT_AT + timedelta(days=50))
    tick(SENT_AT + timedelta(days=61))
    assert not Application.objects.filter(pk=old.pk).exists()
    assert Application.objects.filter(pk__in=[case.application.pk, handed_over.pk, young.pk]).count() == 3
