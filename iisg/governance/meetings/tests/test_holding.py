"""A meeting is held, minuted, approved; consensus is no objection from a seat (rules.md 4)."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from docx import Document as WordFile
from hypothesis import given
from hypothesis import strategies as st

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.orgs.factories import make_organisation, make_partner
from iisg.governance.meetings import operations, papers
from iisg.governance.meetings.agenda_tree import numbered
from iisg.governance.meetings.factories import (
    NOW,
    PDF,
    STARTS,
    convened,
    held,
    make_item,
    make_meeting,
    register_seats,
)
from iisg.governance.meetings.models import ActionPoint, AgendaItem, ItemPaper, Meeting
from iisg.governance.meetings.quorum import Said, Seat, objecting, quorum_of
from iisg.governance.meetings.seats import quorum_at
from iisg.governance.meetings.tests.test_planning import codes
from iisg.office.letters.models import Letter

pytestmark = pytest.mark.django_db
AFTER = STARTS + timedelta(days=1)
RULE = {"chair": True, "partners": 4}


def words(pdf: bytes) -> str:
    pages = [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(BytesIO(pdf))]
    return " ".join(" ".join(pages).split())


@given(st.lists(st.tuples(st.sampled_from("ABCDEFX"), st.booleans())))
def test_quorum_counts_partners_once_whatever_the_order(rows: list[tuple[str, bool]]) -> None:
    seats = [Seat(body, body != "X", chairs) for body, chairs in rows]
    found = quorum_of(seats, RULE)
    assert found == quorum_of([*reversed(seats), *seats], RULE)
    assert found.partners == len({body for body, _chairs in rows} - {"X"})
    assert found.reached == (any(chairs for _body, chairs in rows) and found.partners >= 4)


@given(st.lists(st.builds(Said, st.sampled_from("ABC"), st.booleans(), st.booleans(), st.booleans())))
def test_consensus_is_broken_by_standing_objections_from_seats_only(said: list[Said]) -> None:
    against = objecting(said)
    assert bool(against) == any(one.objects and one.from_a_seat and one.stands for one in said)
    assert objecting(reversed(said)) == against


def test_the_agenda_is_a_numbered_tree() -> None:
    meeting = make_meeting()
    first, second = make_item(meeting, "First"), make_item(meeting, "Second")
    below = make_item(meeting, "Below", parent=second)
    make_item(meeting, "Deeper", parent=below)
    assert [line.number for line in numbered(meeting.items.all())] == ["1", "2", "2.1", "2.1.1"]
    operations.order_items(meeting, {first.pk: 9}, by=CONSOLE, at=NOW)
    shown = [(line.number, line.item.title) for line in numbered(meeting.items.all())]
    assert shown == [("1", "Second"), ("1.1", "Below"), ("1.1.1", "Deeper"), ("2", "First")]
    with pytest.raises(RuleRefused) as refused:
        operations.change_item(second, "Second", "decision", parent=below, by=CONSOLE, at=NOW)
    assert codes(refused) == {"meetings.circle"}
    operations.remove_item(below, by=CONSOLE, at=NOW)
    assert [line.number for line in numbered(meeting.items.all())] == ["1", "1.1", "2"]


def test_papers_have_versions_and_a_circle() -> None:
    item = make_item(make_meeting())
    operations.add_paper(item, "Report", "a.pdf", PDF, "members", by=CONSOLE, at=NOW)
    paper = operations.add_paper(item, "Report", "b.pdf", PDF + b"\n", "internal", by=CONSOLE, at=NOW)
    assert (paper.version.number, item.papers.count()) == (2, 1)
    member = make_person(Role.BOARD_MEMBER, make_partner("AL"))
    assert not ItemPaper.objects.visible_to(member).exists()
    assert ItemPaper.objects.visible_to(make_person(Role.SECRETARIAT)).exists()
    operations.remove_paper(paper, by=CONSOLE, at=NOW)
    assert not item.papers.exists()


def test_seats_belong_to_the_six_and_the_commission() -> None:
    meeting, osce = make_meeting(), make_organisation("OSCE")
    for capacity, organisation, code in (
        ("board_member", osce, "meetings.no-seat"),
        ("observer", None, "meetings.no-organisation"),
        ("king", osce, "meetings.no-capacity"),
    ):
        with pytest.raises(RuleRefused) as refused:
            operations.register(meeting, "Ana", capacity, organisation=organisation, by=CONSOLE, at=NOW)
        assert codes(refused) == {code}
    operations.register(meeting, "Ana", "guest", by=CONSOLE, at=NOW)
    with pytest.raises(RuleRefused) as refused:
        operations.register(meeting, " Ana ", "guest", by=CONSOLE, at=NOW)
    assert codes(refused) == {"meetings.registered"}
    one = operations.register(meeting, "Cy", "observer", organisation=osce, chairs=True, by=CONSOLE, at=NOW)
    two = operations.register(meeting, "Di", "observer", organisation=osce, chairs=True, by=CONSOLE, at=NOW)
    one.refresh_from_db()
    assert (one.chairs, two.chairs) == (False, True)
    operations.unregister(two, by=CONSOLE, at=NOW)
    assert meeting.attendance.count() == 2


def test_consensus_needs_quorum_and_no_standing_objection() -> None:
    meeting = operations.adopt_agenda(convened(), by=CONSOLE, at=NOW)
    item = meeting.items.get()
    register_seats(meeting, ("AL", "BA", "ME"))
    with pytest.raises(RuleRefused) as refused:
        operations.record_item(item, "adopted", by=CONSOLE, at=AFTER)
    assert codes(refused) == {"meetings.quorum"}
    serbia = make_partner("RS")
    late = operations.register(meeting, "Eva", "alternate", organisation=serbia, by=CONSOLE, at=AFTER)
    operations.note_presence_at_item(item, {late.pk: True}, by=CONSOLE, at=AFTER)
    assert (quorum_at(meeting).partners, quorum_at(meeting, item).partners) == (3, 4)  # type: ignore[union-attr]
    operations.record_item(item, "adopted", by=CONSOLE, at=AFTER)
    operations.put_on_record(
        item, make_organisation("OSCE"), "objection", "We doubt it.", by=CONSOLE, at=AFTER
    )
    item.refresh_from_db()
    assert item.outcome == "adopted", "observers never break consensus"
    said = operations.put_on_record(item, serbia, "objection", "Not like this.", by=CONSOLE, at=AFTER)
    item.refresh_from_db()
    assert item.outcome == "", "an objection from a seat undoes it"
    with pytest.raises(RuleRefused) as refused:
        operations.record_item(item, "adopted", by=CONSOLE, at=AFTER)
    assert codes(refused) == {"meetings.objection"}
    operations.take_statement_back(said, by=CONSOLE, at=AFTER)
    operations.put_on_record(item, serbia, "interpretation", "As we read it.", by=CONSOLE, at=AFTER)
    operations.record_item(item, "adopted", by=CONSOLE, at=AFTER)
    assert item.statements.count() == 3, "all of them stay on record"


def test_a_meeting_is_held_once_it_has_begun_and_somebody_was_there() -> None:
    meeting = operations.adopt_agenda(convened(), by=CONSOLE, at=NOW)
    with pytest.raises(RuleRefused) as refused:
        operations.hold_meeting(meeting, by=CONSOLE, at=NOW)
    assert codes(refused) == {"meetings.not-begun", "meetings.nobody-present"}
    register_seats(meeting)
    assert operations.hold_meeting(meeting, by=CONSOLE, at=AFTER).state == "held"


def test_the_sheet_to_sign_names_everybody_expected() -> None:
    meeting = convened()
    register_seats(meeting)
    gone = operations.register(
        meeting, "Fred Excused", "observer", organisation=make_organisation("OSCE"), by=CONSOLE, at=NOW
    )
    operations.note_presence(meeting, {gone.pk: "excused"}, by=CONSOLE, at=NOW)
    shown = words(papers.sheet_as_pdf(meeting, NOW))
    assert "Signature sheet: Board meeting, June 2027" in shown
    assert "Member for AL (chair)" in shown
    assert "Fred Excused" not in shown
    assert "TLP:GREEN" in shown
    assert "* This designation is without prejudice" in shown, "Kosovo* keeps its footnote"


def test_minutes_are_drafted_circulated_amended_approved_and_closed() -> None:
    meeting = held()
    item = meeting.items.get()
    follow = make_meeting(starts_at=STARTS + timedelta(days=90), at=AFTER)
    meeting = operations.draft_minutes(meeting, by=CONSOLE, at=AFTER)
    assert meeting.minutes_opening == "Member for AL opened the meeting."
    with pytest.raises(RuleRefused) as refused:
        operations.circulate_minutes(meeting, AFTER.date() - timedelta(days=1), by=CONSOLE, at=AFTER)
    assert codes(refused) == {"meetings.no-outcome", "meetings.due-past"}
    operations.record_item(
        item,
        "adopted",
        discussion="All\x0b spoke.",
        conclusion="The report is adopted.",
        by=CONSOLE,
        at=AFTER,
    )
    operations.write_minutes(meeting, "The chair opened.", "Closed at 16:00.", by=CONSOLE, at=AFTER)
    operations.agree_action_point(
        meeting, "Send the report", date(2027, 7, 1), organisation=make_partner("AL"), by=CONSOLE, at=AFTER
    )
    due_on = AFTER.date() + timedelta(days=10)
    first = operations.circulate_minutes(meeting, due_on, by=CONSOLE, at=AFTER)
    shown = words(bytes(first.paper.content))
    for said in ("Draft, edition 1", "The chair opened.", "All spoke.", "The report is adopted.",
                 "adopted by consensus", "Send the report", "Closed at 16:00.", "The quorum was reached."):  # fmt: skip
        assert said in shown
    letter = Letter.objects.get(kind="meeting-minutes")
    pdf, word = (one.version for one in letter.attachments.all())
    assert pdf == first.paper
    assert word.file_name == f"{meeting.ref}-minutes-1.docx"
    written = WordFile(BytesIO(bytes(word.content)))
    assert "Draft, edition 1, not approved." in [part.text for part in written.paragraphs]
    assert written.tables[0].rows[1].cells[1].text == "Albania"
    assert [each.title for each in follow.items.all()] == ["Minutes of Board meeting, June 2027"]
    operations.amend_minutes(meeting, "Albania asks for a word.", by=CONSOLE, at=AFTER)
    second = operations.circulate_minutes(meeting, due_on, changed="A word.", by=CONSOLE, at=AFTER)
    assert (second.number, second.paper.number) == (2, 2)
    assert follow.items.count() == 1, "their approval stands on the next agenda once"
    with pytest.raises(RuleRefused) as refused:
        operations.approve_minutes(meeting, "silence", due_on, by=CONSOLE, at=AFTER + timedelta(days=20))
    assert codes(refused) == {"meetings.silence-runs"}
    approved_on = due_on + timedelta(days=1)
    meeting = operations.approve_minutes(
        meeting, "silence", approved_on, by=CONSOLE, at=AFTER + timedelta(days=20)
    )
    last = meeting.editions.last()
    assert last is not None
    assert last.approved
    assert "Approved on 22 June 2027 by silence." in words(bytes(last.paper.content))
    assert operations.close_meeting(meeting, by=CONSOLE, at=AFTER + timedelta(days=20)).state == "closed"


def test_what_is_postponed_comes_back() -> None:
    meeting = held()
    item = meeting.items.get()
    operations.record_item(item, "postponed", by=CONSOLE, at=AFTER)
    operations.draft_minutes(meeting, by=CONSOLE, at=AFTER)
    (again,) = AgendaItem.objects.waiting_for("board")
    assert again.title == item.title


def test_action_points_are_owed_by_bodies_and_people() -> None:
    meeting, albania = held(), make_partner("AL")
    with pytest.raises(RuleRefused) as refused:
        operations.agree_action_point(meeting, " ", AFTER.date(), by=CONSOLE, at=AFTER)
    assert codes(refused) == {"meetings.no-deed", "meetings.no-owner"}
    officer, speaker = make_person(Role.SECRETARIAT), make_person(Role.BOARD_MEMBER, albania)
    point = operations.agree_action_point(
        meeting, "Write", AFTER.date(), organisation=albania, by=CONSOLE, at=AFTER
    )
    own = operations.agree_action_point(meeting, "Send", AFTER.date(), person=officer, by=CONSOLE, at=AFTER)
    seen = ActionPoint.objects.visible_to(speaker).open()
    assert list(seen.owed_by(speaker)) == [point]
    assert list(ActionPoint.objects.open().owed_by(officer)) == [own]
    assert ActionPoint.objects.late(AFTER.date() + timedelta(days=1)).count() == 2
    operations.settle_action_point(point, "Written.", AFTER.date(), by=officer, at=AFTER)
    with pytest.raises(RuleRefused):
        operations.settle_action_point(point, "Again.", AFTER.date(), by=officer, at=AFTER)
    assert not ActionPoint.objects.visible_to(
        make_person(Role.FOCAL_POINT, make_organisation("OSCE"))
    ).exists()
    assert Meeting.objects.without_minutes().count() == 1
