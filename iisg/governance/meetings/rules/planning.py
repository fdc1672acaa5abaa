"""When a meeting may be announced, changed, moved, convened, and its agenda be written (rules.md 4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from iisg.foundations.access.roles import PillarCode
from iisg.foundations.core.findings import Finding, Grade
from iisg.governance.meetings.agenda_tree import is_below
from iisg.governance.meetings.models import ZONES, AgendaItem, Body, Form, Meeting, MeetingState
from iisg.office.letters.addressing import Addressee


def error(code: str, message: str, cure: str = "", place: str = "") -> Finding:
    """A refusing finding about meetings."""
    return Finding(Grade.ERROR, f"meetings.{code}", message, place, cure)


def may_plan(
    title: str, body: str, pillar: str, form: str, starts_at: datetime, ends_at: datetime, zone: str
) -> Iterator[Finding]:
    """A meeting has a title, a body, a form, a beginning before its end, and a zone that exists."""
    if not title.strip():
        yield error("no-title", _("The meeting has no title."), _("Write one that makes sense in a mail."))
    if body not in Body.values:
        yield error("no-body", _("Say which body meets."))
    if (body == Body.SUPPORT_GROUP) != (pillar in PillarCode.values):
        yield error(
            "pillar",
            _("A formation of the Support Group meets for one pillar, other bodies for none."),
            _("Choose the pillar of the formation, or leave it open for another body."),
        )
    if form not in Form.values:
        yield error("no-form", _("Say whether one meets in person, online or both."))
    if ends_at <= starts_at:
        yield error("ends-first", _("The meeting ends before it begins."), _("Correct the hours."))
    if zone not in ZONES:
        yield error("zone", _("“%(zone)s” is no zone of the list.") % {"zone": zone})


def may_make(meeting: Meeting, move: str) -> Iterator[Finding]:
    """The state of the meeting allows the move."""
    if not Meeting.flow.allows(meeting, move):
        yield error(
            "state",
            _("The meeting stands at: %(state)s.") % {"state": meeting.get_state_display()},
            _("Look at its page again; somebody may have gone further already."),
        )


def is_ahead(meeting: Meeting) -> Iterator[Finding]:
    """Neither held nor cancelled."""
    if not meeting.is_ahead:
        yield error(
            "not-ahead",
            _("The meeting stands at: %(state)s; its date stays as it is.")
            % {"state": meeting.get_state_display()},
        )


def needs_reason(reason: str) -> Iterator[Finding]:
    """Dates slip; whoever was told the old one is told why (rules.md 4)."""
    if not reason.strip():
        yield error("no-reason", _("Give the reason; everybody who was told the old date reads it."))


def may_convene(meeting: Meeting, people: Sequence[Addressee], at: datetime) -> Iterator[Finding]:
    """Whoever is invited knows when, where and what about."""
    yield from may_make(meeting, "convene")
    if not people:
        yield error("nobody", _("Nobody is invited."), _("Name at least one addressee."))
    if meeting.form != Form.ONLINE and not meeting.place.strip():
        yield error("no-place", _("The place is not said yet."), _("Change the meeting and name it."))
    if not meeting.items.exists():
        yield error("no-agenda", _("The agenda is empty."), _("Put at least one item on it."))
    if meeting.starts_at <= at:
        yield error("begun", _("The meeting has begun already."), _("Move it first."))


def may_add_item(meeting: Meeting, title: str, parent: AgendaItem | None) -> Iterator[Finding]:
    """Until minutes are drafted an item can be added; below an item of the same meeting."""
    if not title.strip():
        yield error("no-item-title", _("The item has no title."))
    if meeting.state not in (*Meeting.flow.moves["cancel"][0], MeetingState.HELD):
        yield error("agenda-closed", _("The meeting stands at: %(s)s.") % {"s": meeting.get_state_display()})
    if parent is not None and parent.meeting_id != meeting.pk:
        yield error("other-meeting", _("The item above stands on another agenda."))


def may_stand_below(item: AgendaItem, parent: AgendaItem | None) -> Iterator[Finding]:
    """An agenda is a tree: no item stands below itself."""
    if parent is not None and is_below(parent, item):
        yield error("circle", _("An item cannot stand below itself."), _("Choose another item above."))


def may_adopt(meeting: Meeting) -> Iterator[Finding]:
    """A convened meeting adopts its agenda; what comes later is a late item."""
    yield from may_make(meeting, "adopt_agenda")
    if not meeting.items.exists():
        yield error("no-agenda", _("The agenda is empty."), _("Put at least one item on it."))


def may_hold(meeting: Meeting, at: datetime) -> Iterator[Finding]:
    """A meeting can be recorded as held once it has begun, with at least one person present."""
    yield from may_make(meeting, "hold")
    if meeting.starts_at > at:
        yield error("not-begun", _("The meeting has not begun yet."))
    if not meeting.attendance.filter(presence="present").exists():
        yield error("nobody-present", _("Nobody is entered as present."), _("Enter the attendance first."))
