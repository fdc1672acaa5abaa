"""Official invitations: sent with a link of their own, reminded of, lapsing (methodology 2.1, first indent; S11)."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import HOUSE, Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.foundations.core.folding import fold
from iisg.foundations.orgs.matching import folded_name
from iisg.foundations.orgs.models import Alias, Ground, Organisation
from iisg.foundations.orgs.operations import enter_organisation
from iisg.governance.membership import rules
from iisg.governance.membership.links import form_link
from iisg.governance.membership.models import (
    Application,
    Case,
    CaseState,
    Prospect,
    ProspectContact,
    ProspectState,
    Route,
)
from iisg.governance.membership.operations.opening import _locked, _move, _open_case
from iisg.governance.membership.reminders import due_reminders
from iisg.governance.membership.rules.prospects import may_invite, may_lapse
from iisg.office.letters.addressing import Addressee
from iisg.office.letters.operations import issue_letter


@transaction.atomic
def invite(
    prospect: Prospect, contact: ProspectContact, answer_due_on: date, *, by: Actor, at: datetime
) -> Case:
    """Open a case and send the official invitation, a numbered letter with a link to the form, prefilled.

    A body that the register does not know is entered unconfirmed, so that the public register does not tell whom the
    Secretariat has invited; it is confirmed when it is admitted.
    """
    prospect = Prospect.objects.select_for_update().get(pk=prospect.pk)
    today = timezone.localtime(at).date()
    organisation = prospect.organisation or _known_as(prospect.name)
    findings = [*may_invite(prospect, contact, answer_due_on, today)]
    if organisation is not None:
        findings += rules.may_open(organisation, today)
    require(by, Can.WRITE_CASES, findings)
    if organisation is None:
        organisation = enter_organisation(
            _free_ref(prospect.name),
            by=by,
            at=at,
            name=prospect.name,
            kind=prospect.kind,
            country=prospect.country,
            confirmed=False,
        )
    case = _open_case(
        organisation,
        Route.INVITATION,
        CaseState.INVITED,
        Ground.BOARD_APPROVAL,
        at=at,
        answer_due_on=answer_due_on,
    )
    prospect.flow.make(prospect, "invite")
    prospect.organisation, prospect.case = organisation, case
    prospect.save()
    form = Application.objects.create(
        case=case,
        nonce=secrets.token_hex(16),
        email=contact.email,
        begun_at=at,
        touched_at=at,
        name=organisation.name,
        kind=organisation.kind,
        country=organisation.country,
        contact_name=contact.name,
        postal=contact.postal,
    )
    _write("membership-invitation", case, form, contact, at=at)
    record("membership.invitation_sent", by=by, on=case, at=at, route=case.route, due_on=answer_due_on)
    return case


@transaction.atomic
def remind_invited(case: Case, *, by: Actor, at: datetime) -> Case:
    """Remind of an invitation that has not been answered; every reminder that was due counts as sent with this one."""
    case = _locked(case)
    require(by, Can.WRITE_CASES, rules.may_move(case, "express"))
    return _remind(case, by=by, at=at)


@transaction.atomic
def remind_when_due(case: Case, *, by: Actor, at: datetime) -> Case:
    """The same where a reminder is due and not sent: two clocks that strike at once send one."""
    case = _locked(case)
    findings = [*rules.may_move(case, "express")]
    if not due_reminders(case, timezone.localtime(at).date()):
        findings.append(rules.error("not-due", _("No reminder is due.")))
    require(by, Can.WRITE_CASES, findings)
    return _remind(case, by=by, at=at)


def _remind(case: Case, *, by: Actor, at: datetime) -> Case:
    today = timezone.localtime(at).date()
    case.reminded_before = sorted({*case.reminded_before, *due_reminders(case, today)}, reverse=True)
    case.save(update_fields=["reminded_before"])
    for prospect in case.prospects.all():
        contact = prospect.contacts.exclude(email="").first() or prospect.contacts.first()
        if contact is not None:
            _write("membership-reminder", case, case.application, contact, at=at)
    record("membership.invited_reminded", by=by, on=case, at=at, before=case.reminded_before)
    return case


@transaction.atomic
def lapse_invitation(case: Case, *, by: Actor, at: datetime) -> Case:
    """An invitation whose day has passed without an answer ends; the prospect may be invited again."""
    case = _locked(case)
    require(by, Can.WRITE_CASES, may_lapse(case, timezone.localtime(at).date()))
    for prospect in case.prospects.filter(state=ProspectState.INVITED):
        prospect.flow.make(prospect, "lapse")
        prospect.save(update_fields=["state"])
    _move(case, "lapse", at=at)
    record("membership.invitation_lapsed", by=by, on=case, at=at)
    return case


def _write(kind: str, case: Case, form: Application, contact: ProspectContact, *, at: datetime) -> None:
    facts = {"organisation": case.organisation.name, "link": form_link(form), "due_on": case.answer_due_on}
    person = Addressee(
        contact.name,
        contact.email,
        contact.salutation,
        contact.postal,
        case.organisation_id,
    )
    issue_letter(
        kind,
        facts,
        [person],
        by=HOUSE,
        at=at,
        about=case,
        language=contact.language,
        answer_due_on=case.answer_due_on,
    )


def _known_as(name: str) -> Organisation | None:
    """The body of the register to which a name leads."""
    alias = Alias.objects.filter(folded=folded_name(name)).select_related("organisation").first()
    return alias.organisation if alias else None


def _free_ref(name: str) -> str:
    """A reference that no body has."""
    base = slugify(fold(name))[:60] or "organisation"
    ref, number = base, 1
    while Organisation.objects.filter(ref=ref).exists():
        number += 1
        ref = f"{base}-{number}"
    return ref
