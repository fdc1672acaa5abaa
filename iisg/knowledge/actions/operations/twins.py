"""Likely twins of an import: what looks like a recorded action, and what a person says of it before it is applied."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.knowledge.actions import rules
from iisg.knowledge.actions.models import Import


@transaction.atomic
def note_twins(imported: Import, twins: list[Any], *, by: Actor, at: datetime) -> Import:
    """Keep which new records of an examined file look like recorded ones; what was decided of them before stays.

    Each is {key, title, near: [{ref, title, score, evidence, facts}]}; `key` is the record's reference in the file.
    """
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    require(by, Can.IMPORT_ANY_RECORDS)
    imported.twins, imported.twins_sought_at = twins, at
    imported.save(update_fields=["twins", "twins_sought_at"])
    record("imports.twins_sought", by=by, on=imported, at=at, found=len(twins))
    return imported


@transaction.atomic
def decide_twins(imported: Import, decisions: Mapping[str, str], *, by: Actor, at: datetime) -> Import:
    """Say of new records that each is another report of a recorded action (its reference), or of none ("")."""
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    require(by, Can.IMPORT_OWN_RECORDS, rules.may_decide_twins(by, imported, decisions))
    imported.twin_decisions = {**imported.twin_decisions, **decisions}
    imported.save(update_fields=["twin_decisions"])
    record("imports.twins_decided", by=by, on=imported, at=at, means=dict(decisions))
    return imported
