"""One way into every file that can be read: its records, its subject, and the fields of which it does not speak."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from iisg.foundations.core.findings import Finding
from iisg.foundations.core.folding import fold
from iisg.knowledge.actions import comparing, iati, plain, sheets
from iisg.knowledge.actions.models import HeaderMapping
from iisg.knowledge.actions.records import ActionRecord, NeedRecord
from iisg.knowledge.actions.sheets.fields import FIELDS
from iisg.knowledge.actions.sources import Limits, Source, UnreadableFile, open_source
from iisg.knowledge.needs import comparing as needs_comparing

__all__ = ["ColumnsUnknown", "File", "UnreadableFile", "read"]

_SPOKEN = {
    "needs": {
        "title": ("need",),
        "title_original": ("title_original",),
        "original_language": ("original_language",),
        "kinds": ("need_kind",),
        "partners": ("partner",),
        "placements": ("pillar", "four_p", "objective", "measure"),
    },
    "actions": {
        "title_language": ("title", "title_language"),
        "form": ("kind",),
        "kind": ("donor_kind", "assistance_type", "action_kind"),
        "parties": (
            "donor",
            "implementer",
            "partners",
            "extending",
            "accountable",
            "beneficiary_bodies",
        ),
        "places": ("beneficiaries", "scope", "partners_named"),
        "pillars": ("pillar",),
        "assistance": ("assistance_type", "assistance_kinds"),
        "assistance_printed": ("assistance_type",),
        "flows": ("budget_amount", "budget_currency", "money_state"),
        "money_note": ("budget_note", "money_note"),
        "stage": ("stage_in_source", "action_stage"),
        "stage_printed": ("stage_in_source",),
        "mechanism_link": ("iisg_link_in_source",),
        "start_on": ("start_date",),
        "start_precision": ("start_date",),
        "start_printed": ("start_date",),
        "end_on": ("end_date", "duration_months"),
        "end_precision": ("end_date", "duration_months"),
        "end_printed": ("end_date",),
        "end_derived": ("end_date", "duration_months"),
        "sectors": ("sectors",),
    },
}
"""Which columns speak of a fact; facts not named here have a column of their own name."""


_DAYS = tuple(comparing.days(ActionRecord("", "")))
_PLAIN_FACTS = {
    *comparing.PLAIN, *needs_comparing.PLAIN, *_DAYS,
    "pillars", "assistance", "sectors", "parties", "places", "flows", "kinds", "partners", "placements",
}  # fmt: skip
_ELSEWHERE = {"places": "partners", "placements": "places"} | {day: day.partition("_")[0] for day in _DAYS}
"""Facts that stand in JSON under another name."""


@dataclass(slots=True)
class File:
    """A file that can be read. `silent` are the facts of which it has no column: they keep what is recorded."""

    form: str
    subject: str
    version: str = ""
    records: Iterable[ActionRecord | NeedRecord] = ()
    count: int | None = None
    mapping: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    silent: frozenset[str] = frozenset()


class ColumnsUnknown(Exception):
    """Nobody has said yet what the columns mean; `description` holds sheets, columns, samples and a signature."""

    def __init__(self, form: str, description: dict[str, Any]) -> None:
        super().__init__("What the columns of this file mean is not known yet.")
        self.form = form
        self.description = description


def read(content: bytes, name: str, mapping: Mapping[str, Any] | None = None) -> File:
    """Open a file by its content; raises UnreadableFile, or ColumnsUnknown where its columns must be named first."""
    source = open_source(content, name, limits=Limits(file_size=settings.IMPORT_LIMIT_BYTES))
    if source.format == "iati":
        return File(
            "iati",
            "actions",
            source.version,
            iati.read_iati(source),
            source.count,
            findings=list(source.findings),
        )
    if source.format == "json":
        return _read_plain(source)
    described = sheets.describe_headers(source)
    signature = signature_of(described)
    named = _named(mapping or {}, signature)
    if named is None and not any(sheet.guess for sheet in described):
        raise ColumnsUnknown(
            source.format, {"signature": signature, "sheets": [_described(s) for s in described]}
        )
    reading = sheets.read_sheet(source, name, named)
    subject = "both" if reading.needs and reading.actions else "needs" if reading.needs else "actions"
    spoken = {f for m in reading.mappings.values() for f in m.columns.values()}
    return File(
        source.format,
        subject,
        records=reading.records,
        count=len(reading.records),
        mapping={"signature": signature, "sheets": [_described(s) for s in described]}
        | ({"subject": named.kind, "columns": named.columns} if named else {}),
        findings=reading.findings,
        silent=_silent("needs" if subject == "needs" else "actions", spoken),
    )


def _read_plain(source: Source) -> File:
    """Records of a JSON file of this house; facts that none of them names keep what is recorded."""
    found = plain.read_plain(source)
    subject = "both" if found.needs and found.actions else "needs" if found.needs else "actions"
    silent = frozenset(fact for fact in _PLAIN_FACTS if _ELSEWHERE.get(fact, fact) not in found.spoken)
    return File(
        "json", subject, plain.SCHEMA.rpartition("/")[2], found.records, len(found.records), silent=silent
    )


def signature_of(described: list[sheets.SheetHeaders]) -> str:
    """The same for every file with the same headers, whatever its rows."""
    headers = "\n".join("\t".join(fold(c.header) for c in sheet.columns) for sheet in described)
    return hashlib.sha256(headers.encode()).hexdigest()


def _named(mapping: Mapping[str, Any], signature: str) -> sheets.Mapping | None:
    """The columns as a person named them for this file, or once for files with the same headers."""
    if mapping.get("columns"):
        return sheets.Mapping(str(mapping["subject"]), dict(mapping["columns"]))
    remembered = HeaderMapping.objects.filter(signature=signature).first()
    return sheets.Mapping(remembered.subject, remembered.columns) if remembered else None


def _described(sheet: sheets.SheetHeaders) -> dict[str, Any]:
    return {
        "sheet": sheet.sheet,
        "row": sheet.row,
        "columns": [
            {"letter": c.letter, "header": c.header, "samples": list(c.samples)} for c in sheet.columns
        ],
        "guess": {"subject": sheet.guess.kind, "columns": sheet.guess.columns} if sheet.guess else None,
    }


def _silent(subject: str, spoken: set[str]) -> frozenset[str]:
    """Facts for which none of the file's columns speaks."""
    known = _SPOKEN[subject]
    facts = set(known) | set(FIELDS[subject].values()) | {"measure"}
    return frozenset(fact for fact in facts if not spoken & set(known.get(fact, (fact,))))
