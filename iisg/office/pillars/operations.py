"""Verbs on who takes part in a pillar."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.foundations.orgs.models import Organisation
from iisg.foundations.orgs.signals import organisations_changed
from iisg.office.pillars.models import Participation, Pillar


@transaction.atomic
def seat_participant(
    organisation: Organisation, pillar: Pillar, *, by: Actor, at: datetime, source_url: str = ""
) -> Participation:
    """Give a member its seat in a pillar's formation (methodology 1); an open seat is kept, never doubled."""
    require(by, Can.WRITE_ORGANISATIONS)
    seat, new = Participation.objects.get_or_create(
        organisation=organisation, pillar=pillar, valid_to=None, defaults={"source_url": source_url}
    )
    if new:
        record("pillars.participant_seated", by=by, on=organisation, at=at, pillar=pillar.pk)
        organisations_changed.send(sender=Organisation, keys={organisation.pk}, renamed=False)
    return seat
