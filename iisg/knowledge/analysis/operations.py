"""Verbs of the analysis: all summaries counted anew; files written for somebody and taken out, which leaves events."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.accounts.models import User
from iisg.foundations.audit.models import Event
from iisg.foundations.audit.trail import record
from iisg.foundations.jobs.queue import later, later_than
from iisg.knowledge.analysis import keeping, rules
from iisg.knowledge.analysis.exporting.extract import Extract
from iisg.knowledge.analysis.exporting.files import MadeFile
from iisg.knowledge.analysis.exporting.records import EXTRACTS
from iisg.knowledge.analysis.models import Export, Recount

WRITE = "iisg.knowledge.analysis.jobs.write_file"
FORGET = "iisg.knowledge.analysis.jobs.forget_file"


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
    facts: dict[str, object] = {"form": made.form.name, "chosen": chosen, "records": extract.count}
    facts |= {"file": made.name, "size": made.size, "digest": made.digest}
    return _note_taking(extract, facts, by=by, at=at)


@transaction.atomic
def ask_for_file(extract: Extract, form: str, day: date, chosen: str, *, by: User, at: datetime) -> Export:
    """Leave the writing of a large file to the worker; it is for the person who asks and for nobody else."""
    require(by, extract.power)
    export = Export.objects.create(
        what=extract.what, form=form, chosen=chosen, day=day, refs=list(extract.refs), records=extract.count,
        asked_by=by, asked_at=at,
    )  # fmt: skip
    record("exports.file_asked", by=by, on=export, at=at, form=form, chosen=chosen, records=extract.count)
    later(WRITE, export_id=export.pk)
    return export


@transaction.atomic
def keep_file(export: Export, made: MadeFile, *, by: Actor, at: datetime) -> Export:
    """Keep the written file for the person who asked, and have it forgotten after `EXPORT_KEPT`."""
    require(by, Can.RELATE_ACTIONS)
    export = Export.objects.select_for_update(of=("self",)).get(pk=export.pk)
    Export.flow.make(export, "keep")
    export.content, export.name, export.size, export.digest = (
        made.content.read(), made.name, made.size, made.digest,
    )  # fmt: skip
    export.written_at, export.refs = at, []
    export.save()
    record("exports.file_written", by=by, on=export, at=at, file=export.name, digest=export.digest)
    later_than(at + settings.EXPORT_KEPT, FORGET, export_id=export.pk)
    return export


@transaction.atomic
def give_up_file(export: Export, *, by: Actor, at: datetime) -> Export:
    """The worker could not write the file; its page says so."""
    require(by, Can.RELATE_ACTIONS)
    export = Export.objects.select_for_update(of=("self",)).get(pk=export.pk)
    Export.flow.make(export, "give_up")
    export.refs = []
    export.save(update_fields=["state", "refs"])
    record("exports.file_given_up", by=by, on=export, at=at)
    later_than(at + settings.EXPORT_KEPT, FORGET, export_id=export.pk)
    return export


@transaction.atomic
def take_written_file(export: Export, *, by: Actor, at: datetime) -> Event:
    """Note that a file which the worker wrote leaves the house; it can be taken again until it is forgotten."""
    extract = EXTRACTS[export.what]((), by)
    require(by, extract.power, rules.may_take(by, export))
    facts: dict[str, object] = {"form": export.form, "chosen": export.chosen, "records": export.records}
    facts |= {"file": export.name, "size": export.size, "digest": export.digest}
    return _note_taking(extract, facts, by=by, at=at)


@transaction.atomic
def forget_file(export: Export, *, by: Actor, at: datetime) -> None:
    """Delete a file that was kept long enough; what was taken stays in the record."""
    require(by, Can.RELATE_ACTIONS)
    record("exports.file_forgotten", by=by, on=export, at=at, file=export.name, digest=export.digest)
    export.delete()


def _note_taking(extract: Extract, facts: dict[str, object], *, by: Actor, at: datetime) -> Event:
    marking = extract.marking.label
    return record("exports.file_taken", by=by, on=f"exports.{extract.what}", at=at, marking=marking, **facts)
