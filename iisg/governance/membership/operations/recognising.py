"""An applicant turns out to be a body that the register knows: its case goes on as that body's."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.foundations.orgs.models import Organisation
from iisg.governance.membership import rules
from iisg.governance.membership.models import CLOSED, Case
from iisg.governance.membership.operations.opening import _locked
from iisg.governance.membership.signals import case_moved
from iisg.office.letters.models import Letter, Recipient


@transaction.atomic
def recognise_applicant(case: Case, known: Organisation, *, by: Actor, at: datetime) -> Case:
    """Let a case, with its letters, prospects and addresses, be the known body's; the form keeps what it says.

    The entry under which it came in stays behind empty, to give way by the register's own verb.
    """
    case = _locked(case)
    known = Organisation.objects.select_for_update(of=("self",)).get(pk=known.pk)
    require(by, Can.WRITE_CASES, rules.may_recognise(case, known, timezone.localtime(at).date()))
    applied = case.organisation
    former = Case.objects.filter(organisation=known, state__in=CLOSED).order_by("-pk").first()
    case.organisation, case.predecessor = known, case.predecessor or former
    case.save(update_fields=["organisation", "predecessor"])
    Recipient.objects.filter(organisation=applied).update(organisation=known)
    Letter.objects.filter(organisation=applied).update(organisation=known)
    case.prospects.filter(organisation=applied).update(organisation=known)
    applied.contacts.update(organisation=known)
    record("membership.applicant_recognised", by=by, on=case, at=at, was=applied.ref, known=known.ref)
    case_moved.send(sender=Case, case=case, at=at)
    return case
