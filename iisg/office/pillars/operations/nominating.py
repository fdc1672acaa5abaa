"""Focal points: named by the member, replaced, ended; a nomination opens the account (S15, S18)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import HOUSE, Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can, Role
from iisg.foundations.accounts.first_sign_in import first_sign_in_link
from iisg.foundations.accounts.models import Appointment
from iisg.foundations.accounts.operations import appoint, end_appointment
from iisg.foundations.audit.trail import record
from iisg.foundations.orgs.models import Organisation
from iisg.office.letters.addressing import Addressee
from iisg.office.letters.operations import issue_letter, register_letter
from iisg.office.pillars import rules
from iisg.office.pillars.models import CORRESPONDENCE, FocalPoint, FocalPointRequest
from iisg.office.pillars.nominees import Nominee
from iisg.office.pillars.wordings import purpose_said

BY_LINK = "by its own link"


@transaction.atomic
def answer_request(
    asked: FocalPointRequest, named: Sequence[Nominee], *, by: Actor, at: datetime
) -> list[FocalPoint]:
    """A member answers by its link, in full or in part; terms begin today, or when its membership does.

    `by` speaks for that member. What is answered cannot be answered again: it takes the Secretariat to change it.
    """
    asked = _locked(asked)
    today = timezone.localtime(at).date()
    require(by, Can.NOMINATE, rules.may_answer(asked, named, by, today))
    day = rules.first_day(asked.organisation, today) or today
    number = asked.letter.number if asked.letter else None
    basis = f"{BY_LINK} ({number})" if number else BY_LINK
    return nominate_focal_points(asked.organisation, named, basis, day, by=by, at=at, request=asked)


@transaction.atomic
def nominate_focal_points(
    organisation: Organisation,
    named: Sequence[Nominee],
    basis: str,
    valid_from: date,
    *,
    by: Actor,
    at: datetime,
    request: FocalPointRequest | None = None,
) -> list[FocalPoint]:
    """Enter whom a member has named: who held the place before ends on that day, each person gets an account.

    `basis` says how it was named: by its link, or the number of its letter. Answers the member's open request where
    all that it asked for is named.
    """
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    request = request or FocalPointRequest.objects.open().filter(organisation=organisation).first()
    request = _locked(request) if request is not None else None
    today = timezone.localtime(at).date()
    findings = rules.may_nominate(organisation, named, basis, request, valid_from, today)
    require(by, Can.NOMINATE, findings)
    points = []
    for nominee in named:
        _make_room(organisation, nominee, valid_from, by=by, at=at)
        points.append(_enter(organisation, nominee, basis, valid_from, request, at=at))
    record(
        "pillars.focal_points_named",
        by=by,
        on=organisation,
        at=at,
        purposes=[nominee.purpose for nominee in named],
        valid_from=valid_from,
        basis=basis,
    )
    if request is not None and not rules.still_asked(request, today):
        request.answered_at, request.suggested = at, {}
        request.save(update_fields=["answered_at", "suggested"])
        record("pillars.request_answered", by=by, on=organisation, at=at, request=request.pk)
    return points


@transaction.atomic
def nominate_by_letter(
    organisation: Organisation,
    named: Sequence[Nominee],
    files: tuple[tuple[str, bytes], ...],
    received_on: date,
    valid_from: date,
    *,
    by: Actor,
    at: datetime,
) -> list[FocalPoint]:
    """Enter a member's letter, (name, bytes) of each file, in the register, and whom it names with it as the basis.

    The letter answers the one in which the member was asked, where that is open.
    """
    asked = (
        FocalPointRequest.objects.open().filter(organisation=organisation).select_related("letter").first()
    )
    letter = register_letter(
        _("Focal points of %(member)s") % {"member": organisation.name},
        organisation.name,
        received_on,
        by=by,
        at=at,
        organisation=organisation,
        about=organisation,
        in_reply_to=asked.letter if asked else None,
        summary=", ".join(nominee.name for nominee in named),
        files=files,
    )
    return nominate_focal_points(organisation, named, str(letter.number), valid_from, by=by, at=at)


@transaction.atomic
def end_focal_point(point: FocalPoint, ended_on: date, *, by: Actor, at: datetime) -> FocalPoint:
    """A focal point leaves office on a day; the account loses the powers that came with it on that day.

    Ended on its first day the term never was: somebody was named by mistake, and is taken out.
    """
    point = FocalPoint.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=point.pk)
    require(by, Can.NOMINATE, rules.may_end(point, ended_on))
    key, member = point.pk, point.organisation
    _end(point, ended_on, at=at)
    record("pillars.focal_point_ended", by=by, on=member, at=at, point=key, ended_on=ended_on)
    return point


@transaction.atomic
def end_focal_points_of(organisation: Organisation, day: date, *, by: Actor, at: datetime) -> int:
    """A membership ends: from that day on nobody speaks for the member, whatever terms were to last or to begin."""
    require(by, Can.NOMINATE)
    points = list(_in_office_after(day).filter(organisation=organisation))
    for point in points:
        _end(point, day, at=at)
    record("pillars.focal_points_ended", by=by, on=organisation, at=at, points=len(points), ended_on=day)
    return len(points)


def _enter(
    organisation: Organisation,
    nominee: Nominee,
    basis: str,
    valid_from: date,
    request: FocalPointRequest | None,
    *,
    at: datetime,
) -> FocalPoint:
    """The focal point with its office and, for a new person, the letter with the link to sign in.

    Where the membership has its last day already, the term has the same.
    """
    pillar = "" if nominee.purpose == CORRESPONDENCE else nominee.purpose
    appointment = appoint(
        nominee.email,
        nominee.name,
        Role.FOCAL_POINT,
        organisation,
        by=HOUSE,
        at=at,
        valid_from=valid_from,
        pillar=pillar,
    )
    membership = organisation.memberships.on(valid_from).first()
    point = FocalPoint.objects.create(
        organisation=organisation,
        purpose=nominee.purpose,
        name=nominee.name.strip(),
        email=nominee.email.strip().lower(),
        office=nominee.office.strip(),
        phone=nominee.phone.strip(),
        is_deputy=nominee.is_deputy,
        valid_from=valid_from,
        valid_to=membership.valid_to if membership else None,
        basis=basis.strip()[:300],
        request=request,
        appointment=appointment,
    )
    _settle(appointment, valid_from, at=at)
    _welcome(point, appointment, at=at)
    return point


def _welcome(point: FocalPoint, appointment: Appointment, *, at: datetime) -> None:
    """Tell a person of the office; whoever has never signed in gets the link to do so."""
    user = appointment.user
    if user.last_login is not None:
        kind, link = "focal-point-named", settings.HOUSE_ADDRESS
    else:
        kind, link = "focal-point-welcome", first_sign_in_link(user)
    facts = {"organisation": point.organisation.name, "purpose": purpose_said(point.purpose), "link": link}
    asked = point.request.letter if point.request else None
    person = Addressee(
        point.name,
        point.email,
        organisation_key=point.organisation_id,
        language=asked.language if asked else "",
    )
    issue_letter(kind, facts, [person], by=HOUSE, at=at, about=point.organisation)


def _make_room(organisation: Organisation, nominee: Nominee, day: date, *, by: Actor, at: datetime) -> None:
    """Who holds the place, or was to, leaves it on that day; deputies stay beside each other.

    Nobody holds two places for one purpose: what the person held there before ends as well.
    """
    same_person = Q(email=nominee.email.strip().lower())
    wanted = same_person if nominee.is_deputy else same_person | Q(is_deputy=False)
    held = _in_office_after(day).filter(wanted, organisation=organisation, purpose=nominee.purpose)
    for point in held:
        key = point.pk
        _end(point, day, at=at)
        record("pillars.focal_point_replaced", by=by, on=organisation, at=at, point=key, ended_on=day)


def _in_office_after(day: date) -> models.QuerySet[FocalPoint]:
    """Terms that last beyond a day, or begin later, locked."""
    points = FocalPoint.objects.select_for_update(of=("self",)).select_related("appointment")
    return points.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def _end(point: FocalPoint, day: date, *, at: datetime) -> None:
    """End the term, and with it the office, unless another place of the same person rests on it."""
    appointment = point.appointment
    if point.valid_from >= day:
        point.delete()
    else:
        point.valid_to = day
        point.save(update_fields=["valid_to"])
    if appointment is not None:
        _settle(appointment, day, at=at)


def _settle(appointment: Appointment, day: date, *, at: datetime) -> None:
    """Let an office last exactly as long as the terms that rest on it; without any it ends on `day`."""
    ends = list(appointment.focal_points.values_list("valid_to", flat=True))
    known = [end for end in ends if end is not None]
    if len(known) < len(ends):
        return
    last = max(known, default=day)
    if last != appointment.valid_to:
        end_appointment(appointment, last, by=HOUSE, at=at)


def _locked(asked: FocalPointRequest) -> FocalPointRequest:
    found = FocalPointRequest.objects.select_for_update(of=("self",))
    return found.select_related("organisation", "letter").get(pk=asked.pk)
