"""Official invitations, one or many: who would get which letter, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.core.findings import Finding
from iisg.foundations.orgs.models import Membership
from iisg.governance.membership import operations
from iisg.governance.membership.forms.prospects import InvitingForm
from iisg.governance.membership.models import Case, Prospect, ProspectContact
from iisg.governance.membership.rules import may_open
from iisg.governance.membership.rules.prospects import may_invite
from iisg.governance.membership.rules.routes import error
from iisg.office.letters.decided import wording_of
from iisg.office.letters.kinds import filled
from iisg.office.letters.labels import labels_in
from iisg.office.letters.models import Letter

KIND = "membership-invitation"


@dataclass(slots=True)
class Invited:
    """One possible partner on the page: to whom the letter goes, or why it does not; afterwards case and letter."""

    prospect: Prospect
    contact: ProspectContact | None
    findings: list[Finding] = field(default_factory=list)
    case: Case | None = None
    letter: Letter | None = None


@dataclass(slots=True)
class Preview:
    """The letter as the first of them reads it in its language; `others` get the same text in the same language."""

    to: str
    subject: str
    body: str
    language: str
    checked: bool
    others: int = 0


def looked_at(prospects: Iterable[Prospect], form: InvitingForm, due_on: date, today: date) -> list[Invited]:
    """Each with its contact and with what refuses its invitation."""
    prospects = list(prospects)
    bodies = {prospect.organisation_id for prospect in prospects if prospect.organisation_id}
    busy = set(Case.objects.open().filter(organisation__in=bodies).values_list("organisation_id", flat=True))
    busy |= set(
        Membership.objects.on(today).filter(organisation__in=bodies).values_list("organisation_id", flat=True)
    )
    found = []
    for prospect in prospects:
        one = Invited(prospect, form.contact_of(prospect))
        if one.contact is None:
            what = _("There is nobody to write to.")
            one.findings = [error("no-contact", what, _("Add a person or an office with an address."))]
        else:
            one.findings = [*may_invite(prospect, one.contact, due_on, today)]
            if prospect.organisation is not None and prospect.organisation_id in busy:
                one.findings += may_open(prospect.organisation, today)
        found.append(one)
    return found


def previews(invited: Iterable[Invited], due_on: date) -> list[Preview]:
    """What the first one in each language would read, and for how many more the text is the same."""
    ready = [(one, one.contact) for one in invited if one.contact is not None and not one.findings]
    wordings = {tongue: wording_of(KIND, tongue) for tongue in sorted({c.language for _one, c in ready})}
    found: dict[str, Preview] = {}
    for one, contact in ready:
        worded = wordings[contact.language]
        known = found.get(worded.language)
        if known is not None:
            known.others += 1
            continue
        facts: dict[str, Any] = {
            "organisation": one.prospect.name,
            "due_on": due_on,
            "link": _("[its own link to the form]"),
            "salutation": contact.salutation or labels_in(worded.language).salutation,
            "recipient": contact.name,
        }
        subject, body = (filled(text, facts, worded.language) for text in (worded.subject, worded.body))
        found[worded.language] = Preview(contact.name, subject, body, worded.language, worded.checked)
    return list(found.values())


def send(invited: Iterable[Invited], due_on: date, *, by: Actor, at: datetime) -> list[Invited]:
    """Invite each by itself: what is refused blocks no other."""
    done = []
    for one in invited:
        if one.contact is not None and not one.findings:
            try:
                one.case = operations.invite(one.prospect, one.contact, due_on, by=by, at=at)
                one.letter = Letter.objects.about(one.case).filter(kind=KIND).first()
            except RuleRefused as refused:
                one.findings = list(refused.findings)
        done.append(one)
    return done
