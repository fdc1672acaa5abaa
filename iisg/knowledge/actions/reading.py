"""One way into every file that can be read: its records, its subject, what its columns mean."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from iisg.foundations.core.findings import Finding
from iisg.foundations.core.folding import fold
from iisg.knowledge.actions import columns
from iisg.knowledge.actions.models import HeaderMapping
from iisg.knowledge.actions.reading_room.keeper import Allowance, ReadingRoom
from iisg.knowledge.actions.records import ActionRecord, NeedRecord, Remark
from iisg.knowledge.actions.sources import Limits, UnreadableFile

__all__ = ["ColumnsUnknown", "File", "UnreadableFile", "copy_with_remarks", "read"]


@dataclass(slots=True)
class File:
    """A file that can be read; `records` can be gone through once.

    `dated` is the moment that it states, as printed; an `extract` was taken out of this platform.
    """

    form: str
    subject: str
    version: str = ""
    records: Iterable[ActionRecord | NeedRecord] = ()
    count: int | None = None
    mapping: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    dated: str = ""
    extract: bool = False


class ColumnsUnknown(Exception):
    """Nobody has said yet what the columns mean; `description` holds sheets, columns, samples and a signature."""

    def __init__(self, form: str, description: dict[str, Any]) -> None:
        super().__init__("What the columns of this file mean is not known yet.")
        self.form = form
        self.description = description


def read(content: bytes, name: str, mapping: Mapping[str, Any] | None = None) -> File:
    """Open a file by its content; raises UnreadableFile, or ColumnsUnknown where its columns must be named first.

    It is read in a process of its own (docs/adr/0010), so that `File.records` is a stream that can be gone
    through once; also from there UnreadableFile may come.
    """
    room = _room(content, name, rows=(mapping or {}).get("rows"))
    try:
        return _read(room, mapping or {})
    except BaseException:
        room.close()
        raise


def copy_with_remarks(
    content: bytes, name: str, remarks: Sequence[Remark], heads: Sequence[str], marking: str
) -> bytes:
    """The file as a workbook with the remarks at its cells, written in a process of its own as well.

    Raises UnreadableFile where it has no cells, or where it needs more than a file may cost.
    """
    return _room(content, name, copies=True).copy(remarks, heads, marking)


def _room(
    content: bytes, name: str, *, copies: bool = False, rows: dict[str, int] | None = None
) -> ReadingRoom:
    seconds = settings.READING_SECONDS
    return ReadingRoom(
        content,
        name,
        limits=Limits(file_size=settings.READING_LIMIT_BYTES),
        allowance=Allowance(settings.READING_MEMORY_BYTES, seconds, seconds),
        copies=copies,
        rows=rows,
    )


def _read(room: ReadingRoom, mapping: Mapping[str, Any]) -> File:
    headers = room.headers()
    if headers is None:
        facts = room.facts()
        return File(
            facts.form,
            facts.subject,
            facts.version,
            room.records(),
            facts.count,
            findings=facts.findings,
            dated=facts.dated,
            extract=facts.extract,
        )
    signature = signature_of(headers.sheets)
    named = _named(mapping, signature)
    description: dict[str, Any] = {
        "signature": signature,
        "sheets": [_described(sheet) for sheet in headers.sheets],
    }
    if mapping.get("rows"):
        description["rows"] = dict(mapping["rows"])
    if named is None and not any(sheet.guess for sheet in headers.sheets):
        raise ColumnsUnknown(headers.form, description)
    room.answer(named)
    facts = room.facts()
    return File(
        facts.form,
        facts.subject,
        records=room.records(),
        mapping=description | ({"subject": named.kind, "columns": named.columns} if named else {}),
        findings=facts.findings,
        extract=facts.extract,
    )


def signature_of(described: list[columns.SheetHeaders]) -> str:
    """The same for every file with the same headers, whatever its rows."""
    headers = "\n".join("\t".join(fold(c.header) for c in sheet.columns) for sheet in described)
    return hashlib.sha256(headers.encode()).hexdigest()


def _named(mapping: Mapping[str, Any], signature: str) -> columns.Mapping | None:
    """The columns as a person named them for this file, or once for files with the same headers."""
    if mapping.get("columns"):
        return columns.Mapping(str(mapping["subject"]), dict(mapping["columns"]))
    remembered = HeaderMapping.objects.filter(signature=signature).first()
    return columns.Mapping(remembered.subject, remembered.columns) if remembered else None


def _described(sheet: columns.SheetHeaders) -> dict[str, Any]:
    return {
        "sheet": sheet.sheet,
        "row": sheet.row,
        "columns": [
            {"letter": c.letter, "header": c.header, "key": c.key, "samples": list(c.samples)}
            for c in sheet.columns
        ],
        "first": [[row.number, row.text] for row in sheet.first],
        "guess": {"subject": sheet.guess.kind, "columns": sheet.guess.columns} if sheet.guess else None,
    }
