"""Verbs of the analysis: all summaries counted anew, and a file taken out of the house, which leaves an event."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.models import Event
from iisg.foundations.audit.trail import record
from iisg.knowledge.analysis import keeping
from iisg.knowledge.analysis.exporting.extract import Extract
from iisg.knowledge.analysis.exporting.files import MadeFile
from iisg.knowledge.analysis.models import Recount


@transaction.atomic
def recount(*, by: Actor, at: datetime) -> Recount:
    """Write all summaries anew: after an upgrade that changed a rule, or after an edit past the operations."""
    require(by, Can.RELATE_ACTIONS)
    keeping.keep_everything()
    done = Recount.objects.create(rules=keeping.rules(), at=at)
    Recount.objects.exclude(pk=done.pk).delete()
    record("analysis.recounted", by=by, on="analysis.summaries", at=at, rules=done.rules)
    return done


@transaction.atomic
def take_file(extract: Extract, made: MadeFile, chosen: str, *, by: Actor, at: datetime) -> Event:
    """Note that a file leaves the house: what, by which filters, how many records, in which format, its digest."""
    require(by, extract.power)
    return record(
        "exports.file_taken",
        by=by,
        on=f"exports.{extract.what}",
        at=at,
        file=made.name,
        form=made.form.name,
        marking=extract.marking.label,
        chosen=chosen,
        records=extract.count,
        size=made.size,
        digest=made.digest,
    )
