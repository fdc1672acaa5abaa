"""Verbs on people and the offices they hold."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can, Role
from iisg.foundations.accounts.models import Appointment, User
from iisg.foundations.audit.trail import record
from iisg.foundations.core.findings import Finding, Grade
from iisg.foundations.orgs.models import Organisation


@transaction.atomic
def enter_demonstration_role(
    role: Role, organisation: Organisation | None, *, by: Actor, at: datetime, valid_from: date
) -> User:
    """One account per role for the demonstration: a role, not an invented person; refused outside of demo mode."""
    findings = [] if settings.MODE in ("demo", "test") else [_only_in_demo()]
    require(by, Can.MANAGE_PEOPLE, findings)
    user, new = User.objects.get_or_create(
        email=f"{role.value.replace('_', '-')}@demonstration.invalid",
        defaults={"name": f"{role.label}", "is_demonstration": True, "password": "!"},
    )
    if new:
        Appointment.objects.create(user=user, role=role, organisation=organisation, valid_from=valid_from)
        record("accounts.demonstration_role_entered", by=by, on=f"accounts.user:{role}", at=at)
    return user


def _only_in_demo() -> Finding:
    return Finding(
        Grade.ERROR,
        "accounts.not-in-demo",
        "Demonstration roles exist in demonstration mode only.",
        cure="Start the house with `make demo`.",
    )
