"""What is recorded at a meeting and after it: attendance, outcomes, objections, minutes (rules.md 4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from iisg.foundations.core.findings import Finding
from iisg.foundations.orgs.models import Organisation
from iisg.governance.meetings.models import (
    PAST,
    SEATED,
    AgendaItem,
    ApprovedBy,
    Body,
    Capacity,
    Meeting,
    MeetingState,
    Outcome,
)
from iisg.governance.meetings.rules.planning import error, may_make
from iisg.governance.meetings.seats import has_seat, objectors, quorum_at

_WRITABLE = (MeetingState.AGENDA_ADOPTED, MeetingState.HELD, MeetingState.DRAFTED)
_OF_NO_BODY = (Capacity.GUEST, Capacity.SECRETARIAT, Capacity.EXPERT)


def may_register(
    meeting: Meeting, name: str, capacity: str, organisation: Organisation | None
) -> Iterator[Finding]:
    """Somebody with a name, in one capacity, for a body unless a guest, an expert or of the Secretariat."""
    if meeting.state == MeetingState.CANCELLED or meeting.minutes_are_out:
        yield error(
            "attendance-closed", _("The meeting stands at: %(s)s.") % {"s": meeting.get_state_display()}
        )
    if not name.strip():
        yield error("no-name", _("Name the person."))
    if capacity not in Capacity.values:
        yield error("no-capacity", _("Say in which capacity the person takes part."))
    elif organisation is None and capacity not in _OF_NO_BODY:
        yield error("no-organisation", _("Say for which organisation the person comes."))
    elif capacity in SEATED and (meeting.body != Body.BOARD or not (organisation and has_seat(organisation))):
        yield error(
            "no-seat",
            _(
                "Methodology 1: seats belong to the six Western Balkans partners and the Commission, at the Board."
            ),
            _("Choose observer or delegate."),
        )
    same = meeting.attendance.filter(name=name.strip(), organisation=organisation)
    if same.exists():
        yield error("registered", _("%(name)s is registered already.") % {"name": name.strip()})


def may_record(item: AgendaItem, outcome: str) -> Iterator[Finding]:
    """Adopted is what nobody from a seat objects to, at the Board with its quorum."""
    meeting = item.meeting
    if meeting is None or meeting.state not in _WRITABLE:
        yield error(
            "not-to-record", _("Outcomes are recorded from the adopted agenda until the minutes go out.")
        )
        return
    if outcome and outcome not in Outcome.values:
        yield error("outcome", _("Choose one of the outcomes."))
    if outcome != Outcome.ADOPTED:
        return
    against = objectors(item.statements.select_related("organisation"))
    if against:
        yield error(
            "objection",
            _("Adoption is by consensus; an objection stands from: %(seats)s.")
            % {"seats": ", ".join(against)},
            _("Record it as not adopted or postponed, or enter that the objection was taken back."),
        )
    quorum = quorum_at(meeting, item)
    if quorum is not None and not quorum.reached:
        yield error(
            "quorum",
            _(
                "The quorum was not reached: chair and %(needed)d of 6 partners are needed, %(there)d were there."
            )
            % {"needed": settings.BOARD_QUORUM["partners"], "there": quorum.partners},
            _("Enter the attendance, or record the item as postponed."),
        )


def may_object(item: AgendaItem, text: str) -> Iterator[Finding]:
    """A statement says something, on an item whose minutes are not out."""
    if not text.strip():
        yield error("no-text", _("Write what was said; an objection without a reason helps nobody."))
    if item.meeting is None or item.meeting.state not in _WRITABLE:
        yield error(
            "not-to-record", _("Statements are entered from the adopted agenda until the minutes go out.")
        )


def may_write_minutes(meeting: Meeting) -> Iterator[Finding]:
    """Minutes are written while they are drafted."""
    if meeting.state != MeetingState.DRAFTED:
        yield error("not-drafted", _("The meeting stands at: %(s)s.") % {"s": meeting.get_state_display()})


def may_circulate(meeting: Meeting, due_on: date, today: date) -> Iterator[Finding]:
    """Drafted minutes with an outcome on each item for decision, and a day for comments that is not past."""
    yield from may_make(meeting, "circulate")
    open_items = [item.title for item in meeting.items.filter(kind="decision", outcome="")]
    if open_items:
        yield error(
            "no-outcome",
            _("Items for decision have no outcome: %(items)s.") % {"items": "; ".join(open_items)},
            _("Record each as adopted, not adopted, noted or postponed."),
        )
    if due_on < today:
        yield error("due-past", _("The day for comments is past."))


def may_approve(meeting: Meeting, how: str, approved_on: date, today: date) -> Iterator[Finding]:
    """At a later meeting, or by silence once the day for comments is past (rules.md 4)."""
    yield from may_make(meeting, "approve")
    if how not in ApprovedBy.values:
        yield error("no-way", _("Say how the minutes were approved."))
    if approved_on > today:
        yield error("future", _("The day of approval lies ahead."))
    if approved_on < meeting.day:
        yield error("before", _("Minutes are approved after the meeting, not before."))
    due_on = meeting.minutes_due_on
    if how == ApprovedBy.SILENCE and due_on and approved_on <= due_on:
        yield error(
            "silence-runs",
            _("Comments may come until %(day)s; silence counts from the day after.") % {"day": due_on},
            _("Approve them later, or at a meeting."),
        )


def may_promise(meeting: Meeting, what: str, owned: bool) -> Iterator[Finding]:
    """An action point says what, and who."""
    if not what.strip():
        yield error("no-deed", _("Say what is to be done."))
    if not owned:
        yield error("no-owner", _("Say who does it: an organisation or a person."))
    if meeting.state not in PAST and meeting.state != MeetingState.AGENDA_ADOPTED:
        yield error("not-held", _("Action points are agreed at a meeting; this one is not held yet."))
