"""Verbs on judgements: a suggestion is never stored as an answer."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.foundations.core.periods import add_months
from iisg.knowledge.actions.models import Action
from iisg.knowledge.needs.models import Need
from iisg.knowledge.responses import rules
from iisg.knowledge.responses.models import Degree, FollowUp, Response
from iisg.knowledge.responses.signals import response_changed


@transaction.atomic
def judge_response(
    need: Need,
    action: Action,
    degree: Degree | str,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    quantity: Decimal | None = None,
) -> Response:
    """A person says whether and how far an action answers a need; an earlier judgement stays as history.

    Judging the same again changes nothing. One year later the follow-up is due (rules.md 5).
    """
    need = Need.objects.select_for_update(of=("self",)).get(pk=need.pk)
    require(by, Can.JUDGE_RESPONSES, rules.may_judge(need, degree, quantity, reason))
    standing = (
        Response.objects.standing().select_for_update(of=("self",)).filter(need=need, action=action).first()
    )
    same = standing and (standing.degree, standing.quantity, standing.reason) == (
        str(degree),
        quantity,
        reason,
    )
    if standing and same:
        return standing
    if standing:
        standing.replaced_at = at
        standing.save(update_fields=["replaced_at"])
    response = Response.objects.create(
        need=need,
        action=action,
        degree=degree,
        quantity=quantity,
        reason=reason.strip(),
        judged_by=by if isinstance(by, get_user_model()) else None,
        judged_by_label=by.label,
        judged_at=at,
        follow_up_on=None if degree == Degree.NONE else add_months(at.date(), 12),
    )
    record(
        "responses.response_judged",
        by=by,
        on=need,
        at=at,
        action=action.ref,
        degree=str(degree),
        quantity=quantity,
        reason=reason,
        before=standing.degree if standing else None,
    )
    response_changed.send(Response, need=need.pk)
    return response


@transaction.atomic
def take_back_response(response: Response, *, by: Actor, at: datetime) -> Response:
    """Take a judgement back; it stays as history and no longer counts."""
    response = Response.objects.select_for_update(of=("self",)).get(pk=response.pk)
    require(by, Can.JUDGE_RESPONSES)
    if response.replaced_at is None:
        response.replaced_at = at
        response.save(update_fields=["replaced_at"])
        record("responses.response_taken_back", by=by, on=response.need, at=at, action=response.action.ref)
        response_changed.send(Response, need=response.need_id)
    return response


@transaction.atomic
def note_follow_up(
    response: Response, outcome: FollowUp | str, *, by: Actor, at: datetime, note: str = ""
) -> Response:
    """Note one year on whether the need was met, partly or not (rules.md 5); a later note corrects an earlier one.

    Noting the same again changes nothing. An outcome that is none of FollowUp raises ValueError.
    """
    response = Response.objects.select_for_update(of=("self",)).get(pk=response.pk)
    require(by, Can.JUDGE_RESPONSES, rules.may_follow_up(response, timezone.localtime(at).date()))
    noted = (FollowUp(outcome).value, note.strip())
    before = response.follow_up
    if (before, response.follow_up_note) == noted:
        return response
    response.follow_up, response.follow_up_note = noted
    response.followed_up_at, response.followed_up_by_label = at, by.label
    response.save(update_fields=["follow_up", "follow_up_note", "followed_up_at", "followed_up_by_label"])
    record(
        "responses.follow_up_noted",
        by=by,
        on=response.need,
        at=at,
        action=response.action.ref,
        outcome=response.follow_up,
        note=response.follow_up_note,
        before=before or None,
    )
    return response
