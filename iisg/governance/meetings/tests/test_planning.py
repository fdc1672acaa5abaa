"""Meetings are announced, moved, called off and invited to; every date stays on record (rules.md 4)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from iisg.foundations.access.actors import CONSOLE, HOUSE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.audit.models import Event
from iisg.foundations.core.flow import MoveRefused
from iisg.foundations.orgs.factories import make_organisation, make_partner
from iisg.governance.meetings import operations
from iisg.governance.meetings.factories import NOW, PEOPLE, STARTS, convened, make_item, make_meeting
from iisg.governance.meetings.inviting import proposed
from iisg.governance.meetings.models import AgendaItem, Body, Meeting, MeetingState
from iisg.governance.meetings.next_one import next_meeting
from iisg.office.letters.models import Letter

pytestmark = pytest.mark.django_db
LATER = STARTS + timedelta(days=14)


def codes(refused: pytest.ExceptionInfo[RuleRefused]) -> set[str]:
    return {finding.code for finding in refused.value.findings}


def move(meeting: Meeting, to: datetime = LATER, reason: str = "The host asks for it.") -> Meeting:
    return operations.move_meeting(
        meeting, to, to + timedelta(hours=3), "Europe/Sarajevo", reason, by=CONSOLE, at=NOW
    )


def test_meetings_of_a_year_have_numbers_without_a_hole() -> None:
    refs = [make_meeting().ref, make_meeting(Body.CROSS_PILLAR).ref]
    refs.append(make_meeting(starts_at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC)).ref)
    assert refs == ["MEET-2027-01", "MEET-2027-02", "MEET-2027-03"], "the year is that of its own zone"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"title": " "}, "meetings.no-title"),
        ({"zone": "Europe/Atlantis"}, "meetings.zone"),
        ({"form": "by mail"}, "meetings.no-form"),
        ({"body": "parliament"}, "meetings.no-body"),
        ({"body": Body.SUPPORT_GROUP}, "meetings.pillar"),
        ({"body": Body.BOARD, "pillar": "WBCTi"}, "meetings.pillar"),
    ],
)
def test_what_is_no_meeting_is_refused_with_its_cure(facts: dict[str, Any], code: str) -> None:
    with pytest.raises(RuleRefused) as refused:
        make_meeting(**facts)
    assert code in codes(refused)


def test_every_announced_date_is_kept_with_its_reason() -> None:
    meeting = move(make_meeting())
    with pytest.raises(RuleRefused) as refused:
        move(meeting, reason=" ")
    assert codes(refused) == {"meetings.no-reason"}
    announced = list(meeting.announced.all())
    assert [one.starts_at for one in announced] == [STARTS, LATER]
    assert [one.reason for one in announced] == ["", "The host asks for it."]
    meeting.refresh_from_db()
    assert (meeting.state, meeting.starts_at, meeting.zone) == ("planned", LATER, "Europe/Sarajevo")
    assert meeting.starts_there.hour == LATER.hour + 2
    assert not Letter.objects.exists(), "nobody was invited yet"


def test_whoever_was_invited_hears_of_each_change_by_letter_with_the_calendar_file() -> None:
    meeting = move(convened())
    operations.cancel_meeting(meeting, "No date fits.", by=CONSOLE, at=NOW)
    letters = list(Letter.objects.order_by("pk"))
    assert [one.kind for one in letters] == ["meeting-invitation", "meeting-moved", "meeting-cancelled"]
    for letter in letters:
        assert letter.number
        assert [one.email for one in letter.recipients.all()] == ["ana@example.org", "ben@example.org"]
        (file,) = letter.attachments.all()
        assert bytes(file.version.content).startswith(b"BEGIN:VCALENDAR")
        assert file.version.file_name == f"{meeting.ref}.ics"
    assert "1. Annual Response Mapping" in letters[0].body
    assert "10:00 – 16:00 CEST" in letters[0].body
    assert "The host asks for it." in letters[1].body
    assert "10 June 2027" in letters[1].body
    assert "No date fits." in letters[2].body
    meeting.refresh_from_db()
    assert (meeting.state, meeting.sequence) == ("cancelled", 3)


def test_a_meeting_is_convened_with_people_place_and_agenda_only() -> None:
    meeting = make_meeting(place="")
    with pytest.raises(RuleRefused) as refused:
        operations.convene_meeting(meeting, [], by=CONSOLE, at=STARTS + timedelta(hours=1))
    wanted = {"meetings.nobody", "meetings.no-place", "meetings.no-agenda", "meetings.begun"}
    assert codes(refused) == wanted
    operations.change_meeting(meeting, "Board", "online", by=CONSOLE, at=NOW)
    make_item(meeting)
    convened_one = operations.convene_meeting(meeting, PEOPLE[:1], copies=PEOPLE[1:], by=CONSOLE, at=NOW)
    assert convened_one.state == MeetingState.CONVENED
    letter = Letter.objects.get()
    assert "Place: online" in letter.body
    assert letter.recipients.filter(is_copy=True).count() == 1
    with pytest.raises(RuleRefused):
        operations.change_meeting(meeting, "Board", "in_person", by=CONSOLE, at=NOW)


def test_only_the_secretariat_runs_meetings() -> None:
    meeting = make_meeting()
    for role in (Role.BOARD_MEMBER, Role.FOCAL_POINT, Role.OBSERVER):
        with pytest.raises(PermissionDenied):
            operations.cancel_meeting(meeting, "No.", by=make_person(role, make_partner("AL")), at=NOW)


def test_the_table_and_the_database_guard_the_states() -> None:
    meeting = make_meeting()
    with pytest.raises(MoveRefused):
        meeting.flow.make(meeting, "hold")
    for facts in (
        {"state": "convened"},
        {"state": "held", "convened_at": NOW, "agenda_adopted_at": NOW},
        {"state": "cancelled"},
        {"ends_at": STARTS},
        {"pillar": "WBCTi"},
        {"state": "approved", "convened_at": NOW, "agenda_adopted_at": NOW, "held_at": NOW},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Meeting.objects.filter(pk=meeting.pk).update(**facts)


def test_items_of_the_house_go_to_the_next_meeting_or_wait_for_one() -> None:
    def put(about: str) -> AgendaItem:
        return operations.put_on_agenda(
            Body.BOARD, f"Decided between meetings: {about}", "information", about, by=HOUSE, at=NOW
        )

    waiting = put("board.decision:1")
    assert waiting.meeting is None
    assert put("board.decision:1").pk == waiting.pk, "the same is put once"
    first = make_meeting()
    waiting.refresh_from_db()
    assert waiting.meeting == first
    second = make_meeting(starts_at=STARTS + timedelta(days=90))
    assert put("board.decision:2").meeting == first
    assert (
        operations.put_on_agenda("cross_pillar", "Else", "discussion", "", by=HOUSE, at=NOW).meeting is None
    )
    operations.cancel_meeting(first, "No date fits.", by=CONSOLE, at=NOW)
    assert [item.about for item in second.items.all()] == ["board.decision:1", "board.decision:2"]
    operations.cancel_meeting(second, "No date fits.", by=CONSOLE, at=NOW)
    assert AgendaItem.objects.waiting_for("board").count() == 2
    assert Event.objects.filter(name="meetings.item_waits").count() == 2


def test_an_adopted_agenda_takes_no_more_from_the_house() -> None:
    meeting = operations.adopt_agenda(convened(), by=CONSOLE, at=NOW)
    late = make_item(meeting, "A late one", "information")
    assert late.is_late
    put = operations.put_on_agenda("board", "Else", "information", "x:1", by=HOUSE, at=NOW)
    assert put.meeting is None


def test_the_next_meeting_of_a_body() -> None:
    later, first = make_meeting(starts_at=LATER), make_meeting()
    assert next_meeting("board", date(2027, 3, 1)) == first
    assert next_meeting("board", date(2027, 6, 10)) == first, "on the day itself"
    assert next_meeting("board", date(2027, 6, 11)) == later
    assert next_meeting("cross_pillar", date(2027, 3, 1)) is None


def test_members_see_the_meetings_of_their_bodies() -> None:
    board, working = make_meeting(), make_meeting(Body.WORKING_GROUP)
    formation = make_meeting(Body.SUPPORT_GROUP, pillar="WBBSi")
    osce, albania = make_organisation("OSCE"), make_partner("AL")

    def seen(role: Role, organisation: object) -> set[Meeting]:
        return set(Meeting.objects.visible_to(make_person(role, organisation)))  # type: ignore[arg-type]

    assert seen(Role.SECRETARIAT, None) == {board, working, formation}
    assert seen(Role.BOARD_MEMBER, albania) == {board, working, formation}
    assert seen(Role.OBSERVER, osce) == {board, formation}
    assert seen(Role.FOCAL_POINT, osce) == {formation}
    assert seen(Role.FOCAL_POINT, albania) == {working, formation}
    assert seen(Role.APPLICANT, None) == set()


def test_whom_the_registers_propose_to_invite() -> None:
    member, observer = (
        make_person(Role.BOARD_MEMBER, make_partner("AL")),
        make_person(Role.OBSERVER, make_organisation("OSCE")),
    )
    coordinator = make_person(Role.NATIONAL_COORDINATOR, make_partner("RS"))
    people, copies = proposed(make_meeting(), NOW.date())
    assert ([one.email for one in people], [one.email for one in copies]) == (
        [member.email],
        [observer.email],
    )
    people, _none = proposed(make_meeting(Body.WORKING_GROUP), NOW.date())
    assert [one.email for one in people] == [coordinator.email]
    assert proposed(make_meeting(Body.CROSS_PILLAR), NOW.date()) == ([], [])
