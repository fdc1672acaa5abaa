"""The in-house list of possible partners (methodology 2.1, first indent; S11)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.governance.membership.models import Approach, Prospect, ProspectContact
from iisg.governance.membership.rules.prospects import (
    may_change_prospect,
    may_drop,
    may_enter,
    may_note,
    may_take_up,
)
from iisg.office.pillars.models import Pillar


@transaction.atomic
def enter_prospect(
    name: str, kind: str, *, by: Actor, at: datetime, pillars: Iterable[str] = (), **facts: Any
) -> Prospect:
    """Put a possible partner on the list; `facts` are further fields of Prospect."""
    require(by, Can.WRITE_CASES, may_enter(name, kind))
    prospect = Prospect.objects.create(name=name.strip()[:250], kind=kind, entered_at=at, **facts)
    prospect.pillars.set(Pillar.objects.filter(pk__in=list(pillars)))
    record("membership.prospect_entered", by=by, on=prospect, at=at, name=prospect.name)
    return prospect


@transaction.atomic
def change_prospect(
    prospect: Prospect, *, by: Actor, at: datetime, pillars: Iterable[str] | None = None, **facts: Any
) -> Prospect:
    """Bring the entry in step; nothing changes, nothing is recorded."""
    prospect = _locked(prospect)
    require(by, Can.WRITE_CASES, may_change_prospect(prospect, facts))
    changed = sorted(key for key, value in facts.items() if getattr(prospect, key) != value)
    for key in changed:
        setattr(prospect, key, facts[key])
    if pillars is not None and set(pillars) != set(prospect.pillars.values_list("pk", flat=True)):
        prospect.pillars.set(Pillar.objects.filter(pk__in=list(pillars)))
        changed.append("pillars")
    if changed:
        prospect.save()
        record("membership.prospect_changed", by=by, on=prospect, at=at, changed=changed)
    return prospect


@transaction.atomic
def add_contact(prospect: Prospect, name: str, *, by: Actor, at: datetime, **facts: str) -> ProspectContact:
    """Note a person or office at a prospect to whom an invitation may go."""
    require(by, Can.WRITE_CASES, may_note(name, facts.get("email", "")))
    contact = ProspectContact.objects.create(prospect=prospect, name=name.strip()[:200], **facts)
    record("membership.prospect_contact_added", by=by, on=prospect, at=at, contact=contact.pk)
    return contact


@transaction.atomic
def remove_contact(contact: ProspectContact, *, by: Actor, at: datetime) -> None:
    """Take out a person or office that is not to be written to any more."""
    require(by, Can.WRITE_CASES)
    record("membership.prospect_contact_removed", by=by, on=contact.prospect, at=at, contact=contact.pk)
    contact.delete()


@transaction.atomic
def note_approach(prospect: Prospect, on: date, how: str, what: str, *, by: Actor, at: datetime) -> Approach:
    """Note a contact with a prospect: when, how, what was said."""
    require(by, Can.WRITE_CASES, may_note(what))
    approach = Approach.objects.create(
        prospect=prospect,
        on=on,
        how=how.strip()[:100],
        what=what.strip(),
        noted_at=at,
        noted_by_label=by.label[:200],
    )
    record("membership.prospect_approached", by=by, on=prospect, at=at, approach=approach.pk)
    return approach


@transaction.atomic
def drop_prospect(prospect: Prospect, reason: str, *, by: Actor, at: datetime) -> Prospect:
    """Follow a possible partner up no longer, for a reason."""
    prospect = _locked(prospect)
    require(by, Can.WRITE_CASES, [*may_drop(prospect), *may_note(reason)])
    prospect.flow.make(prospect, "drop")
    prospect.save(update_fields=["state"])
    record("membership.prospect_dropped", by=by, on=prospect, at=at, reason=reason.strip())
    return prospect


@transaction.atomic
def take_up_prospect(prospect: Prospect, *, by: Actor, at: datetime) -> Prospect:
    """Follow a dropped or silent one up again."""
    prospect = _locked(prospect)
    require(by, Can.WRITE_CASES, may_take_up(prospect))
    prospect.flow.make(prospect, "take_up")
    prospect.save(update_fields=["state"])
    record("membership.prospect_taken_up", by=by, on=prospect, at=at)
    return prospect


def _locked(prospect: Prospect) -> Prospect:
    found = Prospect.objects.select_for_update(of=("self",)).select_related("case")
    return found.get(pk=prospect.pk)
