"""What happens at a meeting: it is held, items have outcomes, objections and statements are kept."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.foundations.orgs.models import Organisation
from iisg.governance.meetings import rules
from iisg.governance.meetings.models import AgendaItem, Body, Meeting, Statement, StatementKind
from iisg.governance.meetings.operations.agenda import _meeting_of
from iisg.governance.meetings.operations.planning import _locked
from iisg.governance.meetings.seats import has_seat, quorum_at


@transaction.atomic
def hold_meeting(meeting: Meeting, *, by: Actor, at: datetime) -> Meeting:
    """Record that it took place, with the attendance as entered."""
    meeting = _locked(meeting)
    require(by, Can.RUN_MEETINGS, rules.may_hold(meeting, at))
    meeting.flow.make(meeting, "hold")
    meeting.held_at = at
    meeting.save(update_fields=["state", "held_at"])
    quorum = quorum_at(meeting)
    record(
        "meetings.meeting_held",
        by=by,
        on=meeting,
        at=at,
        present=meeting.attendance.filter(presence="present").count(),
        quorum=None if quorum is None else quorum.reached,
    )
    return meeting


@transaction.atomic
def record_item(
    item: AgendaItem, outcome: str, *, by: Actor, at: datetime, discussion: str = "", conclusion: str = ""
) -> AgendaItem:
    """Record what became of an item; adopted by consensus only where no objection from a seat stands."""
    meeting = _meeting_of(item)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    require(by, Can.RUN_MEETINGS, rules.may_record(item, outcome))
    item.outcome, item.discussion, item.conclusion = outcome, discussion.strip(), conclusion.strip()
    item.save(update_fields=["outcome", "discussion", "conclusion"])
    record(
        "meetings.item_recorded",
        by=by,
        on=meeting,
        at=at,
        item=item.pk,
        title=item.title,
        outcome=outcome,
        about=item.about,
    )
    return item


@transaction.atomic
def put_on_record(
    item: AgendaItem, organisation: Organisation, kind: str, text: str, *, by: Actor, at: datetime
) -> Statement:
    """Keep an objection or an interpretative statement; an objection from a seat undoes an adoption."""
    meeting = _meeting_of(item)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    require(by, Can.RUN_MEETINGS, rules.may_object(item, text))
    said = Statement.objects.create(
        item=item,
        organisation=organisation,
        kind=StatementKind(kind),
        text=text.strip(),
        from_a_seat=meeting.body == Body.BOARD and has_seat(organisation),
        made_at=at,
    )
    record(
        "meetings.statement_made", by=by, on=meeting, at=at, item=item.pk, kind=kind, organisation=organisation.ref,
        from_a_seat=said.from_a_seat,
    )  # fmt: skip
    if said.breaks_consensus and item.outcome == "adopted":
        item.outcome = ""
        item.save(update_fields=["outcome"])
        record("meetings.adoption_undone", by=by, on=meeting, at=at, item=item.pk)
    return said


@transaction.atomic
def take_statement_back(statement: Statement, *, by: Actor, at: datetime) -> Statement:
    """Whoever made it takes it back; it stays on record as taken back."""
    meeting = _meeting_of(statement.item)
    require(by, Can.RUN_MEETINGS, rules.may_object(statement.item, statement.text))
    if statement.taken_back_at is None:
        statement.taken_back_at = at
        statement.save(update_fields=["taken_back_at"])
    record("meetings.statement_taken_back", by=by, on=meeting, at=at, statement=statement.pk)
    return statement
