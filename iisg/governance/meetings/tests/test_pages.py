"""The pages of meetings, as an officer and as members meet them."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from iisg.foundations.access.actors import CONSOLE, HOUSE
from iisg.foundations.accounts.models import User
from iisg.foundations.audit.models import Event
from iisg.foundations.orgs.factories import make_partner
from iisg.governance.meetings import operations
from iisg.governance.meetings.factories import NOW, PDF, STARTS, convened, held, make_item, make_meeting
from iisg.governance.meetings.models import ActionPoint, Meeting
from iisg.office.letters.models import Letter

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> str:
    """A page that exists."""
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def sent(client: Client, address: str, **answers: object) -> str:
    """What the reader sees after a form."""
    response = client.post(address, answers, follow=True)
    assert response.status_code == 200, address
    return response.content.decode()


def announced(client: Client) -> Meeting:
    """A meeting by the page, in a year from now."""
    day = timezone.localdate() + timedelta(days=200)
    shown = sent(
        client, "/meetings/new/", body="board", title="Board meeting", day=day.isoformat(), begins="10:00",
        ends="16:00", zone="Europe/Sarajevo", form="hybrid", place="Sarajevo",
    )  # fmt: skip
    assert "Add an item" in shown
    return Meeting.objects.get()


def test_a_meeting_is_announced_put_together_moved_and_convened(secretariat: Client) -> None:
    wrong = sent(secretariat, "/meetings/new/", body="board", day="2027-06-10", begins="10:00", ends="09:00")
    assert "The meeting ends before it begins." in wrong or "This field is required." in wrong
    meeting = announced(secretariat)
    one = f"/meetings/{meeting.ref}/"
    assert meeting.starts_there.hour == 10
    assert "The agenda is empty" in page(secretariat, f"{one}convene/")
    sent(secretariat, f"{one}agenda/", title="Opening", kind="information")
    first = meeting.items.get()
    shown = sent(
        secretariat, f"{one}agenda/", title="The report", kind="decision", parent=str(first.pk), consulted="yes",
        consulted_note="It agrees.",
    )  # fmt: skip
    assert "It agrees." in shown
    second = meeting.items.get(parent=first)
    assert (
        "Item"
        not in sent(secretariat, f"{one}agenda/", deed="order", **{f"place_{first.pk}": "3"}).split("<h1")[0]
    )
    shown = sent(
        secretariat, f"{one}agenda/{second.pk}/", title="The report", kind="decision", parent=str(second.pk)
    )
    assert "Select a valid choice" in shown, "not below itself"
    file = SimpleUploadedFile("report.pdf", PDF)
    shown = sent(
        secretariat,
        f"{one}agenda/{second.pk}/",
        **{"paper-file": file, "paper-title": "Report", "paper-marking": "members"},
    )
    assert "version 1" in shown
    moved = sent(
        secretariat, f"{one}move/", day=meeting.day.isoformat(), begins="11:00", ends="17:00", zone="Europe/Tirane",
        reason="The room is taken.",
    )  # fmt: skip
    assert "moved: The room is taken." in moved
    assert "<s>" in moved, "the former date stays"
    shown = sent(
        secretariat, f"{one}convene/", people="Ana <ana@example.org>\nBen; ben@example.org", copies=""
    )
    assert "Invitations have gone out" in shown
    letter = Letter.objects.get()
    assert letter.recipients.count() == 2
    assert letter.number is not None
    assert letter.number in shown
    shown = sent(secretariat, f"{one}do/adopt-agenda/")
    assert "The agenda is adopted" in shown
    sent(secretariat, f"{one}agenda/", title="Any other business", kind="discussion")
    assert "late item" in page(secretariat, one)
    assert "adopted" in sent(secretariat, f"{one}agenda/{second.pk}/do/remove/")
    shown = sent(secretariat, f"{one}cancel/", reason="Snow.")
    assert "It does not take place: Snow." in shown
    assert Letter.objects.count() == 2
    assert secretariat.post(f"{one}do/burn/").status_code == 404


def _attended(secretariat: Client, meeting: Meeting) -> None:
    """Four seats and a guest are registered; the seats were there."""
    one = f"/meetings/{meeting.ref}/"
    for code in ("AL", "BA", "XK", "ME"):
        body = make_partner(code)
        facts = {"name": f"Member {code}", "organisation": body.ref, "capacity": "board_member"}
        sent(secretariat, f"{one}attendance/", **facts, **({"chairs": "on"} if code == "AL" else {}))
    shown = sent(secretariat, f"{one}attendance/", name="Guest", capacity="board_member")
    assert "Say for which organisation the person comes." in shown
    sent(secretariat, f"{one}attendance/", name="Guest", capacity="guest")
    guest = meeting.attendance.get(name="Guest")
    answers = {f"presence_{each.pk}": "present" for each in meeting.attendance.all()} | {
        f"presence_{guest.pk}": "excused"
    }
    shown = sent(secretariat, f"{one}attendance/presence/", **answers)
    assert "The quorum was reached." in shown
    assert secretariat.post(f"{one}signature-sheet/").headers["X-IISG-Marking"] == "TLP:GREEN"


def test_a_meeting_is_held_recorded_minuted_and_approved(secretariat: Client, board_member: Client) -> None:
    at = timezone.now()
    meeting = convened(at=at - timedelta(days=30), starts_at=at - timedelta(days=2))
    one, item = f"/meetings/{meeting.ref}/", meeting.items.get()
    sent(secretariat, f"{one}do/adopt-agenda/")
    assert "Nobody is entered as present." in sent(secretariat, f"{one}do/hold/")
    _attended(secretariat, meeting)
    sent(secretariat, f"{one}do/hold/")
    outcome = f"{one}agenda/{item.pk}/outcome/"
    serbia = make_partner("RS")
    statement = {"said-organisation": serbia.ref, "said-kind": "objection", "said-text": "Not so."}
    assert "No consensus: an objection stands from Serbia." in sent(
        secretariat, outcome, deed="statement", **statement
    )
    assert "Adoption is by consensus" in sent(secretariat, outcome, deed="outcome", outcome="adopted")
    said = item.statements.get()
    assert "taken back" in sent(secretariat, f"{one}agenda/{item.pk}/do/take-back/", key=said.pk)
    there = [str(each.pk) for each in meeting.attendance.filter(presence="present")]
    assert "was reached for this item" in sent(secretariat, outcome, deed="presence", there=there)
    sent(secretariat, outcome, deed="outcome", outcome="adopted", conclusion="It is adopted.")
    assert "It is adopted." not in page(board_member, one), "conclusions wait for the minutes"
    assert board_member.get(f"{one}minutes/").status_code == 404
    sent(secretariat, f"{one}do/draft/")
    sent(secretariat, f"{one}minutes/frame/", opening="Opened at ten.", closing="Closed at four.")
    point = {"point-what": "Send it", "point-organisation": "serbia", "point-due_on": "2020-01-01"}
    assert "Say who does it" in sent(secretariat, f"{one}points/", **(point | {"point-organisation": ""}))
    assert "late" in sent(secretariat, f"{one}points/", **point)
    due_on = timezone.localdate().isoformat()
    sent(secretariat, f"{one}minutes/circulate/", due_on=due_on)
    shown = page(board_member, f"{one}minutes/")
    for words in (
        "Opened at ten.",
        "It is adopted.",
        "Closed at four.",
        "Draft, edition 1",
        "Send it",
        "Not so.",
    ):
        assert words in shown
    assert board_member.post(f"{one}minutes/paper/1/").status_code == 200
    sent(secretariat, f"{one}minutes/amend/", why="A comment of Serbia")
    sent(secretariat, f"{one}minutes/circulate/", due_on=due_on, changed="A word")
    silent = sent(secretariat, f"{one}minutes/approve/", how="silence", approved_on=due_on)
    assert "silence counts from the day after" in silent
    shown = sent(secretariat, f"{one}minutes/approve/", how="meeting", approved_on=due_on)
    assert "Approved minutes (PDF)" in shown
    assert "closed" in sent(secretariat, f"{one}do/close/")
    done = ActionPoint.objects.get()
    assert "done on" in sent(secretariat, f"{one}points/{done.pk}/done/", note="Sent.")
    assert secretariat.get(f"{one}minutes/burn/").status_code == 404


def test_readers_see_their_bodies_meetings_and_their_papers(
    secretariat: Client, board_member: Client, reader: Client
) -> None:
    board, formation = (
        make_meeting(),
        make_meeting("support_group", pillar="WBBSi", title="Technical meeting"),
    )
    item = make_item(board)
    secret = operations.add_paper(item, "Briefing", "b.pdf", PDF, "internal", by=CONSOLE, at=NOW)
    paper = operations.add_paper(item, "Report", "r.pdf", PDF, "members", by=CONSOLE, at=NOW)
    one = f"/meetings/{board.ref}/"
    shown = page(board_member, one)
    assert "Report" in shown
    assert "Briefing" not in shown
    assert "What happened" not in shown
    assert board_member.post(f"{one}papers/{paper.pk}/").headers["X-IISG-Marking"] == "TLP:GREEN"
    assert board_member.post(f"{one}papers/{secret.pk}/").status_code == 404
    assert secretariat.post(f"{one}papers/{secret.pk}/").status_code == 200
    assert reader.get(one).status_code == 404
    listed = page(reader, "/meetings/")
    assert formation.title in listed
    assert board.title not in listed
    for address in ("change/", "move/", "cancel/", "convene/", "agenda/", "attendance/"):
        assert board_member.get(one + address).status_code == 403
    assert Client().get(one).status_code == 302


def test_the_calendar_has_what_comes_what_was_and_what_waits(
    secretariat: Client, board_member: Client
) -> None:
    assert "No meeting yet" in page(secretariat, "/meetings/")
    past = held(at=NOW - timedelta(days=400), starts_at=STARTS - timedelta(days=400))
    coming = make_meeting(title="Coming one", starts_at=timezone.now() + timedelta(days=5))
    operations.put_on_agenda("cross_pillar", "Waits for a date", "discussion", "", by=HOUSE, at=NOW)
    shown = page(secretariat, "/meetings/")
    assert shown.index("Coming one") < shown.index(f">{past.starts_there.year}</h2>") < shown.index(past.ref)
    assert "Waits for a date" in shown
    assert "Waits for a date" not in page(board_member, "/meetings/")
    assert coming.title not in page(secretariat, "/meetings/?body=support_group")
    assert page(secretariat, "/meetings/?body=nonsense&page=99")


def test_questions_do_not_grow_with_what_is_shown(secretariat: Client) -> None:
    meeting = make_meeting()

    def asked(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            page(secretariat, address)
        return len(captured)

    def fill(number: int) -> None:
        for each in range(number):
            item = make_item(meeting, f"Item {number} {each}")
            operations.add_paper(item, "Paper", "a.pdf", PDF, "members", by=CONSOLE, at=NOW)
            operations.register(meeting, f"Person {number} {each}", "guest", by=CONSOLE, at=NOW)
            make_meeting(title=f"Meeting {number} {each}")

    fill(1)
    pages = (
        "/meetings/",
        f"/meetings/{meeting.ref}/",
        f"/meetings/{meeting.ref}/agenda/",
        f"/meetings/{meeting.ref}/attendance/",
    )
    before = [asked(address) for address in pages]
    fill(12)
    assert [asked(address) for address in pages] == before


def test_ones_own_feed_needs_no_session_and_leaks_nothing(
    secretariat: Client, reader: Client, board_member: Client
) -> None:
    board = make_meeting()
    formation = make_meeting("support_group", pillar="WBBSi", title="Technical meeting")
    shown = page(reader, "/meetings/my-calendar/")
    assert "It holds 1 entry now." in shown
    shown = sent(reader, "/meetings/my-calendar/", deed="make")
    address = shown.split("<code>")[1].split("</code>")[0]
    path = "/calendar-feed/" + address.partition("/calendar-feed/")[2]
    assert path not in page(reader, "/meetings/my-calendar/"), "it is shown once"
    response = Client().get(path)
    assert response.headers["Content-Type"].startswith("text/calendar")
    assert response.headers["Cache-Control"] == "no-store"
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert [str(event["SUMMARY"]) for event in Calendar.from_ical(content).walk("VEVENT")] == [
        formation.title
    ]
    assert board.ref.encode() not in content
    assert b"TLP:GREEN" in content
    before = Event.objects.count()
    Client().get(path)
    assert Event.objects.count() == before, "a program that asks every hour fills no record"
    sent(reader, "/meetings/my-calendar/", deed="revoke")
    assert Client().get(path).status_code == 404
    assert Client().get("/calendar-feed/guess/meetings.ics").status_code == 404
    taken = board_member.post(f"/meetings/{board.ref}/calendar-file/")
    assert b"BEGIN:VTIMEZONE" in b"".join(taken.streaming_content)  # type: ignore[attr-defined]
    assert Event.objects.filter(name="meetings.paper_taken").count() == 1


def test_a_feed_ends_with_its_holders_office(officer: User, secretariat: Client) -> None:
    make_meeting()
    key = operations.make_calendar_key(officer, by=officer, at=NOW)
    path = f"/calendar-feed/{key}/meetings.ics"

    def entries() -> int:
        content = BytesIO(b"".join(Client().get(path).streaming_content)).read()  # type: ignore[attr-defined]
        return content.count(b"BEGIN:VEVENT")

    assert entries() == 1
    officer.appointments.update(valid_to=timezone.localdate() - timedelta(days=1))
    assert entries() == 0


def test_what_no_font_of_the_house_can_set_is_said_with_its_cure(secretariat: Client) -> None:
    at = timezone.now()
    meeting = convened(at=at - timedelta(days=30), starts_at=at - timedelta(days=2))
    one = f"/meetings/{meeting.ref}/"
    operations.adopt_agenda(meeting, by=CONSOLE, at=at)
    person = operations.register(meeting, "Ana \U0001f389", "guest", by=CONSOLE, at=at)
    make_item(meeting, "Party \U0001f389", "information", at=at)
    for paper in ("signature-sheet/", "pack/"):
        assert "without pictograms" in sent(secretariat, one + paper)
    operations.note_presence(meeting, {person.pk: "present"}, by=CONSOLE, at=at)
    operations.hold_meeting(meeting, by=CONSOLE, at=at)
    operations.record_item(meeting.items.get(kind="decision"), "noted", by=CONSOLE, at=at)
    operations.draft_minutes(meeting, by=CONSOLE, at=at)
    shown = sent(secretariat, f"{one}minutes/circulate/", due_on=timezone.localdate().isoformat())
    assert "without pictograms" in shown
    meeting.refresh_from_db()
    assert (meeting.state, meeting.editions.count()) == ("drafted", 0)
