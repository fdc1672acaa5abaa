"""Verbs on membership as a dated fact: entered, put right, suspended, resumed, ended."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.foundations.orgs import rules
from iisg.foundations.orgs.models import Ground, Membership, Organisation, Suspension
from iisg.foundations.orgs.operations.bodies import _announce


@transaction.atomic
def enter_membership(
    organisation: Organisation,
    ground: Ground | str,
    *,
    by: Actor,
    at: datetime,
    valid_from: date | None = None,
    **facts: Any,
) -> Membership:
    """State the dated fact of membership with its ground; the open one is kept, never doubled."""
    require(by, Can.WRITE_ORGANISATIONS, rules.may_be_member(organisation, ground))
    membership, new = Membership.objects.get_or_create(
        organisation=organisation,
        valid_to=None,
        defaults={"ground": ground, "valid_from": valid_from, **facts},
    )
    if new:
        record(
            "orgs.membership_entered",
            by=by,
            on=organisation,
            at=at,
            ground=str(ground),
            valid_from=valid_from,
        )
    return membership


@transaction.atomic
def end_membership(
    membership: Membership, ended_on: date, reason: str, *, by: Actor, at: datetime
) -> Membership:
    """End a membership on a day, from which on it no longer holds; an open suspension ends with it."""
    membership = _locked_membership(membership)
    require(by, Can.WRITE_ORGANISATIONS, rules.may_end(membership, ended_on, reason))
    membership.valid_to = ended_on
    membership.save(update_fields=["valid_to"])
    for pause in membership.suspensions.filter(valid_to__isnull=True):
        if pause.valid_from < ended_on:
            pause.valid_to = ended_on
            pause.save(update_fields=["valid_to"])
        else:
            pause.delete()
    _told_of(membership, "orgs.membership_ended", by=by, at=at, ended_on=ended_on, reason=reason)
    return membership


@transaction.atomic
def correct_membership(
    membership: Membership, reason: str, *, by: Actor, at: datetime, **facts: Any
) -> Membership:
    """Put right what was entered wrongly: `ground`, `valid_from`, `decided_on`, `basis`; the event keeps what stood.

    A fact that is left out, or is the same, stays. This is no change over time: the register of every day shows it.
    """
    membership = _locked_membership(membership)
    corrected = {name: value for name, value in facts.items() if value != getattr(membership, name)}
    require(by, Can.WRITE_ORGANISATIONS, rules.may_correct(membership, corrected, reason))
    before = {name: getattr(membership, name) for name in corrected}
    for name, value in corrected.items():
        setattr(membership, name, value)
    membership.save(update_fields=list(corrected))
    _told_of(
        membership,
        "orgs.membership_corrected",
        by=by,
        at=at,
        before=before,
        corrected=corrected,
        reason=reason.strip(),
    )
    return membership


@transaction.atomic
def suspend_membership(
    membership: Membership, suspended_on: date, reason: str, *, by: Actor, at: datetime
) -> Suspension:
    """Let a membership rest from a day on; it stays in the register, marked as suspended."""
    membership = _locked_membership(membership)
    require(by, Can.WRITE_ORGANISATIONS, rules.may_suspend(membership, suspended_on, reason))
    pause = Suspension.objects.create(
        membership=membership, valid_from=suspended_on, reason=reason.strip()[:300]
    )
    _told_of(membership, "orgs.membership_suspended", by=by, at=at, suspended_on=suspended_on, reason=reason)
    return pause


@transaction.atomic
def resume_membership(membership: Membership, resumed_on: date, *, by: Actor, at: datetime) -> Membership:
    """A suspended membership holds again from a day on; from the day of its suspension on, it never rested."""
    membership = _locked_membership(membership)
    require(by, Can.WRITE_ORGANISATIONS, rules.may_resume(membership, resumed_on))
    pause = membership.suspensions.get(valid_to__isnull=True)
    if resumed_on == pause.valid_from:
        pause.delete()
    else:
        pause.valid_to = resumed_on
        pause.save(update_fields=["valid_to"])
    _told_of(membership, "orgs.membership_resumed", by=by, at=at, resumed_on=resumed_on)
    return membership


def _locked_membership(membership: Membership) -> Membership:
    found = Membership.objects.select_for_update(of=("self",)).select_related("organisation")
    return found.get(pk=membership.pk)


def _told_of(membership: Membership, event: str, *, by: Actor, at: datetime, **facts: Any) -> None:
    """Seal what happened to a membership and let the floors above know."""
    record(event, by=by, on=membership.organisation, at=at, membership=membership.pk, **facts)
    _announce({membership.organisation_id})
