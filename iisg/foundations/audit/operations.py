"""Verbs on the log itself: forget a value, change the key that signs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit import keys, rules
from iisg.foundations.audit.checkpoints import LOG, signed_by
from iisg.foundations.audit.models import Checkpoint, Event, Remainder
from iisg.foundations.audit.sealing import BY, FACT
from iisg.foundations.audit.trail import record, record_each


@transaction.atomic
def forget(events: Iterable[Event], names: Collection[str], *, by: Actor, at: datetime) -> None:
    """Erase sealed values (`by`, `facts.reason`) and their salts for good; every proof made before and after holds."""
    numbers = [event.number for event in events]
    found = list(Event.objects.select_for_update().filter(number__in=numbers).order_by("number"))
    require(by, Can.MANAGE_PEOPLE, rules.may_forget(found, names))
    for event in found:
        left = _remainder(event)
        for name in names:
            left.salts.pop(name, None)
            if name == BY:
                event.by = ""
            else:
                event.facts[name.removeprefix(FACT)] = None
        event.seed = ""
        event.save(update_fields=["by", "facts", "seed"])
        left.save(update_fields=["salts"] if left.pk else None)
    told = [(f"audit.event:{event.number}", {"names": sorted(names)}) for event in found]
    record_each("audit.values_forgotten", told, by=by, at=at)


def _remainder(event: Event) -> Remainder:
    """The seals of an event apart from its seed, which goes."""
    if not event.seed:
        return event.remainder
    return Remainder(number=event.number, sealed=event.commitments(), salts=event.salts())


@transaction.atomic
def change_key(*, by: Actor, at: datetime) -> Checkpoint:
    """A new key signs from now on; the checkpoint of the change carries both signatures, so whoever trusts the old
    key has the old key's word for the new one."""
    require(by, Can.MANAGE_PEOPLE, rules.may_change_key())
    old, new = keys.signing_key(), keys.new_key()
    record("audit.key_changed", by=by, on=LOG, at=at, before=str(old.public), after=str(new.public))
    made = signed_by(new, old, by=by, at=at)
    ready = keys.lay_ready(new)
    transaction.on_commit(lambda: keys.put_in_use(ready))
    return made
