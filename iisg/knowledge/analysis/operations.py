"""The one deed of this app: taking a file out of the house leaves an event in the record."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.audit.models import Event
from iisg.foundations.audit.trail import record
from iisg.knowledge.analysis.exporting.extract import Extract
from iisg.knowledge.analysis.exporting.files import MadeFile


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
