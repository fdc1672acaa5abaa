"""Writing events and checking the chain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.audit.models import Event, Head
from iisg.foundations.audit.sealing import new_seed
from iisg.foundations.audit.walking import walked


def record(name: str, /, *, by: Actor, on: models.Model | str, at: datetime, **facts: Any) -> Event:
    """Seal one event ("needs.need_recorded") about `on`; must be called inside the deed's transaction."""
    return record_each(name, [(on, facts)], by=by, at=at)[0]


def record_each(
    name: str, told: Iterable[tuple[models.Model | str, Mapping[str, Any]]], /, *, by: Actor, at: datetime
) -> list[Event]:
    """Seal one event of this name about each (subject, facts), in their order, in a constant number of queries.

    The same chain and tree as one `record` after the other would make; must be called inside the deed's transaction.
    `by` and each fact enter the log as salted commitments (sealing.py).
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An event is recorded inside the transaction of its deed.")
    head, _ = Head.objects.select_for_update().get_or_create(pk=1)
    events, frontier, label, at = [], head.frontier(), by.label, at.astimezone(UTC)
    for on, facts in told:
        event = Event(
            number=head.number + 1,
            name=name,
            by=label,
            on=on if isinstance(on, str) else f"{on._meta.label_lower}:{getattr(on, 'ref', None) or on.pk}",
            at=at,
            facts={key: _plain(value) for key, value in facts.items()},
            seed=new_seed(),
        )
        event.seal(head.digest)
        frontier.append(bytes.fromhex(event.leaf))
        head.number, head.digest = event.number, event.digest
        events.append(event)
    Event.objects.bulk_create(events)
    head.peaks = [peak.hex() for peak in frontier.peaks]
    head.save(update_fields=["number", "digest", "peaks"])
    return events


def first_broken() -> int | None:
    """Number of the first event whose seal or link does not hold; None where the whole log is sound."""
    return walked().broken


def _plain(value: Any) -> Any:
    """What JSON can hold: numbers, text, lists and dictionaries; everything else in its text form."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        inner = [_plain(item) for item in value]
        return sorted(inner, key=str) if isinstance(value, set | frozenset) else inner
    return str(value)
