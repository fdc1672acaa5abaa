"""Applying an examined file: everything it states is recorded, as one deed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import RuleRefused, require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.foundations.core.findings import Finding, Grade
from iisg.foundations.orgs.matching import Directory
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions import examining, provenance, reading, rules, undoing
from iisg.knowledge.actions.models import Import, ImportRow, Verdict
from iisg.knowledge.actions.operations.absences import note_versions
from iisg.knowledge.actions.operations.records import record_actions
from iisg.knowledge.actions.operations.writing import Writing
from iisg.knowledge.actions.records import ActionRecord, NeedRecord, printed_wholes
from iisg.knowledge.actions.signals import import_applied
from iisg.knowledge.needs import undoing as needs_undoing
from iisg.knowledge.needs.models import Need
from iisg.knowledge.needs.operations import enter_need
from iisg.knowledge.needs.signals import needs_changed

KEPT_OUT = (Verdict.REFUSED, Verdict.LEFT_OUT)
IMPOSSIBLE = (RuleRefused, IntegrityError, DataError, ArithmeticError)
"""What a rule or the database says of a record that cannot be stored."""


@transaction.atomic
def apply_import(
    imported: Import, *, by: Actor, at: datetime, tell: Callable[[int], None] | None = None
) -> Import:
    """Record everything the file states, as one deed; a refused record leaves no trace in the records.

    What the examination refused stays refused, whoever applies the file. Then the file takes its place among the
    versions of its publisher: records that it no longer holds are noted as missing, those that came back as returned.
    """
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    require(by, Can.IMPORT_OWN_RECORDS, rules.may_apply(by, imported))
    file = reading.read(bytes(imported.content), imported.file_name, imported.mapping)
    applying = Applying(imported, by=by, at=at)
    done = 0
    for chunk in examining.chunks(file.records):
        rows = list(imported.rows.filter(order__gte=done, order__lt=done + len(chunk)))
        applying.take(list(zip(rows, chunk, strict=True)))
        done += len(chunk)
        if tell:
            tell(done)
    Import.flow.make(imported, "apply")
    imported.applied_at = at
    imported.count(applying.verdicts)
    note_versions(imported, by=by, at=at)
    imported.save()
    record("imports.file_applied", by=by, on=imported, at=at, file=imported.file_name, **imported.counts)
    import_applied.send(Import, imported=imported, wholes=applying.wholes, by=by, at=at)
    return imported


Pairs = list[tuple[ImportRow, "ActionRecord | NeedRecord"]]


class Applying:
    """Records the rows of one file chunk by chunk and keeps what became of each."""

    def __init__(self, imported: Import, *, by: Actor, at: datetime) -> None:
        self.reporter: Organisation | None = imported.reporter
        self.origin = provenance.of_file(imported.file_name, imported.file_day, imported.pk)
        self.by, self.at = by, at
        self.directory = Directory()
        self.verdicts: Counter[str] = Counter()
        self.wholes: list[tuple[str, str]] = []

    def take(self, pairs: Pairs) -> None:
        """Record a chunk of the file and note on its rows what became of each record."""
        before = [(row.verdict, row.record_ref, len(row.findings)) for row, _stated in pairs]
        wanted = [(row, stated) for row, stated in pairs if row.verdict not in KEPT_OUT]
        self._take_needs([(row, stated) for row, stated in wanted if isinstance(stated, NeedRecord)])
        self._take_actions([(row, stated) for row, stated in wanted if isinstance(stated, ActionRecord)])
        rows = [row for row, _stated in pairs]
        after = [(row.verdict, row.record_ref, len(row.findings)) for row in rows]
        noted = [row for row, was, now in zip(rows, before, after, strict=True) if was != now or row.before]
        Writing.again(noted, "verdict", "record_ref", "findings", "before")
        self.verdicts.update(row.verdict for row in rows)

    def _take_actions(self, pairs: list[tuple[ImportRow, ActionRecord]]) -> None:
        """All at once; where one of them cannot be stored, each half by itself, down to the one that is refused."""
        if not pairs:
            return
        try:
            became = record_actions(
                [stated for _row, stated in pairs],
                self.reporter,
                self.directory,
                by=self.by,
                at=self.at,
                origin=self.origin,
                taken={row.key: row.taken for row, _stated in pairs if row.taken},
            )
        except IMPOSSIBLE as fault:
            self.directory = Directory()  # bodies that were entered for these records went with them
            if len(pairs) == 1:
                _refuse(pairs[0][0], fault)
                return
            half = len(pairs) // 2
            self._take_actions(pairs[:half])
            self._take_actions(pairs[half:])
            return
        for (row, stated), each in zip(pairs, became, strict=True):
            if each.action is None:
                _refuse(row, RuleRefused(each.findings))
            else:
                row.verdict, row.record_ref = _verdict(each.changes, new=each.new), each.action.ref
                row.before = undoing.kept_of(each.changes, each.sources, new=each.new)
                self.wholes += printed_wholes(stated, row.record_ref)

    def _take_needs(self, pairs: list[tuple[ImportRow, NeedRecord]]) -> None:
        changed: list[int] = []
        before = needs_undoing.sources_of([stated.ref for _row, stated in pairs])
        for row, stated in pairs:
            try:
                need, changes = enter_need(
                    stated,
                    by=self.by,
                    at=self.at,
                    reported_by=self.reporter,
                    origin=self.origin,
                    taken=row.taken,
                    directory=self.directory,
                )
            except IMPOSSIBLE as fault:
                self.directory = Directory()
                _refuse(row, fault)
            else:
                new = need.recorded_at == self.at
                row.verdict, row.record_ref = _verdict(changes, new=new), need.ref
                row.before = needs_undoing.kept_of(changes, before.get(need.ref), new=new)
                changed += [need.pk] if changes else []
        if changed:
            needs_changed.send(Need, keys=changed)


def _verdict(changes: list[tuple[str, object, object]], *, new: bool) -> Verdict:
    return Verdict.UNCHANGED if not changes else Verdict.CREATED if new else Verdict.CHANGED


def _refuse(row: ImportRow, fault: Exception) -> None:
    """What was possible when the file was examined is refused now: say so on its line."""
    found = fault.findings if isinstance(fault, RuleRefused) else (_impossible(row.place, fault),)
    row.verdict = Verdict.REFUSED
    row.findings = [*row.findings, *(examining.plain(finding) for finding in found)]


def _impossible(place: str, fault: Exception) -> Finding:
    """A record that the database itself refuses, although no reader and no rule did."""
    said = (str(fault).splitlines() or [type(fault).__name__])[0]
    return Finding(
        Grade.ERROR,
        "imports.impossible",
        _("The record cannot be stored as it is (%(said)s).") % {"said": said},
        place,
        _("Correct the value, or tell the Secretariat: this should have been found before."),
    )
