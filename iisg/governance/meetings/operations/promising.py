"""Action points: agreed at a meeting, done later."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.accounts.models import User
from iisg.foundations.audit.trail import record
from iisg.foundations.orgs.models import Organisation
from iisg.governance.meetings import rules
from iisg.governance.meetings.models import ActionPoint, AgendaItem, Meeting
from iisg.governance.meetings.operations.planning import _locked


@transaction.atomic
def agree_action_point(
    meeting: Meeting,
    what: str,
    due_on: date,
    *,
    by: Actor,
    at: datetime,
    organisation: Organisation | None = None,
    person: User | None = None,
    item: AgendaItem | None = None,
) -> ActionPoint:
    """Note what is to be done, by whom, by when."""
    meeting = _locked(meeting)
    require(
        by, Can.RUN_MEETINGS, rules.may_promise(meeting, what, organisation is not None or person is not None)
    )
    point = ActionPoint.objects.create(
        meeting=meeting,
        item=item,
        what=what.strip()[:500],
        organisation=organisation,
        person=person,
        due_on=due_on,
    )
    record("meetings.action_point_agreed", by=by, on=meeting, at=at, point=point.pk, due_on=due_on)
    return point


@transaction.atomic
def settle_action_point(
    point: ActionPoint, note: str, done_on: date, *, by: Actor, at: datetime
) -> ActionPoint:
    """Note that it is done."""
    point = ActionPoint.objects.select_for_update().get(pk=point.pk)
    findings = [rules.error("done", _("It is done already."))] if point.done_on is not None else []
    require(by, Can.RUN_MEETINGS, findings)
    point.done_on, point.done_note = done_on, note.strip()[:500]
    point.save(update_fields=["done_on", "done_note"])
    record("meetings.action_point_done", by=by, on=point.meeting, at=at, point=point.pk, note=point.done_note)
    return point
