"""The membership of one organisation as the Secretariat looks at it, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.orgs import operations as orgs
from iisg.foundations.orgs.models import Contact, Membership, Organisation
from iisg.governance.membership import operations
from iisg.governance.membership.circles import write_to
from iisg.governance.membership.forms.members import (
    AddressForm,
    CorrectForm,
    EndForm,
    EndLeadForm,
    FactsForm,
    LeadForm,
    ResumeForm,
    SuspendForm,
)
from iisg.governance.membership.history import happenings
from iisg.governance.membership.models import Case
from iisg.office.pillars import operations as pillars
from iisg.office.pillars.models import FocalPoint, FocalPointRequest, Participation, Pillar

Said = dict[str, Any]


@dataclass(slots=True)
class Deed:
    """One thing that can be done on the page: its heading, what it brings with it, its form, its verb."""

    slug: str
    title: str | Promise
    brings: str | Promise
    form: forms.Form
    do: Callable[[Said, Actor, datetime], object]
    done: str | Promise
    is_grave: bool = False


def standing_membership(organisation: Organisation) -> Membership | None:
    """The membership without an end, else the newest."""
    found = organisation.memberships.prefetch_related("suspensions").order_by("valid_to", "-pk")
    ordered = sorted(found, key=lambda each: (each.valid_to is not None, -each.pk))
    return ordered[0] if ordered else None


def deeds_on(
    organisation: Organisation, membership: Membership | None, day: date, said: QueryDict
) -> list[Deed]:
    """What can be done now, each with its form; the one that was sent is bound."""

    def data(slug: str) -> QueryDict | None:
        return said if said.get("deed") == slug else None

    found = [] if membership is None else _on_membership(membership, day, data)
    right = [] if membership is None else [_corrected(membership, data)]
    return [*found, *_on_body(organisation, day, data), *right]


def _corrected(membership: Membership, data: Callable[[str], QueryDict | None]) -> Deed:
    return Deed(
        "correct",
        _("Put right what was entered wrongly"),
        _(
            "Ground, days and basis as they are right: the register of every day shows them so. The record keeps what "
            "stood. What changes from a day on is another thing: suspend, end or rename it instead."
        ),
        CorrectForm(data("correct"), membership=membership),
        lambda s, by, at: operations.correct_member(membership, by=by, at=at, **s),
        _("The correction is on record."),
    )


def _on_membership(membership: Membership, day: date, data: Callable[[str], QueryDict | None]) -> list[Deed]:
    if membership.valid_to is not None:
        return []
    told = _told(membership.organisation, day)
    rests = any(pause.valid_to is None for pause in membership.suspensions.all())
    resume = Deed(
        "resume",
        _("Let the membership hold again"),
        told,
        ResumeForm(data("resume"), initial={"day": day}),
        lambda s, by, at: operations.resume_member(membership, s["day"], by=by, at=at),
        _("The membership holds again."),
    )
    suspend = Deed(
        "suspend",
        _("Suspend the membership"),
        " ".join((_rest_in_words(), told)),
        SuspendForm(data("suspend"), initial={"day": day}),
        lambda s, by, at: operations.suspend_member(membership, s["day"], s["reason"], by=by, at=at),
        _("The membership is suspended."),
    )
    end = Deed(
        "end",
        _("End the membership"),
        " ".join((_end_in_words(), told)),
        EndForm(data("end"), initial={"day": day}),
        lambda s, by, at: operations.end_member(membership, s["day"], s["reason"], by=by, at=at),
        _("The end of the membership is on record."),
        is_grave=True,
    )
    return [resume if rests else suspend, end]


def _rest_in_words() -> str:
    rests = _("It rests from that day until it is resumed.")
    if settings.SUSPENDED_MEMBERS_KEEP_ACCESS:
        return str(rests)
    return f"{rests} {_('So long its focal points have no access, but stay named.')}"


def _end_in_words() -> str:
    return str(
        _(
            "From that day it is no member. On that day its focal points leave office and lose their access, its "
            "seats in the pillars and its terms as core lead partner end, and an open request for focal points is "
            "closed."
        )
    )


def _told(organisation: Organisation, day: date) -> str:
    """To whom the letter goes, or that none goes out."""
    people = write_to(organisation, day)
    if not people:
        return str(
            _("No address of it is on record, so no letter goes out: enter one first if it is to be told.")
        )
    names = ", ".join(f"{person.name} ({person.email or _('by post')})" for person in people)
    return str(_("A letter with it goes to %(names)s.")) % {"names": names}


def _on_body(organisation: Organisation, day: date, data: Callable[[str], QueryDict | None]) -> list[Deed]:
    facts = Deed(
        "facts",
        _("Another name or kind"),
        _("From that day on; whoever reads the register of an earlier day sees the former name and kind."),
        FactsForm(data("facts"), organisation=organisation, initial={"changed_on": day}),
        lambda s, by, at: orgs.change_facts(organisation, by=by, at=at, **s),
        _("The change is on record."),
    )
    address = Deed(
        "address",
        _("Address for correspondence"),
        _(
            "Letters go there from that day on, unless a focal point for official correspondence is in office."
        ),
        AddressForm(data("address"), initial={"valid_from": day}),
        lambda s, by, at: orgs.set_contact(organisation, s.pop("valid_from"), by=by, at=at, **s),
        _("Letters go there from that day on."),
    )
    lead = Deed(
        "lead",
        _("Core lead partner of a pillar: begin a term"),
        _(
            "A core lead partner is a member that steers a pillar with the Secretariat for a term (methodology 2.2). "
            "It is an office and no ground of membership; former lead partners are something else."
        ),
        LeadForm(data("lead"), initial={"valid_from": day}),
        lambda s, by, at: pillars.begin_lead(
            organisation, Pillar.objects.get(pk=s["pillar"]), s["valid_from"], s["basis"], by=by, at=at
        ),
        _("The term as core lead partner is on record."),
    )
    end_lead = Deed(
        "endlead",
        _("Core lead partner of a pillar: end a term"),
        _("The membership stays as it is."),
        EndLeadForm(data("endlead"), organisation=organisation, initial={"ended_on": day}),
        lambda s, by, at: pillars.end_lead(s["lead"], s["ended_on"], by=by, at=at),
        _("The end of the term is on record."),
    )
    leads = organisation.leads.filter(valid_to__isnull=True).exists()
    return [facts, address, lead, *([end_lead] if leads else [])]


def portrait(organisation: Organisation, membership: Membership | None, day: date) -> Said:
    """What the page shows: membership over time, names over time, addresses, seats, focal points, leads, cases."""
    return {
        "membership": membership,
        "memberships": list(organisation.memberships.prefetch_related("suspensions").order_by("-pk")),
        "is_member": membership is not None and membership.in_force(day),
        "rests": membership.suspensions.on(day).first() if membership is not None else None,
        "former_facts": list(organisation.former_facts.order_by("-valid_to")),
        "contacts": list(
            Contact.objects.filter(organisation=organisation).order_by("-valid_from", "-pk")[:5]
        ),
        "leads": list(organisation.leads.select_related("pillar").order_by("-valid_from")),
        "seats": list(
            Participation.objects.on(day).filter(organisation=organisation).select_related("pillar")
        ),
        "points": list(FocalPoint.objects.on(day).filter(organisation=organisation)),
        "asked": FocalPointRequest.objects.open().filter(organisation=organisation).first(),
        "cases": list(
            Case.objects.filter(organisation=organisation).select_related("predecessor").order_by("-pk")
        ),
        "happened": happenings([f"orgs.organisation:{organisation.ref}"]),
    }
