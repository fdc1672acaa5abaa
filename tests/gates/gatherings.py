"""Meetings in the small register of the gates: one of the Board, one of the partners, one of the Support Group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.orgs.factories import make_partner
from iisg.governance.meetings import operations
from iisg.governance.meetings.models import AgendaItem, ItemPaper, Meeting
from iisg.office.letters.addressing import Addressee

PAPER = b"%PDF-1.7\nTLP:GREEN\n%%EOF"


@dataclass(frozen=True, slots=True)
class Gatherings:
    """The records that addresses of meetings speak of, and the key of somebody's feed."""

    board: Meeting
    formation: Meeting
    item: AgendaItem
    paper: ItemPaper
    briefing: ItemPaper
    key: str


def make_gatherings(at: datetime) -> Gatherings:
    """A Board meeting that was held, with draft minutes; one of the partners; one of a formation to come."""
    board = _planned("board", "canaryboardmeeting", at + timedelta(days=30), at)
    item = operations.add_item(board, "canaryboarditem", "decision", by=CONSOLE, at=at)
    paper = operations.add_paper(item, "canaryboardpaper", "paper.pdf", PAPER, "members", by=CONSOLE, at=at)
    briefing = operations.add_paper(
        item, "canarybriefing", "briefing.pdf", PAPER, "internal", by=CONSOLE, at=at
    )
    people = [Addressee("An office", "office@example.invalid")]
    board = operations.convene_meeting(board, people, by=CONSOLE, at=at)
    board = operations.adopt_agenda(board, by=CONSOLE, at=board.starts_at)
    one = operations.register(
        board,
        "canarydelegate",
        "board_member",
        organisation=make_partner("AL"),
        by=CONSOLE,
        at=board.starts_at,
    )
    operations.note_presence(board, {one.pk: "present"}, by=CONSOLE, at=board.starts_at)
    board = operations.hold_meeting(board, by=CONSOLE, at=board.ends_at)
    operations.record_item(item, "noted", conclusion="canaryconclusion", by=CONSOLE, at=board.ends_at)
    operations.agree_action_point(
        board, "canaryboardpoint", board.day, organisation=make_partner("AL"), by=CONSOLE, at=board.ends_at
    )
    board = operations.draft_minutes(board, by=CONSOLE, at=board.ends_at)
    board = operations.write_minutes(board, "canaryopening", "", by=CONSOLE, at=board.ends_at)
    _planned("working_group", "canaryworkinggroup", at + timedelta(days=4000), at)
    formation = _planned(
        "support_group", "canarypillarmeeting", at + timedelta(days=4000), at, pillar="WBBSi"
    )
    operations.put_on_agenda("cross_pillar", "canarywaitingitem", "discussion", "", by=CONSOLE, at=at)
    holder = make_person(Role.MEMBER_READER, make_partner("ME"))
    key = operations.make_calendar_key(holder, by=holder, at=at)
    return Gatherings(board, formation, item, paper, briefing, key)


def _planned(body: str, title: str, starts_at: datetime, at: datetime, pillar: str = "") -> Meeting:
    return operations.plan_meeting(
        title,
        body,
        starts_at,
        starts_at + timedelta(hours=3),
        place="A place",
        pillar=pillar,
        by=CONSOLE,
        at=at,
    )


def meeting_places(found: Gatherings) -> dict[str, list[tuple[str, str]]]:
    """Addresses of meetings."""
    both = (("of the Board", found.board), ("of a formation", found.formation))
    item = f"agenda/{found.item.pk}/"
    delegate = found.board.attendance.get()
    point = found.board.action_points.get()
    board = f"/meetings/{found.board.ref}/"
    return {
        "/calendar-feed/<slug:key>/meetings.ics": [
            ("a member's feed", f"/calendar-feed/{found.key}/meetings.ics"),
            ("a guessed key", "/calendar-feed/guess/meetings.ics"),
        ],
        **{
            f"/meetings/<slug:ref>/{page}": [(which, f"/meetings/{one.ref}/{page}") for which, one in both]
            for page in (
                "", "change/", "move/", "cancel/", "convene/", "calendar-file/", "pack/", "agenda/", "attendance/",
                "attendance/presence/", "signature-sheet/", "minutes/", "points/",
            )
        },
        "/meetings/<slug:ref>/do/<slug:deed>/": [(which, f"/meetings/{one.ref}/do/close/") for which, one in both],
        "/meetings/<slug:ref>/papers/<int:pk>/": [
            ("for members", f"{board}papers/{found.paper.pk}/"),
            ("internal", f"{board}papers/{found.briefing.pk}/"),
        ],
        "/meetings/<slug:ref>/agenda/<int:pk>/": [("of the Board", board + item)],
        "/meetings/<slug:ref>/agenda/<int:pk>/do/<slug:deed>/": [("of the Board", f"{board}{item}do/remove/")],
        "/meetings/<slug:ref>/agenda/<int:pk>/outcome/": [("of the Board", f"{board}{item}outcome/")],
        "/meetings/<slug:ref>/attendance/<int:pk>/remove/": [
            ("of the Board", f"{board}attendance/{delegate.pk}/remove/")
        ],
        "/meetings/<slug:ref>/minutes/<slug:step>/": [("of the Board", f"{board}minutes/frame/")],
        "/meetings/<slug:ref>/minutes/paper/<int:number>/": [("not circulated", f"{board}minutes/paper/1/")],
        "/meetings/<slug:ref>/points/<int:pk>/done/": [("of the Board", f"{board}points/{point.pk}/done/")],
    }  # fmt: skip
