"""Whom a meeting's letters go to: proposed by body, then whoever was invited."""

from __future__ import annotations

from datetime import date

from iisg.foundations.access.roles import PillarCode, Role
from iisg.foundations.accounts.models import Appointment
from iisg.foundations.orgs.models import Organisation
from iisg.governance.meetings.models import Body, Meeting
from iisg.office.letters.addressing import Addressee, without_doubles
from iisg.office.letters.models import Letter, Recipient
from iisg.office.pillars.correspondence import correspondents
from iisg.office.pillars.models import FocalPoint

INVITATION = "meeting-invitation"


def proposed(meeting: Meeting, day: date) -> tuple[list[Addressee], list[Addressee]]:
    """Whom to invite, and whom in copy, as far as the registers know them; the officer changes both."""
    if meeting.body == Body.BOARD:
        return _holding((Role.BOARD_MEMBER, Role.ALTERNATE), day), _holding((Role.OBSERVER,), day)
    if meeting.body == Body.WORKING_GROUP:
        coordinators = _holding((Role.NATIONAL_COORDINATOR,), day)
        bodies = Organisation.objects.partners()
        return without_doubles(
            [*coordinators, *(p for body in bodies for p in correspondents(body, day))]
        ), []
    pillars = [meeting.pillar] if meeting.pillar else list(PillarCode.values)
    points = FocalPoint.objects.on(day).filter(purpose__in=pillars).select_related("organisation")
    found = [
        Addressee(point.name, point.email, organisation_key=point.organisation_id)
        for point in points.order_by("organisation__name", "is_deputy", "pk")
    ]
    return without_doubles(found), []


def _holding(roles: tuple[str, ...], day: date) -> list[Addressee]:
    held = Appointment.objects.on(day).filter(
        role__in=roles, user__is_active=True, user__is_demonstration=False
    )
    return without_doubles(
        [
            Addressee(str(each.user), each.user.email, organisation_key=each.organisation_id)
            for each in held.select_related("user").order_by("organisation__name", "role", "pk")
        ]
    )


def invited(meeting: Meeting) -> tuple[list[Addressee], list[Addressee]]:
    """Those to whom its invitations went, and those in copy."""
    letters = Letter.objects.about(meeting).filter(kind=INVITATION)
    everybody = list(Recipient.objects.filter(letter__in=letters).order_by("pk"))
    direct, copies = (
        [
            Addressee(each.name, each.email, each.salutation, each.postal, each.organisation_id)
            for each in everybody
            if each.is_copy is is_copy
        ]
        for is_copy in (False, True)
    )
    return without_doubles(direct), without_doubles(copies)
