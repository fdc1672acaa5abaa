"""An extract as a file, written row by row to the disk, so that a fault never leaves half a file with a reader."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from iisg.foundations.core.naming import footnote
from iisg.foundations.core.tables import Table, Value, csv_pieces, json_pieces, write_workbook
from iisg.knowledge.actions.iati.writing import Handed, Publisher, iati_pieces
from iisg.knowledge.actions.sheets.columns import ABOUT
from iisg.knowledge.analysis.exporting.extract import MEANINGS, Extract, Form, Taken

MARK = "info_marking"
"""The column of a CSV file that carries the marking: whole in the first row, in short in every other."""


@dataclass(slots=True)
class MadeFile:
    """A file on the disk without a name there; `content` stands at its beginning."""

    content: IO[bytes]
    name: str
    form: Form
    size: int
    digest: str


def made_file(extract: Extract, taken: Taken, form: Form) -> MadeFile:
    """Write the file; the caller closes it."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - it is sent and closed by the response
    about = about_lines(extract, taken)
    if form.name == "xlsx":
        write_workbook(file, extract.tables(), _cover(about, extract), extract.marking.label)
    else:
        for piece in _pieces(extract, taken, form, about):
            file.write(piece)
    size = file.tell()
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return MadeFile(file, file_name(extract, taken, form), form, size, digest)


def file_name(extract: Extract, taken: Taken, form: Form) -> str:
    """`iisg-actions-2026-11-24-tlp-green.xlsx`."""
    mark = extract.marking.label.replace(":", "-").lower()
    return f"iisg-{extract.what}-{localtime(taken.at).date().isoformat()}-{mark}.{form.suffix}"


def about_lines(extract: Extract, taken: Taken) -> dict[str, tuple[str, str]]:
    """What every file says of itself: key -> (what in words, and what)."""
    return {
        "what": (_("What this is"), extract.title),
        "records": (_("Number of records"), str(extract.count)),
        "marking": (_("Marking"), str(MEANINGS[extract.marking])),
        "chosen_by": (_("Chosen by"), taken.chosen or _("nothing: all that the reader may see")),
        "day": (_("As it stands on"), taken.day.isoformat()),
        "taken_by": (_("Taken by"), taken.by),
        "taken_at": (_("Taken at"), localtime(taken.at).isoformat(timespec="seconds")),
        "source": (_("Source"), settings.HOUSE_NAME),
        "kosovo": ("Kosovo*", f"* {footnote()}"),
        "notes": (_("Notes"), " ".join(extract.notes)),
    }


def _pieces(
    extract: Extract, taken: Taken, form: Form, about: Mapping[str, tuple[str, str]]
) -> Iterator[bytes]:
    said = {key: text for key, (_words, text) in about.items() if text}
    if form.name == "csv":
        return csv_pieces(_marked(extract.flat(), extract.marking.label, " · ".join(said.values())))
    if form.name == "json":
        head: dict[str, Any] = {"schema": extract.schema, **said} if extract.schema else dict(said)
        return json_pieces({**head, "records": extract.count}, extract.lists())
    if extract.records is None:
        raise ValueError(f"There is no IATI file of {extract.what}.")
    publisher = Publisher(settings.IATI_PUBLISHER, settings.HOUSE_NAME)
    note = " · ".join(said.values())
    handed = Handed(extract.marking.label, taken.by, localtime(taken.at), taken.chosen, note, extract.part)
    return iati_pieces(extract.records(), publisher, handed)


def _marked(table: Table, label: str, whole: str) -> Table:
    """The table with its marking in its last column."""

    def rows() -> Iterable[Mapping[str, Value]]:
        mark = whole
        for row in table.rows:
            yield {**row, MARK: mark}
            mark = label

    return Table(table.title, (*table.columns, MARK), rows(), table.wide)


def _cover(about: Mapping[str, tuple[str, str]], extract: Extract) -> Table:
    """The first sheet of a workbook: what the file is, then what its columns mean."""
    lines = [*about.values(), *extract.meanings.items()]
    rows: list[Mapping[str, Value]] = [{ABOUT: words, "": text} for words, text in lines if text]
    return Table(ABOUT, (ABOUT, ""), rows, frozenset({""}))
