"""The way of a file: received, examined, its new names decided, applied or discarded."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import DataError, IntegrityError, transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import RuleRefused, require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.foundations.core.findings import Finding, Grade
from iisg.foundations.jobs.queue import later
from iisg.foundations.orgs.matching import Directory
from iisg.foundations.orgs.models import Organisation
from iisg.foundations.orgs.operations import learn_alias
from iisg.knowledge.actions import examining, reading, rules
from iisg.knowledge.actions.fact_words import FactWords
from iisg.knowledge.actions.models import HeaderMapping, Import, ImportRow, ImportState, Verdict
from iisg.knowledge.actions.operations.records import record_action
from iisg.knowledge.actions.records import ActionRecord, NeedRecord, printed_wholes
from iisg.knowledge.actions.signals import import_applied, import_examined
from iisg.knowledge.needs.operations import record_need

EXAMINE = "iisg.knowledge.actions.jobs.examine"
APPLY = "iisg.knowledge.actions.jobs.apply"


class Progress:
    """Tells the page of an import how many records were read so far; no deed, so it leaves no event."""

    def __init__(self, imported: Import) -> None:
        self._import = Import.objects.filter(pk=imported.pk)

    def __call__(self, done: int) -> None:
        """Note how many records were read."""
        self._import.update(progress=done)


@transaction.atomic
def receive_import(
    content: bytes,
    file_name: str,
    reporter: Organisation | None,
    *,
    by: Actor,
    at: datetime,
    examine_later: bool = True,
) -> Import:
    """Take a file in and queue its examination; nothing of it is recorded yet.

    `examine_later` False leaves the examination to the caller (the console, which shows its progress).
    """
    require(by, Can.IMPORT_OWN_RECORDS, rules.may_import_for(by, reporter))
    imported = Import.objects.create(
        file_name=file_name[:250],
        digest=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content=content,
        reporter=reporter,
        received_by=by if isinstance(by, get_user_model()) else None,
        received_at=at,
    )
    record("imports.file_received", by=by, on=imported, at=at, file=file_name, digest=imported.digest)
    if examine_later:
        later(EXAMINE, import_id=imported.pk)
    return imported


@transaction.atomic
def name_columns(
    imported: Import, subject: str, columns: Mapping[str, str], *, by: Actor, at: datetime
) -> Import:
    """Say once which column means what, for every file with the same headers; the file is read again."""
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    require(by, Can.IMPORT_OWN_RECORDS, rules.may_name_columns(by, imported, subject, columns))
    Import.flow.make(imported, "look_again")
    HeaderMapping.objects.update_or_create(
        signature=str(imported.mapping["signature"]),
        defaults={"subject": subject, "columns": dict(columns), "remembered_at": at},
    )
    imported.mapping = {**imported.mapping, "subject": subject, "columns": dict(columns)}
    imported.progress = 0
    imported.save(update_fields=["mapping", "state", "progress"])
    record("imports.columns_named", by=by, on=imported, at=at, subject=subject, columns=dict(columns))
    later(EXAMINE, import_id=imported.pk)
    return imported


@transaction.atomic
def note_examination(imported: Import, found: examining.Examination, *, by: Actor, at: datetime) -> Import:
    """Keep what the examination found, in place of what an earlier one found."""
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    require(by, Can.IMPORT_OWN_RECORDS)
    Import.flow.make(imported, found.move)
    imported.rows.all().delete()
    imported.form, imported.subject, imported.version = found.form, found.subject, found.version
    imported.file_findings = [_plain(f) for f in found.findings]
    imported.new_organisations = list(found.new_names)
    imported.examined_at = at
    imported.twins, imported.twins_sought_at = [], None
    if found.mapping:
        imported.mapping = found.mapping
    ImportRow.objects.bulk_create(
        (_row(imported, n, e, found.words) for n, e in enumerate(found.rows)), batch_size=500
    )
    _count(imported, [e.verdict for e in found.rows])
    imported.warnings = sum(_warnings(e.findings) for e in found.rows)
    imported.save()
    record("imports.file_examined", by=by, on=imported, at=at, state=str(imported.state), **_counts(imported))
    import_examined.send(Import, imported=imported, at=at)
    return imported


def examine_import(
    imported: Import, *, by: Actor, at: datetime, tell: Callable[[int], None] | None = None
) -> Import:
    """Read the file and compare it with the house, then keep what was found; `tell` hears of the progress."""
    found = examining.examine_file(imported, by, tell)
    return note_examination(imported, found, by=by, at=at)


@transaction.atomic
def decide_names(
    imported: Import, decisions: Mapping[str, Organisation | None], *, by: Actor, at: datetime
) -> Import:
    """Decide of new names that each means a known body (its alias from now on) or, None, is its own body.

    A name that means a known body may change what applying does, so the file is examined again.
    """
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    require(by, Can.IMPORT_OWN_RECORDS, rules.may_decide_names(by, imported))
    for name, organisation in decisions.items():
        if organisation is not None:
            learn_alias(organisation, name, by=by, at=at)
    means = {name: organisation.ref if organisation else "" for name, organisation in decisions.items()}
    imported.decisions = {**imported.decisions, **means}
    if any(means.values()):
        Import.flow.make(imported, "look_again")
        imported.progress = 0
        later(EXAMINE, import_id=imported.pk)
    imported.save(update_fields=["decisions", "state", "progress"])
    record("imports.names_decided", by=by, on=imported, at=at, means=means)
    return imported


@transaction.atomic
def ask_to_apply(imported: Import, *, by: Actor, at: datetime) -> Import:
    """Leave the applying to the worker, in the name of the person who asks; a large file takes its time."""
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    require(by, Can.IMPORT_OWN_RECORDS, rules.may_apply(by, imported))
    Import.flow.make(imported, "ask_apply")
    imported.save(update_fields=["state"])
    record("imports.applying_asked", by=by, on=imported, at=at, file=imported.file_name)
    later(APPLY, import_id=imported.pk, user_id=getattr(by, "pk", None))
    return imported


@transaction.atomic
def apply_import(
    imported: Import, *, by: Actor, at: datetime, tell: Callable[[int], None] | None = None
) -> Import:
    """Record everything the file states, as one deed; a refused record leaves no trace in the records.

    What the examination refused stays refused, whoever applies the file.
    """
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    require(by, Can.IMPORT_OWN_RECORDS, rules.may_apply(by, imported))
    file = reading.read(bytes(imported.content), imported.file_name, imported.mapping)
    rows = {row.order: row for row in imported.rows.all()}
    directory, wholes = Directory(), list[tuple[str, str]]()
    for order, stated in enumerate(file.records):
        row = rows[order]
        if row.verdict != Verdict.REFUSED:
            try:
                row.verdict, row.record_ref = _take(stated, imported, file.silent, directory, by=by, at=at)
            except RuleRefused as refused:
                _refuse_row(row, refused.findings)
                directory = Directory()  # bodies that were entered for a refused record went with it
            except (IntegrityError, DataError) as fault:
                _refuse_row(row, (_impossible(stated.place, fault),))
                directory = Directory()
            else:
                wholes += printed_wholes(stated, row.record_ref)
        if tell:
            tell(order + 1)
    ImportRow.objects.bulk_update(rows.values(), ["verdict", "record_ref", "findings"], batch_size=500)
    Import.flow.make(imported, "apply")
    imported.applied_at = at
    _count(imported, [Verdict(row.verdict) for row in rows.values()])
    imported.save()
    record("imports.file_applied", by=by, on=imported, at=at, file=imported.file_name, **_counts(imported))
    import_applied.send(Import, imported=imported, wholes=wholes, by=by, at=at)
    return imported


@transaction.atomic
def give_up(imported: Import, finding: Finding, *, by: Actor, at: datetime) -> Import:
    """The worker could not go on: a file being applied waits as before, any other is refused."""
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    require(by, Can.IMPORT_ANY_RECORDS)
    Import.flow.make(imported, "give_back" if imported.state == ImportState.APPLYING else "refuse")
    imported.file_findings = [_plain(finding)]
    imported.save(update_fields=["state", "file_findings"])
    record("imports.given_up", by=by, on=imported, at=at, reason=finding.message, state=str(imported.state))
    return imported


@transaction.atomic
def discard_import(imported: Import, *, by: Actor, at: datetime) -> Import:
    """Put a file away without applying it."""
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    require(by, Can.IMPORT_OWN_RECORDS, rules.may_discard(by, imported))
    Import.flow.make(imported, "discard")
    imported.save(update_fields=["state"])
    record("imports.file_discarded", by=by, on=imported, at=at, file=imported.file_name)
    return imported


def _take(
    stated: ActionRecord | NeedRecord,
    imported: Import,
    silent: frozenset[str],
    directory: Directory,
    *,
    by: Actor,
    at: datetime,
) -> tuple[Verdict, str]:
    """Record one record; says what became of it and under which reference of this house."""
    if isinstance(stated, NeedRecord):
        need, changes = record_need(stated, by=by, at=at, silent=silent, reported_by=imported.reporter)
        ref, new = need.ref, need.recorded_at == at
    else:
        action, changes = record_action(
            stated, imported.reporter, directory, by=by, at=at, silent=silent, source_name=imported.file_name
        )
        ref, new = action.ref, action.recorded_at == at
    return (Verdict.UNCHANGED if not changes else Verdict.CREATED if new else Verdict.CHANGED), ref


def _row(imported: Import, order: int, examined: examining.Examined, words: FactWords) -> ImportRow:
    return ImportRow(
        of_import=imported,
        order=order,
        place=examined.record.place[:250],
        key=examined.record.ref[:250],
        title=examined.record.title[:1000],
        subject=examined.subject,
        record_ref=examined.record_ref,
        verdict=examined.verdict,
        changes=[[name, *words.change(name, before, after)] for name, before, after in examined.changes]
        if examined.verdict == Verdict.CHANGED
        else [],
        findings=[_plain(f) for f in examined.findings],
        warnings=_warnings(examined.findings),
    )


def _refuse_row(row: ImportRow, findings: tuple[Finding, ...]) -> None:
    """What was possible when the file was examined is refused now: say so on its line."""
    row.verdict = Verdict.REFUSED
    row.findings = [*row.findings, *(_plain(f) for f in findings)]


def _impossible(place: str, fault: Exception) -> Finding:
    """A record that the database itself refuses, although no reader and no rule did."""
    return Finding(
        Grade.ERROR,
        "imports.impossible",
        f"The record cannot be stored as it is ({str(fault).splitlines()[0]}).",
        place,
        "Correct the value, or tell the Secretariat: this should have been found before.",
    )


def _plain(finding: Finding) -> dict[str, Any]:
    return {**asdict(finding), "grade": finding.grade.value}


def _warnings(findings: list[Finding]) -> int:
    return sum(not f.refuses for f in findings)


def _counts(imported: Import) -> dict[str, int]:
    return {verdict.value: getattr(imported, verdict.value) for verdict in Verdict}


def _count(imported: Import, verdicts: list[Verdict]) -> None:
    for verdict in Verdict:
        setattr(imported, verdict.value, verdicts.count(verdict))
