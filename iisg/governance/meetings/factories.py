"""Made-up meetings for tests of the house, made by the house's own verbs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.orgs.factories import make_partner
from iisg.governance.meetings import operations
from iisg.governance.meetings.models import AgendaItem, Body, Meeting
from iisg.office.letters.addressing import Addressee

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
STARTS = datetime(2027, 6, 10, 8, 0, tzinfo=UTC)
PEOPLE = [Addressee("Ana Member", "ana@example.org"), Addressee("Ben Member", "ben@example.org")]
PDF = b"%PDF-1.7\nTLP:GREEN\n%%EOF"


def make_meeting(
    body: str = Body.BOARD, starts_at: datetime = STARTS, at: datetime = NOW, **more: Any
) -> Meeting:
    """A planned meeting of six hours."""
    facts = {"title": "Board meeting, June 2027", "place": "Sarajevo, Parliament", "form": "hybrid"} | more
    return operations.plan_meeting(
        body=body, starts_at=starts_at, ends_at=starts_at + timedelta(hours=6), by=CONSOLE, at=at, **facts
    )


def make_item(
    meeting: Meeting, title: str = "Annual Response Mapping", kind: str = "decision", **more: Any
) -> AgendaItem:
    """An item on its agenda."""
    return operations.add_item(meeting, title, kind, by=CONSOLE, at=more.pop("at", NOW), **more)


def convened(at: datetime = NOW, **more: Any) -> Meeting:
    """A meeting with one item, to which two are invited."""
    meeting = make_meeting(at=at, **more)
    make_item(meeting, at=at)
    return operations.convene_meeting(meeting, PEOPLE, by=CONSOLE, at=at)


def register_seats(
    meeting: Meeting, codes: tuple[str, ...] = ("AL", "BA", "XK", "ME"), at: datetime = NOW
) -> None:
    """A Board Member present for each of these partners; the first one chairs."""
    for number, code in enumerate(codes):
        operations.register(
            meeting, f"Member for {code}", "board_member",
            organisation=make_partner(code), chairs=number == 0, by=CONSOLE, at=at,
        )  # fmt: skip
    operations.note_presence(
        meeting, {one.pk: "present" for one in meeting.attendance.all()}, by=CONSOLE, at=at
    )


def held(**more: Any) -> Meeting:
    """A Board meeting that was held with its quorum."""
    meeting = convened(**more)
    meeting = operations.adopt_agenda(meeting, by=CONSOLE, at=meeting.starts_at)
    register_seats(meeting, at=meeting.starts_at)
    return operations.hold_meeting(meeting, by=CONSOLE, at=meeting.ends_at)
