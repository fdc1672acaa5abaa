"""Whom the house writes to: a member's correspondence, the Board, all members, the Secretariat."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.models import Appointment
from iisg.foundations.orgs.models import Organisation
from iisg.governance.membership.models import Application, Case, ProspectContact
from iisg.office.letters.addressing import (
    Addressee,
    Circle,
    Occasion,
    make_circles_known,
    make_occasions_known,
    without_doubles,
)
from iisg.office.pillars.correspondence import correspondents


def write_to(organisation: Organisation, day: date, form: Application | None = None) -> list[Addressee]:
    """Where letters to a body go: its focal point for correspondence, else its address, else its application."""
    found = correspondents(organisation, day)
    if not found and form is not None and not form.email.endswith("@erased.invalid"):
        found = [_applicant(form, organisation.pk)]
    return without_doubles(found)


def addressee(form: Application) -> Addressee:
    """Whoever the house writes to about an application."""
    return _applicant(form, form.case.organisation_id if form.case else None)


def _applicant(form: Application, key: int | None) -> Addressee:
    """Greeted as in its invitation where it is the same name at the same address, in the invitation's language."""
    invited = ProspectContact.objects.filter(prospect__case=form.case_id, prospect__case__isnull=False)
    known = list(invited.filter(email__iexact=form.email) if form.email else invited)
    same = next((each for each in known if each.name == form.contact_name and each.salutation), None)
    return Addressee(
        form.contact_name or form.name,
        form.email,
        same.salutation if same else "",
        form.postal,
        key,
        known[0].language if known else "",
    )


def _day_of(subject: models.Model) -> date:
    """The day on which a circle is looked up: that of the case's last deed, else of its opening."""
    moment = (
        (subject.closed_at or subject.expressed_at or subject.opened_at)
        if isinstance(subject, Case)
        else None
    )
    return timezone.localtime(moment).date() if moment else date.max


def _holding(roles: tuple[str, ...], day: date) -> list[Addressee]:
    held = Appointment.objects.on(day).filter(role__in=roles, user__is_active=True)
    return [
        Addressee(str(each.user), each.user.email, organisation_key=each.organisation_id)
        for each in held.select_related("user")
        if not each.user.is_demonstration
    ]


def _board(subject: models.Model) -> list[Addressee]:
    return _holding((Role.BOARD_MEMBER, Role.ALTERNATE), _day_of(subject))


def _observers(subject: models.Model) -> list[Addressee]:
    return _holding((Role.OBSERVER,), _day_of(subject))


def _members(subject: models.Model) -> list[Addressee]:
    """The correspondence of every member of the day but the one that it is about."""
    day = _day_of(subject)
    own = subject.organisation_id if isinstance(subject, Case) else 0
    bodies = Organisation.objects.members_on(day).exclude(pk=own).order_by("name")
    return without_doubles([person for body in bodies for person in write_to(body, day)])


def _secretariat(subject: models.Model) -> list[Addressee]:
    return [Addressee(settings.OFFICE_NAME, settings.DEFAULT_FROM_EMAIL)]


make_circles_known(
    Circle("board", _("Board Members and their alternates"), _board),
    Circle("observers", _("Observers to the Board"), _observers),
    Circle("members", _("All members, by their correspondence"), _members),
    Circle("secretariat", _("The Secretariat's own mailbox"), _secretariat),
)
make_occasions_known(
    Occasion(
        "membership-interest",
        _("Interest in membership is expressed"),
        "membership-interest",
        ("secretariat", "board"),
        ("secretariat",),
    ),
    Occasion(
        "membership-notice-to-board",
        _("An agency notifies, or an automatic member is confirmed"),
        "membership-notice-to-board",
        ("board", "observers", "secretariat"),
        ("board",),
    ),
    Occasion(
        "membership-new-member",
        _("A member is admitted"),
        "membership-new-member",
        ("board", "observers", "members", "secretariat"),
        ("board", "members"),
    ),
)
