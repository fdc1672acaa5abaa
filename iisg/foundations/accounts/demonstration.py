"""The roles that can be tried in the demonstration, each with half a sentence on what it sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.models import Appointment, demonstration_address

SIGHTS = MappingProxyType(
    {
        Role.SECRETARIAT: _("sees everything, judges which actions answer which needs, runs the rounds"),
        Role.NATIONAL_COORDINATOR: _("states the needs of a partner and answers for it"),
        Role.FOCAL_POINT: _("reports a member's own actions and answers its rounds"),
        Role.BOARD_MEMBER: _("reads needs, actions and what is covered, before deciding"),
        Role.ALTERNATE: _("reads the same as the Board Member"),
        Role.OBSERVER: _("reads what the Board reads, for a member without a seat"),
        Role.MEMBER_READER: _("reads needs, actions and coverage"),
        Role.APPLICANT: _("is not a member yet: sees the public pages only"),
        Role.ADMINISTRATOR: _("looks after accounts and the record of events; sees no needs"),
    }
)
"""Roles in the order in which a newcomer may want to try them."""

SECOND_OFFICER = _("is a second officer: approves assessments that the first one wrote")


@dataclass(frozen=True, slots=True)
class RoleOnOffer:
    """One button: the role, the body it is shown for ("" where for none), and what it sees."""

    role: Role
    body: str
    sight: str
    number: int = 1


def roles_on_offer(day: date) -> list[RoleOnOffer]:
    """Roles with an account in this demonstration on the day; none wherever the house is no demonstration."""
    if not settings.DEMO:
        return []
    held = Appointment.objects.on(day).filter(user__is_demonstration=True, user__is_active=True)
    found = list(held.select_related("organisation", "user"))
    bodies = {a.role: str(a.organisation or "") for a in found}
    offers = [RoleOnOffer(role, bodies[role], str(sight)) for role, sight in SIGHTS.items() if role in bodies]
    second = demonstration_address(Role.SECRETARIAT, 2)
    if any(a.user.email == second for a in found):
        offers.insert(1, RoleOnOffer(Role.SECRETARIAT, "", str(SECOND_OFFICER), 2))
    return offers
