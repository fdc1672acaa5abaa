"""What a file would do: its records beside what is recorded, without writing anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.core.findings import Finding, Grade, too_long
from iisg.foundations.orgs.matching import Directory
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions import comparing, reading, rules
from iisg.knowledge.actions.fact_words import FactWords
from iisg.knowledge.actions.models import Action, Import, Verdict
from iisg.knowledge.actions.records import ActionRecord, NeedRecord, PartyRecord
from iisg.knowledge.needs import comparing as needs_comparing
from iisg.knowledge.needs import rules as needs_rules
from iisg.knowledge.needs.models import Need

CHUNK = 100
"""Records that are compared at once: one set of queries for so many."""


@dataclass(slots=True)
class Examined:
    """One record with its verdict, the changes it would make and everything found.

    `record_ref` is the reference of the recorded need or action that it means, "" where there is none yet.
    """

    record: ActionRecord | NeedRecord
    verdict: Verdict
    changes: list[tuple[str, Any, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    record_ref: str = ""

    @property
    def subject(self) -> str:
        """Whether it states a need or an action."""
        return "needs" if isinstance(self.record, NeedRecord) else "actions"


@dataclass(slots=True)
class Examination:
    """What was found in a whole file; `move` is the move of its state that follows."""

    move: str
    form: str = ""
    subject: str = ""
    version: str = ""
    mapping: dict[str, Any] = field(default_factory=dict)
    rows: list[Examined] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    new_names: list[dict[str, Any]] = field(default_factory=list)
    words: FactWords = field(default_factory=FactWords)


def examine_file(imported: Import, by: Actor, tell: Callable[[int], None] | None = None) -> Examination:
    """Read the file and compare each record with the house; writes nothing.

    A file that cannot be used gives the move "refuse" with its finding; one whose columns nobody has named
    yet gives "ask_mapping" with what is known of its columns.
    """
    try:
        file = reading.read(bytes(imported.content), imported.file_name, imported.mapping)
    except reading.UnreadableFile as unreadable:
        return Examination("refuse", findings=[unreadable.finding])
    except reading.ColumnsUnknown as unknown:
        return Examination("ask_mapping", form=unknown.form, mapping=unknown.description)
    examiner = Examiner(by, imported.reporter, file.silent)
    found = Examination(
        "examine", file.form, file.subject, file.version, file.mapping, findings=file.findings
    )
    found.words = FactWords(examiner.organisations)
    chunk: list[ActionRecord | NeedRecord] = []
    try:
        for record in file.records:
            chunk.append(record)
            if len(chunk) >= CHUNK:
                found.rows += examiner.examine(chunk)
                chunk = []
                if tell:
                    tell(len(found.rows))
        found.rows += examiner.examine(chunk)
    except reading.UnreadableFile as unreadable:
        return Examination("refuse", file.form, file.subject, file.version, findings=[unreadable.finding])
    if tell:
        tell(len(found.rows))
    found.new_names = [
        {
            "name": party.name,
            "identifier": party.identifier,
            "near": [examiner.organisations[key].ref for key in examiner.directory.near(party.name)],
        }
        for party in examiner.new_names.values()
    ]
    return found


def _compared(changes: list[tuple[str, Any, Any]]) -> Verdict:
    return Verdict.CHANGED if changes else Verdict.UNCHANGED


class Examiner:
    """Compares records with the house for one actor; gathers the names that lead to nobody."""

    def __init__(
        self, by: Actor, reporter: Organisation | None = None, silent: frozenset[str] = frozenset()
    ) -> None:
        self.by = by
        self.reporter = reporter
        self.silent = silent
        self.directory = Directory()
        self.organisations = {o.pk: o for o in Organisation.objects.all()}
        self.framework = needs_comparing.Framework.in_force()
        self.partners = set(Organisation.objects.partners().values_list("code", flat=True))
        self.new_names: dict[str, PartyRecord] = {}
        self.told: set[tuple[str, str, str]] = set()

    def resolve(self, name: str, identifier: str) -> object:
        """Key of the body meant, or the name itself where nobody is known."""
        key = self.directory.find(name, identifier)
        if key is None:
            self.new_names.setdefault(name, PartyRecord("", name, identifier))
            return f"{name} (new)"
        return key

    def reporter_of(self, record: ActionRecord) -> Organisation | None:
        """The body the file is reported by: the record's own reporter, else the one chosen for the file."""
        if record.reporter is None or not (record.reporter.name or record.reporter.identifier):
            return self.reporter
        name = record.reporter.name or record.reporter.identifier
        key = self.resolve(name, record.reporter.identifier)
        return self.organisations.get(key) if isinstance(key, int) else None

    def examine(self, records: list[ActionRecord | NeedRecord]) -> Iterator[Examined]:
        """Verdicts on a chunk of records, in their order."""
        actions = self._known_actions([r for r in records if isinstance(r, ActionRecord)])
        needs = {
            n.ref: n
            for n in Need.objects.with_facts().filter(
                ref__in=[r.ref for r in records if isinstance(r, NeedRecord)]
            )
        }
        for record in records:
            if isinstance(record, ActionRecord):
                yield self._action(record, actions)
            else:
                yield self._need(record, needs.get(record.ref))

    def _known_actions(self, records: list[ActionRecord]) -> dict[tuple[int | None, str], Action]:
        """Recorded actions that these records may mean, by (reporter, reference)."""
        refs = [r.ref[:250] for r in records]
        found = Action.objects.with_facts()
        own = found.filter(ref__in=[ref[:120] for ref in refs], reporter=None)
        reported = found.filter(reporter__isnull=False, reporter_ref__in=refs)
        by_key: dict[tuple[int | None, str], Action] = {(None, a.ref): a for a in own}
        by_key.update({(a.reporter_id, a.reporter_ref): a for a in reported})
        return by_key

    def _action(self, record: ActionRecord, known: dict[tuple[int | None, str], Action]) -> Examined:
        findings = [*record.findings, *too_long(record, comparing.LIMITS, record.place)]
        reporter = self.reporter_of(record)
        new_reporter = reporter is None and record.reporter is not None and bool(record.reporter.name)
        key = (reporter.pk, record.ref[:250]) if reporter else (None, record.ref[:120])
        action = None if new_reporter else known.get(key)
        if not record.refused:
            findings += [f for f in rules.may_record(self.by, record, reporter, action) if f not in findings]
            findings += self._strange_partners(record.partners, record.place)
            if reporter is None and not record.names_reporter:
                others = [self.organisations[pk] for pk, ref in known if pk and ref == record.ref[:250]]
                findings += rules.may_be_unreported(record, action, others)
        if any(f.refuses for f in findings):
            return Examined(record, Verdict.REFUSED, [], findings)
        facts = comparing.stated(record, self.resolve)
        if action is None:
            changes = [
                (name, None, value) for name, value in facts.items() if value not in ("", None, (), False)
            ]
            return Examined(record, Verdict.CREATED, changes, findings)
        changes = comparing.differences(comparing.recorded(action), facts, self.silent)
        return Examined(record, _compared(changes), changes, findings, action.ref)

    def _need(self, record: NeedRecord, need: Need | None) -> Examined:
        findings = [*record.findings, *too_long(record, needs_comparing.LIMITS, record.place)]
        if not record.refused:
            findings += [f for f in needs_rules.may_record(self.by, record) if f not in findings]
            findings += self._strange_partners(record.partners, record.place)
            findings += self._strange_objectives(record)
        if any(f.refuses for f in findings):
            return Examined(record, Verdict.REFUSED, [], findings)
        facts = needs_comparing.stated(record)
        if need is None:
            changes = [(name, None, value) for name, value in facts.items() if value not in ("", None, ())]
            return Examined(record, Verdict.CREATED, changes, findings)
        changes = needs_comparing.differences(needs_comparing.recorded(need), facts, self.silent)
        return Examined(record, _compared(changes), changes, findings, need.ref)

    def _strange_partners(self, codes: tuple[str, ...], place: str) -> list[Finding]:
        missing = [code for code in codes if code not in self.partners]
        if not missing:
            return []
        return [
            Finding(
                Grade.ERROR,
                "imports.partner-not-entered",
                _("The partner %(codes)s is not entered in this house.") % {"codes": ", ".join(missing)},
                place,
                _("Enter the six partners first: run `iisg prepare`."),
            )
        ]

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
