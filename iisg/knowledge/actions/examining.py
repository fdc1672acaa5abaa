"""What a file would do: its records beside what is recorded, without writing anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.core.findings import Finding, Grade, too_long
from iisg.foundations.orgs.matching import Directory
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions import comparing, provenance, reading, versions
from iisg.knowledge.actions.completing import completed
from iisg.knowledge.actions.fact_words import FactWords
from iisg.knowledge.actions.models import Import, ImportRow, Verdict
from iisg.knowledge.actions.recognising import Recognised, partner_not_entered, recognise
from iisg.knowledge.actions.records import ActionRecord, NeedRecord
from iisg.knowledge.needs import comparing as needs_comparing
from iisg.knowledge.needs import rules as needs_rules
from iisg.knowledge.needs.models import Need
from iisg.knowledge.needs.provenance import NEEDS

Stated = ActionRecord | NeedRecord
Changes = list[tuple[str, Any, Any]]
CHUNK = 500
"""Records that are compared at once: one set of queries for so many."""


@dataclass(slots=True)
class Examined:
    """One record with its verdict, the changes it would make and everything found.

    `conflicts` are differences from what a person has confirmed; `record_ref` is the reference of the recorded need or
    action that it means, "" where there is none yet.
    """

    record: ActionRecord | NeedRecord
    verdict: Verdict
    changes: Changes = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    record_ref: str = ""
    conflicts: Changes = field(default_factory=list)

    @property
    def subject(self) -> str:
        """Whether it states a need or an action."""
        return "needs" if isinstance(self.record, NeedRecord) else "actions"


@dataclass(slots=True)
class Examination:
    """What was found in a whole file, its rows ready to be kept; `move` is the move of its state that follows."""

    move: str
    form: str = ""
    subject: str = ""
    version: str = ""
    mapping: dict[str, Any] = field(default_factory=dict)
    rows: list[ImportRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    new_names: list[dict[str, Any]] = field(default_factory=list)
    dated_at: datetime | None = None
    extract: bool = False
    publisher: Organisation | None = None


def examine_file(imported: Import, by: Actor, tell: Callable[[int], None] | None = None) -> Examination:
    """Read the file and compare each record with the house; writes nothing.

    A file that cannot be used gives the move "refuse" with its finding; one whose columns nobody has named
    yet gives "ask_mapping" with what is known of its columns. Only the rows are held, never the records.
    """
    try:
        file = reading.read(bytes(imported.content), imported.file_name, imported.mapping)
    except reading.UnreadableFile as unreadable:
        return Examination("refuse", findings=[unreadable.finding])
    except reading.ColumnsUnknown as unknown:
        return Examination("ask_mapping", form=unknown.form, mapping=unknown.description)
    examiner = Examiner(by, imported.reporter)
    found = Examination(
        "examine", file.form, file.subject, file.version, file.mapping, findings=file.findings
    )
    found.dated_at, found.extract = versions.moment_of(file.dated), file.extract
    words = FactWords(examiner.organisations)
    try:
        for chunk in chunks(file.records):
            found.rows += (row_of(each, words, len(found.rows)) for each in examiner.examine(chunk))
            if tell:
                tell(len(found.rows))
    except reading.UnreadableFile as unreadable:
        return Examination("refuse", file.form, file.subject, file.version, findings=[unreadable.finding])
    left_out = not imported.takes_elsewhere and _mostly_elsewhere(found.rows)
    for row in found.rows:
        if left_out and row.elsewhere:
            row.verdict = Verdict.LEFT_OUT
    found.new_names, found.publisher = examiner.told_names(elsewhere=not left_out), examiner.publisher
    return found


def _mostly_elsewhere(rows: Sequence[ImportRow]) -> bool:
    """Whether most records that could be taken are new and for none of the six: then a person has to want them."""
    possible = sum(row.verdict != Verdict.REFUSED for row in rows)
    return sum(row.elsewhere for row in rows) * 2 > possible


def chunks(records: Iterable[Stated]) -> Iterator[list[Stated]]:
    """The records in their order, so many at once as are compared or written together."""
    remaining = iter(records)
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk


def row_of(examined: Examined, words: FactWords, order: int) -> ImportRow:
    """One examined record as it is kept; its import is set by whoever keeps it."""
    record = examined.record
    changed = examined.changes if examined.verdict == Verdict.CHANGED else []
    return ImportRow(
        order=order,
        place=record.place[:250],
        key=record.ref[:250],
        title=record.title[:1000],
        subject=examined.subject,
        record_ref=examined.record_ref,
        verdict=examined.verdict,
        elsewhere=examined.verdict == Verdict.CREATED
        and isinstance(record, ActionRecord)
        and record.elsewhere,
        changes=[[name, *words.change(name, before, after)] for name, before, after in changed],
        conflicts=[[name, *words.change(name, before, after)] for name, before, after in examined.conflicts],
        findings=[plain(finding) for finding in examined.findings],
        warnings=sum(not finding.refuses for finding in examined.findings),
    )


def plain(finding: Finding) -> dict[str, str]:
    """A finding as an import keeps it."""
    return {
        "grade": finding.grade.value,
        "code": finding.code,
        "message": finding.message,
        "place": finding.place,
        "cure": finding.cure,
    }


def _compared(changes: Changes) -> Verdict:
    return Verdict.CHANGED if changes else Verdict.UNCHANGED


class Examiner:
    """Compares records with the house for one actor; gathers the names that lead to nobody, and who reports."""

    def __init__(self, by: Actor, reporter: Organisation | None = None) -> None:
        self.by = by
        self.reporter = reporter
        self.directory = Directory()
        self.organisations = {o.pk: o for o in Organisation.objects.all()}
        self.framework = needs_comparing.Framework.in_force()
        self.partners = set(Organisation.objects.partners().values_list("code", flat=True))
        self.new_names: dict[str, str] = {}
        self.names_elsewhere: dict[str, str] = {}
        self.reporters: set[tuple[int | None, str]] = set()
        self.told: set[tuple[str, str, str]] = set()
        self.needs = False

    @property
    def publisher(self) -> Organisation | None:
        """The one body that reports every record taken so far; None where several or nobody do.

        Of a file of needs alone it is the body that sent it in.
        """
        if self.needs and not self.reporters:
            return self.reporter
        return (
            self.organisations.get(next(iter(self.reporters))[0] or 0) if len(self.reporters) == 1 else None
        )

    def told_names(self, *, elsewhere: bool = True) -> list[dict[str, Any]]:
        """Names that lead to nobody, each with its identifier and the bodies that it resembles.

        `elsewhere`: also those that only new records for none of the six print.
        """
        names = (self.names_elsewhere if elsewhere else {}) | self.new_names
        return [
            {
                "name": name,
                "identifier": identifier,
                "near": [self.organisations[key].ref for key in self.directory.near(name)],
            }
            for name, identifier in names.items()
        ]

    def resolve(self, name: str, identifier: str) -> object:
        """Key of the body meant, or the name itself where nobody is known."""
        key = self.directory.find(name, identifier)
        if key is None:
            self.new_names.setdefault(name, identifier)
            return f"{name} (new)"
        return key

    def examine(self, records: Sequence[Stated]) -> Iterator[Examined]:
        """Verdicts on a chunk of records, in their order."""
        actions = [r for r in records if isinstance(r, ActionRecord)]
        found = iter(recognise(actions, self.reporter, self.directory, self.by) if actions else ())
        refs = [r.ref for r in records if isinstance(r, NeedRecord)]
        needs = {n.ref: n for n in Need.objects.with_facts().filter(ref__in=refs)} if refs else {}
        for record in records:
            if isinstance(record, ActionRecord):
                yield self._action(next(found))
            else:
                yield self._need(record, needs.get(record.ref))

    def _action(self, each: Recognised) -> Examined:
        record, action = each.record, each.action
        findings = [*record.findings, *too_long(record, comparing.LIMITS, record.place)]
        findings += [finding for finding in each.findings if finding not in record.findings]
        ref = action.ref if action else ""
        if each.refused:
            return Examined(record, Verdict.REFUSED, [], findings, ref)
        reporter = each.reporter
        self.reporters.add(
            (None, str(reporter)) if reporter is None or each.reports_first else (reporter.pk, "")
        )
        if action is None:
            names = self.names_elsewhere if record.elsewhere else self.new_names
            for name, identifier in record.names():
                if self.directory.find(name, identifier) is None:
                    names.setdefault(name, identifier)
            return Examined(record, Verdict.CREATED, [], findings)
        facts = completed(record, comparing.stated(record, self.resolve), each.facts)
        differences = comparing.differences(each.facts, facts)
        kept = provenance.protected(action)
        changes = [each for each in differences if each[0] not in kept]
        conflicts = [each for each in differences if each[0] in kept]
        return Examined(record, _compared(changes), changes, findings, ref, conflicts)

    def _need(self, record: NeedRecord, need: Need | None) -> Examined:
        self.needs = True
        findings = [*record.findings, *too_long(record, needs_comparing.LIMITS, record.place)]
        if not record.refused:
            findings += [f for f in needs_rules.may_record(self.by, record) if f not in findings]
            findings += self._strange_partners(record.partners, record.place)
            findings += self._strange_objectives(record)
        if any(f.refuses for f in findings):
            return Examined(record, Verdict.REFUSED, [], findings, need.ref if need else "")
        body = needs_comparing.body_it_has(need, record.body) or (
            self.resolve(record.body, "") if record.body else None
        )
        facts = needs_comparing.stated(needs_comparing.completed(record, need) if need else record, body)
        if need is None:
            changes = [(name, None, value) for name, value in facts.items() if value not in ("", None, ())]
            return Examined(record, Verdict.CREATED, changes, findings)
        differences = needs_comparing.differences(needs_comparing.recorded(need), facts)
        kept = NEEDS.protected(need)
        changes = [each for each in differences if each[0] not in kept]
        conflicts = [each for each in differences if each[0] in kept]
        return Examined(record, _compared(changes), changes, findings, need.ref, conflicts)

    def _strange_partners(self, codes: tuple[str, ...], place: str) -> list[Finding]:
        missing = [code for code in codes if code not in self.partners]
        if not missing:
            return []
        return [partner_not_entered(missing, place)]

    def _strange_objectives(self, record: NeedRecord) -> list[Finding]:
        if not record.objective:
            return []
        found = [(p, record.four_p, record.objective) for p in record.pillars]
        strange = [key for key in found if key not in self.told and not self.framework.knows(*key)]
        self.told.update(strange)
        return [
            Finding(
                Grade.WARNING,
                "imports.objective-new",
                _("The objective “%(objective)s” is not in the framework of %(pillar)s under %(field)s.")
                % {"objective": record.objective, "pillar": pillar, "field": record.four_p},
                record.place,
                _("It will be added to the draft framework; correct it where it means an existing one."),
            )
            for pillar, *_rest in strange
        ]
