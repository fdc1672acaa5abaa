"""The way of a file: received, examined, its new names decided, applied or discarded."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.foundations.core.findings import Finding
from iisg.foundations.jobs.queue import later
from iisg.foundations.orgs.models import Organisation
from iisg.foundations.orgs.operations import learn_alias
from iisg.knowledge.actions import examining, rules, versions
from iisg.knowledge.actions.models import HeaderMapping, Import, ImportRow, ImportState
from iisg.knowledge.actions.signals import import_examined

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
    takes_elsewhere: bool = False,
) -> Import:
    """Take a file in and queue its examination; nothing of it is recorded yet.

    `takes_elsewhere` says beforehand that it is wanted even where most of it is for none of the six.
    `examine_later` False leaves the examination to the caller (the console, which shows its progress).
    """
    require(by, Can.IMPORT_OWN_RECORDS, rules.may_import_for(by, reporter))
    imported = Import.objects.create(
        file_name=file_name[:250],
        digest=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content=content,
        reporter=reporter,
        takes_elsewhere=takes_elsewhere,
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
    """Say once which column means what, for every file with the same headers; the file is read again.

    Where there are no headers nothing is remembered: another file without any may have other columns.
    """
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    require(by, Can.IMPORT_OWN_RECORDS, rules.may_name_columns(by, imported, subject, columns))
    Import.flow.make(imported, "look_again")
    sheets = imported.mapping["sheets"]
    if any(column["header"] for sheet in sheets for column in sheet["columns"]):
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
def choose_headers(imported: Import, rows: Mapping[str, int], *, by: Actor, at: datetime) -> Import:
    """Say of sheets in which row their headers stand (0: in none); the file is read again by them."""
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    require(by, Can.IMPORT_OWN_RECORDS, rules.may_choose_headers(by, imported, rows))
    Import.flow.make(imported, "look_again")
    named = ("subject", "columns")
    kept = {key: value for key, value in imported.mapping.items() if key not in named}
    imported.mapping = {**kept, "rows": {**imported.mapping.get("rows", {}), **rows}}
    imported.progress = 0
    imported.save(update_fields=["mapping", "state", "progress"])
    record("imports.headers_chosen", by=by, on=imported, at=at, rows=dict(rows))
    later(EXAMINE, import_id=imported.pk)
    return imported


@transaction.atomic
def say_elsewhere(imported: Import, takes: bool, *, by: Actor, at: datetime) -> Import:
    """Say whether new records for none of the six are taken in from a file that mostly holds such; it is read again."""
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    require(by, Can.IMPORT_OWN_RECORDS, rules.may_say_of_the_file(by, imported))
    Import.flow.make(imported, "look_again")
    imported.takes_elsewhere, imported.progress = takes, 0
    imported.save(update_fields=["takes_elsewhere", "state", "progress"])
    record("imports.elsewhere_said", by=by, on=imported, at=at, takes=takes)
    later(EXAMINE, import_id=imported.pk)
    return imported


@transaction.atomic
def say_version(imported: Import, alone: bool, *, by: Actor, at: datetime) -> Import:
    """Say that a file is no newer version of another, so that nothing vanishes by it; or that it may be one."""
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    require(by, Can.IMPORT_OWN_RECORDS, rules.may_say_of_the_file(by, imported))
    imported.stands_alone = alone
    _place_among_versions(imported)
    imported.save(update_fields=["stands_alone", "earlier", "vanished", "returned"])
    record("imports.version_said", by=by, on=imported, at=at, alone=alone)
    return imported


def _place_among_versions(imported: Import) -> None:
    imported.earlier = versions.earlier_version(imported)
    imported.vanished = versions.vanished(imported).count() + versions.vanished_needs(imported).count()
    imported.returned = versions.returned(imported).count()


@transaction.atomic
def note_examination(imported: Import, found: examining.Examination, *, by: Actor, at: datetime) -> Import:
    """Keep what the examination found, in place of what an earlier one found."""
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    require(by, Can.IMPORT_OWN_RECORDS)
    Import.flow.make(imported, found.move)
    imported.rows.all().delete()
    imported.form, imported.subject, imported.version = found.form, found.subject, found.version
    imported.file_findings = [examining.plain(f) for f in found.findings]
    imported.new_organisations = list(found.new_names)
    imported.examined_at, imported.dated_at, imported.publisher = at, found.dated_at, found.publisher
    imported.extract = found.extract
    imported.twins, imported.twins_sought_at = [], None
    if found.mapping:
        imported.mapping = found.mapping
    for row in found.rows:
        row.of_import = imported
    ImportRow.objects.bulk_create(found.rows, batch_size=examining.CHUNK)
    imported.count(Counter(row.verdict for row in found.rows))
    imported.warnings = sum(row.warnings for row in found.rows)
    imported.conflicts = sum(bool(row.conflicts) for row in found.rows)
    _place_among_versions(imported)
    imported.save()
    record("imports.file_examined", by=by, on=imported, at=at, state=str(imported.state), **imported.counts)
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
def give_up(imported: Import, finding: Finding, *, by: Actor, at: datetime) -> Import:
    """The worker could not go on: a file being applied waits as before, any other is refused."""
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    require(by, Can.IMPORT_ANY_RECORDS)
    Import.flow.make(imported, "give_back" if imported.state == ImportState.APPLYING else "refuse")
    imported.file_findings = [examining.plain(finding)]
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
