"""What the pages of a meeting show, each for a reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.models import Event
from iisg.governance.meetings.agenda_tree import Line, numbered
from iisg.governance.meetings.entries import where_of
from iisg.governance.meetings.models import (
    ActionPoint,
    AnnouncedDate,
    ItemPaper,
    Meeting,
    Presence,
    Statement,
)
from iisg.governance.meetings.papers import quorum_said
from iisg.governance.meetings.seats import by_capacity
from iisg.governance.meetings.standing import Step, next_step, sentence
from iisg.governance.meetings.telling import hours


@dataclass(frozen=True, slots=True)
class Shown:
    """An item with the papers and statements that a reader may see; what was concluded only once minutes are out."""

    line: Line
    papers: list[ItemPaper]
    statements: list[Statement]
    concluded: bool


def agenda_for(meeting: Meeting, reader: Actor) -> list[Shown]:
    """The agenda as a reader sees it, in three questions however long it is."""
    papers: dict[int, list[ItemPaper]] = {}
    seen = ItemPaper.objects.visible_to(reader).filter(item__meeting=meeting).select_related("version")
    for paper in seen.defer("version__content"):
        papers.setdefault(paper.item_id, []).append(paper)
    concluded = meeting.minutes_are_out or Can.RUN_MEETINGS in reader.powers
    said: dict[int, list[Statement]] = {}
    if concluded:
        for one in Statement.objects.filter(item__meeting=meeting).select_related("organisation"):
            said.setdefault(one.item_id, []).append(one)
    return [
        Shown(line, papers.get(line.item.pk, []), said.get(line.item.pk, []), concluded)
        for line in numbered(meeting.items.all())
    ]


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the top of every page of a meeting."""

    sentence: str
    hours: str
    where: str
    step: Step | None


def head_of(meeting: Meeting, at: datetime) -> Head:
    """Where it stands, when and where it is, what comes next."""
    return Head(
        sentence(meeting, at),
        hours(meeting.starts_at, meeting.ends_at, meeting.zone),
        where_of(meeting),
        next_step(meeting, at),
    )


@dataclass(frozen=True, slots=True)
class Announced:
    """A date that was announced, in words, and whether it is the one that holds."""

    when: AnnouncedDate
    hours: str
    holds: bool


def announced_dates(meeting: Meeting) -> list[Announced]:
    """Every date, the one that holds first."""
    dates = list(meeting.announced.all())
    return [
        Announced(one, hours(one.starts_at, one.ends_at, one.zone), one is dates[-1])
        for one in reversed(dates)
    ]


def attendance_of(meeting: Meeting) -> dict[str, Any]:
    """Who comes or came, how many of each presence, and the quorum in a sentence."""
    people = by_capacity(meeting.attendance.select_related("organisation"))
    counted = Counter(one.presence for one in people)
    return {
        "people": people,
        "counts": [(label, counted[key]) for key, label in Presence.choices if counted[key]],
        "quorum": quorum_said(meeting) if meeting.is_past or counted[Presence.PRESENT] else "",
    }


def points_of(meeting: Meeting, day: date) -> list[tuple[ActionPoint, bool]]:
    """Its action points, open ones first, each with whether it is late."""
    found = list(meeting.action_points.select_related("organisation", "person", "item"))
    found.sort(key=lambda point: (point.done_on is not None, point.due_on, point.pk))
    return [(point, point.is_late(day)) for point in found]


EVENT_WORDS: dict[str, str | Promise] = {
    "meetings.meeting_planned": _("The meeting was announced"),
    "meetings.meeting_changed": _("Title, place or form were changed"),
    "meetings.meeting_moved": _("It was moved"),
    "meetings.meeting_cancelled": _("It was cancelled"),
    "meetings.meeting_convened": _("Invitations went out"),
    "meetings.agenda_adopted": _("The agenda was adopted"),
    "meetings.item_added": _("An item was added"),
    "meetings.item_placed": _("An item came from elsewhere in the house"),
    "meetings.item_removed": _("An item was taken off"),
    "meetings.paper_added": _("A paper was added"),
    "meetings.paper_removed": _("A paper was taken away"),
    "meetings.meeting_held": _("It was held"),
    "meetings.item_recorded": _("An outcome was recorded"),
    "meetings.statement_made": _("A statement was put on record"),
    "meetings.statement_taken_back": _("A statement was taken back"),
    "meetings.adoption_undone": _("An objection undid an adoption"),
    "meetings.minutes_drafted": _("The minutes were begun"),
    "meetings.minutes_circulated": _("The minutes were circulated"),
    "meetings.minutes_opened_again": _("The minutes were opened again"),
    "meetings.minutes_approved": _("The minutes were approved"),
    "meetings.meeting_closed": _("The meeting was closed"),
    "meetings.action_point_agreed": _("An action point was agreed"),
    "meetings.action_point_done": _("An action point was done"),
}
"""Events that the page tells."""


def happened(meeting: Meeting) -> Iterable[dict[str, Any]]:
    """What happened, the newest first."""
    events = Event.objects.filter(on=f"meetings.meeting:{meeting.ref}", name__in=EVENT_WORDS).order_by(
        "-number"
    )
    for event in events[:60]:
        said = [event.facts.get(key) for key in ("title", "reason", "why", "note")]
        yield {
            "title": EVENT_WORDS[event.name],
            "by": event.by,
            "at": event.at,
            "says": ". ".join(str(one).rstrip(".") for one in said if one),
        }
