"""Events written before the tree become its leaves; a log that is already broken stops here, unchanged."""

import hashlib
import json

from django.db import migrations

from iisg.foundations.audit.sealing import commitments, leaf_text, link, new_seed, values_of
from iisg.foundations.audit.tree import Frontier, leaf_hash

FIRST = "0" * 64
BATCH = 500


def old_digest(event):
    """The seal as it was: SHA-256 over the canonical JSON of everything in clear."""
    content = {
        "number": event.number,
        "name": event.name,
        "by": event.by,
        "on": event.on,
        "at": event.at.isoformat(),
        "facts": event.facts,
        "previous": event.previous,
    }
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def carry_over(apps, schema_editor):
    """Check the old chain event by event, then seal each anew over commitments."""
    Event, Head = apps.get_model("audit", "Event"), apps.get_model("audit", "Head")
    rows = Event.objects.using(schema_editor.connection.alias)
    head = Head.objects.using(schema_editor.connection.alias).filter(pk=1).first()
    old, new, frontier, waiting = FIRST, FIRST, Frontier(), []

    def write():
        rows.bulk_update(waiting, ["seed", "leaf", "digest"], batch_size=BATCH // 5)
        waiting.clear()

    def stop(number):
        raise RuntimeError(
            f"The record of events is broken at event {number}: it was changed past this house. Nothing was "
            "carried over. Cure: restore the database from a backup in which the record is whole."
        )

    last = 0
    while found := list(rows.filter(number__gt=last).order_by("number")[:BATCH]):
        for event in found:
            if event.number != frontier.size + 1 or event.previous != old or old_digest(event) != event.digest:
                stop(frontier.size + 1)
            old, last = event.digest, event.number
            event.seed = new_seed()
            sealed = commitments(event.seed, values_of(event.by, event.facts))
            text = leaf_text(event.number, event.name, event.on, event.at, sealed)
            event.leaf = leaf_hash(text.encode()).hex()
            event.digest = new = link(new, event.leaf)
            frontier.append(bytes.fromhex(event.leaf))
            waiting.append(event)
        write()
    if (head.number, head.digest) != (frontier.size, old) if head else frontier.size:
        stop(frontier.size + 1)
    if head:
        head.digest, head.peaks = new, [peak.hex() for peak in frontier.peaks]
        head.save(update_fields=["digest", "peaks"])


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_leaves")]

    operations = [migrations.RunPython(carry_over, elidable=True)]
