"""Verbs on who takes part in a pillar."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

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


@transaction.atomic
def unseat_participant(seat: Participation, ended_on: date, *, by: Actor, at: datetime) -> Participation:
    """A member leaves a pillar's formation on a day; a seat that had not begun by then never was."""
    require(by, Can.WRITE_ORGANISATIONS)
    if seat.valid_from is not None and seat.valid_from >= ended_on:
        seat.delete()
    else:
        seat.valid_to = ended_on
        seat.save(update_fields=["valid_to"])
    record("pillars.participant_unseated", by=by, on=seat.organisation, at=at, pillar=seat.pillar_id)
    organisations_changed.send(sender=Organisation, keys={seat.organisation_id}, renamed=False)
    return seat


@transaction.atomic
def unseat_from_all(organisation: Organisation, day: date, *, by: Actor, at: datetime) -> int:
    """A membership ends: from that day on it sits in no pillar."""
    require(by, Can.WRITE_ORGANISATIONS)
    beyond = Participation.objects.select_for_update().filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
    seats = list(beyond.filter(organisation=organisation))
    for seat in seats:
        unseat_participant(seat, day, by=by, at=at)
    return len(seats)
