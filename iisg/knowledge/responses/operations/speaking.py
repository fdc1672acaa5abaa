"""Verbs on the reports of one action: which of them speaks for a field, and taking that back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.knowledge.actions.models import Action
from iisg.knowledge.responses import rules
from iisg.knowledge.responses.models import Relation, SpeakingReport, SpokenField
from iisg.knowledge.responses.signals import relation_changed


@transaction.atomic
def choose_report(
    action: Action, field: SpokenField | str, *, by: Actor, at: datetime, reason: str = ""
) -> SpeakingReport:
    """Let this report speak for a field of the action that several reports tell of; an earlier choice is replaced.

    Choosing the same again changes nothing.
    """
    require(by, Can.RELATE_ACTIONS, rules.may_choose_report(action))
    group = rules.reports_of(action)
    standing = SpeakingReport.objects.standing().select_for_update(of=("self",))
    present = list(standing.filter(action__in=group, field=field).select_related("action"))
    if [one.action_id for one in present] == [action.pk]:
        return present[0]
    _replace(present, at)
    chosen = SpeakingReport.objects.create(
        action=action, field=SpokenField(field), reason=reason.strip(), chosen_by=by.label, chosen_at=at
    )
    record(
        "responses.report_chosen",
        by=by,
        on=action,
        at=at,
        field=str(field),
        reason=reason,
        before=[one.action.ref for one in present],
    )
    relation_changed.send(Relation, keys=[action.pk])
    return chosen


@transaction.atomic
def take_back_choice(action: Action, field: SpokenField | str, *, by: Actor, at: datetime) -> None:
    """Let the rule speak again for a field of the action that several reports tell of."""
    require(by, Can.RELATE_ACTIONS)
    standing = SpeakingReport.objects.standing().select_for_update(of=("self",))
    present = list(standing.filter(action__in=rules.reports_of(action), field=field).select_related("action"))
    if present:
        _replace(present, at)
        record(
            "responses.report_choice_taken_back",
            by=by,
            on=action,
            at=at,
            field=str(field),
            before=[one.action.ref for one in present],
        )
        relation_changed.send(Relation, keys=[action.pk])


def _replace(choices: list[SpeakingReport], at: datetime) -> None:
    for one in choices:
        one.replaced_at = at
        one.save(update_fields=["replaced_at"])
