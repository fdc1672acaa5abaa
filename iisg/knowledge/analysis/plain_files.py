"""Needs and actions read from plain files into the engine's rows; no database and no Django."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final

from iisg.foundations.core.findings import Finding, Grade
from iisg.foundations.core.folding import fold
from iisg.knowledge.actions.columns import Mapping as Columns
from iisg.knowledge.actions.records import ActionRecord, NeedRecord
from iisg.knowledge.actions.sheets.fields import FIELDS, SYNONYMS
from iisg.knowledge.actions.sheets.headers import describe_headers
from iisg.knowledge.actions.sheets.reading import read_sheet
from iisg.knowledge.actions.sources import open_source
from iisg.knowledge.actions.sources.refusals import refusal
from iisg.knowledge.analysis.engine.relating.records import Report
from iisg.knowledge.analysis.engine.rows import ActionRow, NeedRow

SECOND_REPORTS: Final[Mapping[str, str]] = {
    "ref": "ref", "donor": "donor", "implementer": "implementer", "beneficiaries": "beneficiaries",
    "amount": "budget_amount", "currency": "budget_currency", "start_date": "start_date", "end_date": "end_date",
    "title": "title", "description": "summary", "language": "original_language",
}  # fmt: skip
"""Columns of a file of second reports and the field each holds; other columns of it are not read."""

NEEDED: Final[Mapping[str, tuple[str, ...]]] = {"needs": ("ref", "need"), "actions": ("ref", "title")}
_UNSAID: Final = frozenset({"sheet.columns-unread"})


@dataclass(slots=True)
class PlainFile:
    """The records of one file that can be used, in its order, and what there is to say about it, row by row."""

    name: str
    needs: list[NeedRecord] = field(default_factory=list)
    actions: list[ActionRecord] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether a row was left out."""
        return any(finding.refuses for finding in self.findings)


def read_needs(path: Path) -> PlainFile:
    """A file of needs; raises `UnreadableFile` where it cannot be used, and OSError where it is not there."""
    return _read(path, "needs")


def read_actions(path: Path) -> PlainFile:
    """A file of actions; raises as `read_needs`."""
    return _read(path, "actions")


def read_second_reports(path: Path) -> PlainFile:
    """A file of second reports of actions, with the columns of SECOND_REPORTS; raises as `read_needs`."""
    return _read(path, "actions", SECOND_REPORTS)


def without_repeated(files: Sequence[PlainFile]) -> None:
    """Leave out, with a finding, every action whose reference an earlier file has already used."""
    first: dict[str, str] = {}
    for file in files:
        kept = []
        for action in file.actions:
            if other := first.get(fold(action.ref)):
                message = f"The reference '{action.ref}' is already used in {other}."
                cure = "Give one of the two records another reference."
                file.findings.append(Finding(Grade.ERROR, "plain.ref-twice", message, action.place, cure))
            else:
                kept.append(action)
        first |= {fold(action.ref): f"{file.name}, {action.place}" for action in kept}
        file.actions = kept


def _read(path: Path, kind: str, named: Mapping[str, str] | None = None) -> PlainFile:
    source = open_source(path, path.name)
    columns = _columns(path, kind, named)
    reading = read_sheet(source, mapping=columns)
    file = PlainFile(path.name, findings=[f for f in reading.findings if f.code not in _UNSAID])
    file.findings += [finding for record in reading.records for finding in record.findings]
    file.needs = [need for need in reading.needs if not need.refused]
    file.actions = [action for action in reading.actions if not action.refused]
    return file


def _columns(path: Path, kind: str, named: Mapping[str, str] | None) -> Columns:
    """What the columns mean; refuses a file that lacks one which must be there, and says which it has."""
    headers = describe_headers(open_source(path, path.name))[0]
    printed = [column.header for column in headers.columns]
    known = (
        {fold(name): meaning for name, meaning in named.items()}
        if named
        else {**SYNONYMS[kind], **FIELDS[kind]}
    )
    found: dict[str, str] = {}
    for header in printed:
        meaning = known.get(fold(header), "")
        if meaning and meaning not in found.values():
            found[header] = meaning
    missing = [name for name in NEEDED[kind] if name not in found.values()]
    if missing:
        words = " and ".join(f"'{name}'" for name in missing)
        raise refusal(
            "plain.columns-missing",
            f"A file of {kind} must have a column {words}; its first row reads: {', '.join(printed[:12])}.",
            place=f"{path.name}, line {headers.row}",
            cure="Name the columns in the first row as docs/how-to/analyse-plain-files.md lists them.",
        )
    return Columns(kind, found)


def need_row(record: NeedRecord) -> NeedRow:
    """A need as the engine of suggestions reads it."""
    return NeedRow(
        record.ref,
        record.title,
        record.objective,
        partners=frozenset(record.partners),
        pillars=frozenset(record.pillars),
        kinds=frozenset(record.kinds),
        perspective=record.perspective,
        priority=record.priority,
    )


def action_row(record: ActionRecord) -> ActionRow:
    """An action as the engine of suggestions reads it; the printed kinds of assistance belong to its text."""
    partners = frozenset(record.partners)
    return ActionRow(
        record.ref,
        record.title,
        f"{record.summary} {record.assistance_printed}",
        start=record.start.first,
        start_by=record.start.last,
        end=record.end.last,
        stage=record.stage,
        named=partners if record.names_partners else frozenset(),
        regional=frozenset() if record.names_partners else partners,
        pillars=frozenset(record.pillars),
        assistance=frozenset(record.assistance),
    )


def report_of(record: ActionRecord) -> Report:
    """An action as the engine of relations reads it."""
    amount, currency = _sum(record)
    return Report(
        ref=record.ref,
        title=record.title,
        summary=record.summary,
        original_title=record.title_original,
        funders=_named(record, "funding", "extending"),
        implementers=_named(record, "implementing", "participating"),
        reporter=record.reporter.name if record.reporter else "",
        partners=frozenset(record.partners),
        named=record.names_partners,
        pillars=frozenset(record.pillars),
        assistance=frozenset(record.assistance),
        amount=amount,
        currency=currency,
        start=record.start.first,
        start_by=record.start.last,
        end=record.end.last,
        end_from=record.end.first,
        kind=record.form,
        stage=record.stage,
        parents=frozenset(record.parent_refs),
        funder_actions=frozenset(flow.source_activity for flow in record.flows if flow.source_activity),
    )


def _named(record: ActionRecord, *roles: str) -> frozenset[str]:
    return frozenset(party.name for party in record.parties if party.role in roles and party.name)


def _sum(record: ActionRecord) -> tuple[Decimal | None, str]:
    """The record's total where its known sums are in one currency; None and "" where they are not, or none is."""
    sums = [flow for flow in record.flows if flow.kind == "total" and flow.amount is not None]
    currencies = {flow.currency for flow in sums}
    if len(currencies) != 1:
        return None, ""
    return sum((flow.amount or Decimal(0) for flow in sums), Decimal(0)), currencies.pop()


def reports_of(files: Iterable[PlainFile]) -> list[Report]:
    """All actions of these files as the engine of relations reads them."""
    return [report_of(action) for file in files for action in file.actions]
