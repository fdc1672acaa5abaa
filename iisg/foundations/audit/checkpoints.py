"""Signed checkpoints of the log, made in the transaction of the deed that they are to prove."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.audit.keys import known_keys, signing_key
from iisg.foundations.audit.models import Checkpoint, Head, LogKey
from iisg.foundations.audit.notes import SigningKey, checkpoint_text, sign
from iisg.foundations.audit.trail import record

LOG = "audit.log"
"""What events about the log itself are about."""


def checkpoint(*, by: Actor, at: datetime) -> Checkpoint:
    """Sign the log as it stands now, in the deed's transaction, after its last event.

    It is part of the deed, as `record` is, and asks for no power of its own. It adds one event of its own, which says
    by which key; where nothing was recorded since the newest checkpoint, that one is returned.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A checkpoint is made inside the transaction of the deed that it proves.")
    head, _ = Head.objects.select_for_update().get_or_create(pk=1)
    newest = Checkpoint.objects.order_by("size").last()
    key = signing_key()
    if newest is not None and newest.size == head.number and key.public in known_keys():
        return newest
    return signed_by(key, by=by, at=at)


def signed_by(*keys: SigningKey, by: Actor, at: datetime) -> Checkpoint:
    """A checkpoint with a signature of each key; a key that is not yet known is kept from now on."""
    written = [str(key.public) for key in keys]
    known = set(LogKey.objects.filter(written__in=written).values_list("written", flat=True))
    LogKey.objects.bulk_create([LogKey(written=each, since=at) for each in written if each not in known])
    record("audit.checkpoint_made", by=by, on=LOG, at=at, keys=written)
    head = Head.objects.get(pk=1)
    root = head.frontier().root()
    note = sign(checkpoint_text(keys[0].name, head.number, root), *keys)
    return Checkpoint.objects.create(size=head.number, root=root.hex(), note=note, at=at)
