"""Verbs on people and the offices they hold."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can, Role
from iisg.foundations.accounts.models import Appointment, User, demonstration_address
from iisg.foundations.audit.trail import record
from iisg.foundations.core.findings import Finding, Grade
from iisg.foundations.orgs.models import Organisation


@transaction.atomic
def enter_demonstration_role(
    role: Role,
    organisation: Organisation | None,
    *,
    by: Actor,
    at: datetime,
    valid_from: date,
    number: int = 1,
) -> User:
    """An account of a role for the demonstration: a role, not an invented person; refused outside of demo mode.

    A role has a second account (`number` 2) where one office must not act twice, as in approving an assessment.
    """
    findings = [] if settings.MODE in ("demo", "test") else [_only_in_demo()]
    require(by, Can.MANAGE_PEOPLE, findings)
    user, new = User.objects.get_or_create(
        email=demonstration_address(role, number),
        defaults={
            "name": f"{role.label}" if number == 1 else f"{role.label}, officer {number}",
            "is_demonstration": True,
            "password": "!",
        },
    )
    if new:
        Appointment.objects.create(user=user, role=role, organisation=organisation, valid_from=valid_from)
        record("accounts.demonstration_role_entered", by=by, on=f"accounts.user:{role}", at=at, number=number)
    return user


@transaction.atomic
def appoint(
    email: str,
    name: str,
    role: Role,
    organisation: Organisation,
    *,
    by: Actor,
    at: datetime,
    valid_from: date,
    pillar: str = "",
) -> Appointment:
    """Give a person an office of a member, with an account where there is none; the same office is not held twice.

    Only a nomination leads here (methodology 2.1, last indent; S15): nobody signs up.
    """
    require(by, Can.OPEN_ACCOUNTS)
    user = User.objects.select_for_update().filter(email=email.strip().lower()).first()
    if user is None:
        user = User.objects.create_user(email.strip(), name=name.strip()[:150])
        record("accounts.account_opened", by=by, on=f"accounts.user:{user.pk}", at=at)
    elif not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
        record("accounts.account_opened_again", by=by, on=f"accounts.user:{user.pk}", at=at)
    held = (
        user.appointments.on(valid_from).filter(role=role, organisation=organisation, pillar=pillar).first()
    )
    if held is not None:
        return _kept_on(held, by=by, at=at)
    appointment = Appointment.objects.create(
        user=user, role=role, organisation=organisation, pillar=pillar, valid_from=valid_from
    )
    record(
        "accounts.person_appointed",
        by=by,
        on=f"accounts.user:{user.pk}",
        at=at,
        role=str(role),
        member=organisation.ref,
        pillar=pillar,
    )
    return appointment


@transaction.atomic
def end_appointment(
    appointment: Appointment, ended_on: date, *, by: Actor, at: datetime
) -> Appointment | None:
    """Let an office end on a day; one that had not begun by then is taken out. The account stays, without powers."""
    appointment = (
        Appointment.objects.select_for_update(of=("self",)).select_related("user").get(pk=appointment.pk)
    )
    require(by, Can.OPEN_ACCOUNTS)
    about = f"accounts.user:{appointment.user_id}"
    record("accounts.appointment_ended", by=by, on=about, at=at, role=appointment.role, ended_on=ended_on)
    if appointment.valid_from >= ended_on:
        appointment.delete()
        return None
    appointment.valid_to = ended_on
    appointment.save(update_fields=["valid_to"])
    return appointment


def _kept_on(held: Appointment, *, by: Actor, at: datetime) -> Appointment:
    """An office that is held goes on; where it had its last day already, that day falls away."""
    if held.valid_to is not None:
        held.valid_to = None
        held.save(update_fields=["valid_to"])
        record("accounts.appointment_prolonged", by=by, on=f"accounts.user:{held.user_id}", at=at)
    return held


def _only_in_demo() -> Finding:
    return Finding(
        Grade.ERROR,
        "accounts.not-in-demo",
        "Demonstration roles exist in demonstration mode only.",
        cure="Start the house with `make demo`.",
    )
