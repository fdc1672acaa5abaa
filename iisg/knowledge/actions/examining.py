"""What a file would do: its records beside what is recorded, without writing anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from iisg.foundations.access.actors import Actor
from iisg.foundations.core.findings import Finding, Grade
from iisg.foundations.orgs.matching import Directory
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions import comparing, rules
from iisg.knowledge.actions.models import Action, Verdict
from iisg.knowledge.actions.records import ActionRecord, NeedRecord, PartyRecord
from iisg.knowledge.needs import comparing as needs_comparing
from iisg.knowledge.needs import rules as needs_rules
from iisg.knowledge.needs.models import Need

CHUNK = 200
"""Records that are compared at once: one set of queries for so many."""


@dataclass(slots=True)
class Examined:
    """One record with its verdict, the changes it would make and everything found."""

    record: ActionRecord | NeedRecord
    verdict: Verdict
    changes: list[tuple[str, Any, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


class Examiner:
    """Compares records with the house for one actor; gathers the names that lead to nobody."""

    def __init__(self, by: Actor, reporter: Organisation | None = None, silent: frozenset[str] = frozenset()) -> None:
        self.by = by
        self.reporter = reporter
        self.silent = silent
        self.directory = Directory()
        self.organisations = {o.pk: o for o in Organisation.objects.all()}
        self.framework = needs_comparing.Framework.in_force()
        self.partners = set(Organisation.objects.partners().values_list("code", flat=True))
        self.new_names: dict[str, PartyRecord] = {}

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
            for n in Need.objects.with_facts().filter(ref__in=[r.ref for r in records if isinstance(r, NeedRecord)])
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
        findings = list(record.findings)
        reporter = self.reporter_of(record)
        new_reporter = reporter is None and record.reporter is not None and bool(record.reporter.name)
        key = (reporter.pk, record.ref[:250]) if reporter else (None, record.ref[:120])
        action = None if new_reporter else known.get(key)
        if not record.refused:
            findings += [f for f in rules.may_record(self.by, record, reporter, action) if f not in findings]
            findings += self._strange_partners(record.partners, record.place)
        if any(f.refuses for f in findings):
            return Examined(record, Verdict.REFUSED, [], findings)
        facts = comparing.stated(record, self.resolve)
        if action is None:
            changes = [(name, None, value) for name, value in facts.items() if value not in ("", None, (), False)]
            return Examined(record, Verdict.CREATED, changes, findings)
        changes = comparing.differences(comparing.recorded(action), facts, self.silent)
        return Examined(record, Verdict.CHANGED if changes else Verdict.UNCHANGED, changes, findings)

    def _need(self, record: NeedRecord, need: Need | None) -> Examined:
        findings = list(record.findings)
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
        return Examined(record, Verdict.CHANGED if changes else Verdict.UNCHANGED, changes, findings)

    def _strange_partners(self, codes: tuple[str, ...], place: str) -> list[Finding]:
        missing = [code for code in codes if code not in self.partners]
        if not missing:
            return []
        return [
            Finding(
                Grade.ERROR,
                "imports.partner-not-entered",
                f"The partner {', '.join(missing)} is not entered in this house.",
                place,
                "Enter the six partners first: run `iisg prepare`.",
            )
        ]

    def _strange_objectives(self, record: NeedRecord) -> list[Finding]:
        if not record.objective:
            return []
        strange = [p for p in record.pillars if not self.framework.knows(p, record.four_p, record.objective)]
        return [
            Finding(
                Grade.WARNING,
                "imports.objective-new",
                f"The objective '{record.objective}' is not in the framework of {pillar} under {record.four_p}.",
                record.place,
                "It will be added to the draft framework; correct the wording where it means an existing one.",
            )
            for pillar in strange
        ]
