"""Who comes, in which capacity, and who was there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.foundations.orgs.models import Organisation
from iisg.governance.meetings import rules
from iisg.governance.meetings.models import AgendaItem, Attendance, Capacity, ItemPresence, Meeting, Presence
from iisg.governance.meetings.operations.agenda import _meeting_of
from iisg.governance.meetings.operations.planning import _locked


@transaction.atomic
def register(
    meeting: Meeting,
    name: str,
    capacity: str,
    *,
    by: Actor,
    at: datetime,
    organisation: Organisation | None = None,
    office: str = "",
    chairs: bool = False,
    online: bool = False,
) -> Attendance:
    """Register a person; a guest gets no access to the database by it."""
    meeting = _locked(meeting)
    require(by, Can.RUN_MEETINGS, rules.may_register(meeting, name, capacity, organisation))
    if chairs:
        meeting.attendance.filter(chairs=True).update(chairs=False)
    one = Attendance.objects.create(
        meeting=meeting,
        organisation=organisation,
        name=name.strip()[:150],
        office=office.strip()[:200],
        capacity=Capacity(capacity),
        chairs=chairs,
        online=online,
        presence=Presence.PRESENT if meeting.is_past else Presence.EXPECTED,
        registered_at=at,
    )
    record("meetings.person_registered", by=by, on=meeting, at=at, attendance=one.pk, capacity=capacity)
    return one


@transaction.atomic
def note_presence(meeting: Meeting, presences: Mapping[int, str], *, by: Actor, at: datetime) -> Meeting:
    """Say of each person, by key, whether it was there: expected, present, excused, absent."""
    meeting = _locked(meeting)
    people = list(meeting.attendance.all())
    findings = [] if not people else [*rules.may_register(meeting, "-", Capacity.GUEST, None)]
    require(by, Can.RUN_MEETINGS, findings)
    for one in people:
        said = presences.get(one.pk, one.presence)
        if said in Presence.values and said != one.presence:
            one.presence = said
            one.save(update_fields=["presence"])
    counted = {state.value: sum(one.presence == state for one in people) for state in Presence}
    record("meetings.presence_noted", by=by, on=meeting, at=at, **counted)
    return meeting


@transaction.atomic
def note_presence_at_item(
    item: AgendaItem, was_there: Mapping[int, bool], *, by: Actor, at: datetime
) -> AgendaItem:
    """Say who was there for one item where it differs from the meeting as a whole."""
    meeting = _meeting_of(item)
    require(by, Can.RUN_MEETINGS, rules.may_register(meeting, "-", Capacity.GUEST, None))
    item.presences.all().delete()
    differing = [
        ItemPresence(attendance=one, item=item, was_there=was_there[one.pk])
        for one in meeting.attendance.all()
        if one.pk in was_there and was_there[one.pk] != (one.presence == Presence.PRESENT)
    ]
    ItemPresence.objects.bulk_create(differing)
    record("meetings.item_presence_noted", by=by, on=meeting, at=at, item=item.pk, differing=len(differing))
    return item


@transaction.atomic
def unregister(attendance: Attendance, *, by: Actor, at: datetime) -> Meeting:
    """Take a registration back that was a mistake; whoever does not come is excused or absent instead."""
    meeting = _locked(attendance.meeting)
    findings = [*rules.may_register(meeting, "-", Capacity.GUEST, None)]
    require(by, Can.RUN_MEETINGS, findings)
    record("meetings.person_unregistered", by=by, on=meeting, at=at, attendance=attendance.pk)
    attendance.delete()
    return meeting
