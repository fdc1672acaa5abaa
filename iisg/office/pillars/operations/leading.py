"""Core lead partners: a member steers a pillar for a term (methodology 2.2; S17)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.foundations.orgs.models import Organisation
from iisg.office.pillars import rules
from iisg.office.pillars.models import LeadPartner, Pillar


@transaction.atomic
def begin_lead(
    organisation: Organisation, pillar: Pillar, valid_from: date, basis: str, *, by: Actor, at: datetime
) -> LeadPartner:
    """A member becomes core lead partner of a pillar from a day on."""
    require(by, Can.WRITE_ORGANISATIONS, rules.may_lead(organisation, pillar, valid_from, basis))
    lead = LeadPartner.objects.create(
        organisation=organisation, pillar=pillar, valid_from=valid_from, basis=basis.strip()[:300]
    )
    record("pillars.lead_begun", by=by, on=organisation, at=at, pillar=pillar.pk, valid_from=valid_from)
    return lead


@transaction.atomic
def end_lead(lead: LeadPartner, ended_on: date, *, by: Actor, at: datetime) -> LeadPartner:
    """Its term ends on a day."""
    lead = LeadPartner.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=lead.pk)
    require(by, Can.WRITE_ORGANISATIONS, rules.may_end_term(lead, ended_on))
    lead.valid_to = ended_on
    lead.save(update_fields=["valid_to"])
    record("pillars.lead_ended", by=by, on=lead.organisation, at=at, pillar=lead.pillar_id, ended_on=ended_on)
    return lead


@transaction.atomic
def end_leads_of(organisation: Organisation, day: date, *, by: Actor, at: datetime) -> int:
    """A membership ends: from that day on it leads no pillar, whatever terms were to last or to begin."""
    require(by, Can.WRITE_ORGANISATIONS)
    beyond = LeadPartner.objects.select_for_update().filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
    leads = list(beyond.filter(organisation=organisation))
    for lead in leads:
        record("pillars.lead_ended", by=by, on=organisation, at=at, pillar=lead.pillar_id, ended_on=day)
        if lead.valid_from >= day:
            lead.delete()
        else:
            lead.valid_to = day
            lead.save(update_fields=["valid_to"])
    return len(leads)
