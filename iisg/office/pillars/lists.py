"""A list of focal points as a file: marked in itself, never calculated by the program that opens it."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import IO

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from iisg.foundations.core.handling import Marking
from iisg.foundations.core.naming import footnote
from iisg.foundations.core.tables import Table, Value, csv_pieces, write_workbook

CONTENT_TYPES = MappingProxyType(
    {
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "csv": "text/csv; charset=utf-8",
    }
)
"""Formats by name, with what a server says of them."""
MARK = "info_marking"
"""The column of a CSV file that carries the marking: whole in the first row, in short in every other."""


@dataclass(slots=True)
class MadeList:
    """A file on the disk without a name there; `content` stands at its beginning."""

    content: IO[bytes]
    name: str
    form: str
    chosen: str
    count: int
    size: int
    digest: str
    marking: Marking


def made_list(
    table: Table, what: str, form: str, marking: Marking, chosen: str, taken_by: str, at: datetime
) -> MadeList:
    """Write the table as `form`; `what` is part of its name, `chosen` says the filters in words."""
    rows = list(table.rows)
    about = {
        _("What this is"): table.title,
        _("Number of lines"): str(len(rows)),
        _("Marking"): _("%(label)s: for members of the mechanism and its Secretariat, not for publication.")
        % {"label": marking.label},
        _("Chosen by"): chosen or _("nothing: all that the reader may see"),
        _("Taken by"): taken_by,
        _("Taken at"): localtime(at).isoformat(timespec="seconds"),
        _("Source"): settings.HOUSE_NAME,
        "Kosovo*": f"* {footnote()}",
    }
    file = tempfile.TemporaryFile()  # noqa: SIM115 - it is sent and closed by the response
    if form == "xlsx":
        lines: list[Mapping[str, Value]] = [{"about": words, "": text} for words, text in about.items()]
        cover = Table("about", ("about", ""), lines, frozenset({""}))
        sheet = Table(table.title, table.columns, rows, table.wide)
        write_workbook(file, (sheet,), cover, marking.label)
    else:
        whole = " · ".join(about.values())
        marked = Table(table.title, (*table.columns, MARK), _marked(rows, whole, marking.label))
        for piece in csv_pieces(marked):
            file.write(piece)
    size = file.tell()
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    mark = marking.label.replace(":", "-").lower()
    name = f"iisg-{what}-{localtime(at).date().isoformat()}-{mark}.{form}"
    return MadeList(file, name, form, chosen, len(rows), size, digest, marking)


def _marked(rows: list[Mapping[str, Value]], whole: str, label: str) -> Iterator[Mapping[str, Value]]:
    for number, row in enumerate(rows):
        yield {**row, MARK: label if number else whole}
