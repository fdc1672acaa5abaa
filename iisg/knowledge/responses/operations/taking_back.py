"""Taking an applied file back, with what is known here of its records: judged and related ones stay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.knowledge.actions import rules
from iisg.knowledge.actions.models import Action, Back, Import
from iisg.knowledge.actions.operations import take_back_records
from iisg.knowledge.actions.taking_back import CHUNK, undone
from iisg.knowledge.responses.holding import holds, said_by_people
from iisg.knowledge.responses.models import Origin, Relation, RelationState


@transaction.atomic
def take_back_import(imported: Import, reason: str, *, by: Actor, at: datetime) -> Import:
    """Undo what an applied file did, as one deed; proposals that nobody has decided go with the records that go."""
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    require(by, Can.IMPORT_OWN_RECORDS, rules.may_take_back(by, imported, reason))
    found = list(undone(imported, holds, to_change=True))
    gone = [e.record.pk for e in found if e.outcome is Back.REMOVED and isinstance(e.record, Action)]
    dropped = _drop_proposals(imported, gone)
    if dropped:
        record("responses.proposals_dropped", by=by, on=imported, at=at, number=dropped)
    return take_back_records(imported, found, reason, by=by, at=at)


def _drop_proposals(imported: Import, gone: Sequence[int]) -> int:
    """Proposals about records that go, and those that the file itself made."""
    waiting = Relation.objects.filter(state__in=(RelationState.PROPOSED, RelationState.WITHDRAWN))
    own = waiting.filter(
        origin=Origin.FILE, proposed_at=imported.applied_at or imported.received_at, decisions=None
    )
    dropped = own.count()
    own.delete()
    for start in range(0, len(gone), CHUNK):
        some = gone[start : start + CHUNK]
        about = waiting.filter(Q(source__in=some) | Q(target__in=some))
        keys = list(about.exclude(pk__in=said_by_people(imported, some)).values_list("pk", flat=True))
        Relation.objects.filter(pk__in=keys).delete()
        dropped += len(keys)
    return dropped
