"""Reading a sheet of needs or of actions, as CSV or as a workbook, into records."""

from __future__ import annotations

import collections.abc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from iisg.foundations.core.findings import Finding, Grade, brief
from iisg.foundations.core.folding import fold
from iisg.knowledge.actions.columns import Mapping
from iisg.knowledge.actions.records import ActionRecord, NeedRecord
from iisg.knowledge.actions.sources import Source, open_source
from iisg.knowledge.actions.sources.refusals import refusal

from .assistance import ASSISTANCE
from .columns import INFORMATION
from .fields import REQUIRED
from .gathering import Gathering, Sheet
from .grids import Grid, Row
from .headers import (
    LOOK_AHEAD,
    HeaderRow,
    Rows,
    column_keys,
    find_header_row,
    fits_neither,
    grids,
    is_hint_row,
    looks_like_data,
    no_header_row,
)

_NEEDED = {"ref": "the reference of the record", "title": "the title", "need": "the text of the need"}


@dataclass(slots=True)
class SheetReading:
    """What a file of sheets holds. `mappings` says by which columns each sheet was read ("" for CSV).

    `records` are needs, then actions, refused ones included. `findings` are remarks about the file as a whole;
    those about a record stand with the record. An `extract` was taken out of this platform: templates and other
    people's files have none of the columns that we add for reading only.
    """

    name: str
    mappings: dict[str, Mapping] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    records: Iterable[NeedRecord | ActionRecord] = ()
    extract: bool = False

    @property
    def subject(self) -> str:
        """ "needs", "actions" or "both"."""
        kinds = {mapping.kind for mapping in self.mappings.values()} - {"money"}
        return kinds.pop() if len(kinds) == 1 else "both"

    @property
    def needs(self) -> list[NeedRecord]:
        """The needs of a file that was read to its end."""
        return [record for record in self.records if isinstance(record, NeedRecord)]

    @property
    def actions(self) -> list[ActionRecord]:
        """The actions of a file that was read to its end."""
        return [record for record in self.records if isinstance(record, ActionRecord)]


def read_sheet(
    source: Source | bytes | Path,
    name: str = "",
    mapping: Mapping | None = None,
    *,
    assistance: collections.abc.Mapping[str, str] = ASSISTANCE,
) -> SheetReading:
    """Every row of every sheet that fits, as a list of records with their findings, refused ones included.

    `mapping` says which column means what; without it the headers are guessed. `assistance` maps folded
    words of sources to kinds of assistance. Raises `UnreadableFile` where nothing can be read.
    """
    opened = source if isinstance(source, Source) else open_source(source, name)
    with open_sheets(opened, mapping, assistance=assistance) as reading:
        reading.records = list(reading.records)
    return reading


@contextmanager
def open_sheets(
    source: Source,
    mapping: Mapping | None = None,
    *,
    assistance: collections.abc.Mapping[str, str] = ASSISTANCE,
    rows: Rows | None = None,
) -> Iterator[SheetReading]:
    """The same without a list: the records come one by one and must be taken inside the block.

    `rows` says of sheets in which row their headers stand; of the others it is found.
    A fault further down the file raises `UnreadableFile` from the records.
    """
    reading = SheetReading(source.name, findings=list(source.findings))
    seen: list[str] = []
    fitting: list[Sheet] = []
    with grids(source) as found:
        for grid in found:
            head = list(islice((row for row in grid.rows if not row.blank), LOOK_AHEAD))
            header = find_header_row(head, mapping, (rows or {}).get(grid.sheet))
            if header is None:
                seen += [cell for row in head[:1] for cell in row.cells]
                if head and grid.sheet:
                    reading.findings.append(_passed_over(grid, head, source.name, mapping))
                continue
            below = [row for row in head if row.number > header.row.number]
            _note_header(grid, header, below, reading)
            _note_above(grid, header, head, reading)
            fitting.append((grid, header, chain(below, grid.rows)))
        if not reading.mappings:
            raise fits_neither(source.name, seen) if seen else no_header_row(source.name)
        records = Gathering(reading.findings, assistance).records(fitting)
        first = next(records, None)
        if first is None:
            raise _no_records(source.name)
        reading.records = chain([first], records)
        yield reading


def _note_header(grid: Grid, header: HeaderRow, below: list[Row], reading: SheetReading) -> None:
    """Remember how the sheet was read, and name the columns that nobody reads."""
    cells = header.row.cells
    keys = column_keys(cells, len(cells))
    reading.mappings[grid.sheet] = Mapping(header.kind, {keys[c]: name for c, name in header.fields.items()})
    filled = {column for row in below for column, cell in enumerate(row.cells) if cell}
    reading.extract = reading.extract or any(cell.startswith(INFORMATION) for cell in cells)
    unread = [
        cell or keys[column]
        for column, cell in enumerate(cells)
        if column not in header.fields and not cell.startswith(INFORMATION) and (cell or column in filled)
    ]
    if unread:
        words = ", ".join(f"'{cell[:40]}'" for cell in unread[:12])
        place = grid.place(header.row.number) if header.row.number else reading.name
        message = f"Nothing was read from the columns {words}."
        cure = "Say what they mean if they matter."
        reading.findings.append(Finding(Grade.WARNING, "sheet.columns-unread", message, place, cure))


def _note_above(grid: Grid, header: HeaderRow, head: list[Row], reading: SheetReading) -> None:
    """Tell of rows above the headers that look like records: a title is passed over in silence, a record is not."""
    number = header.row.number
    others = [row for row in head if row.number != number and not is_hint_row(row)]
    above = [
        row
        for row in others
        if row.number < number and looks_like_data(row, [each for each in others if each is not row])
    ]
    if above:
        first = brief(" · ".join(filter(None, above[0].cells)), 80)
        message = (
            f"Above the headers in row {number} stand {len(above)} rows like records, from '{first}' on."
        )
        if len(above) == 1:
            message = f"Above the headers in row {number} stands a row like a record: '{first}'."
        cure = "Nothing was read from there. If they are records, say in which row the headers stand."
        place = grid.place(above[0].number)
        reading.findings.append(Finding(Grade.WARNING, "sheet.rows-above", message, place, cure))


def _passed_over(grid: Grid, head: list[Row], name: str, mapping: Mapping | None) -> Finding:
    """A sheet that is not read, with what it lacks where somebody said what the columns of the file mean."""
    message = f"Sheet '{grid.sheet}' has headers that fit neither needs nor actions; it was not read."
    cure = "Say which column means what if it matters."
    if mapping:
        named = {fold(header): name for header, name in mapping.columns.items()}
        found = max(
            ({named.get(fold(cell), "") for cell in row.cells} for row in head), key=len, default=set()
        )
        missing = " and ".join(
            words for name, words in _NEEDED.items() if name in REQUIRED[mapping.kind] - found
        )
        message = f"Sheet '{grid.sheet}' has no column that was named as {missing}; it was not read."
        cure = "If its rows are records, give them such a column; if not, nothing is lost."
    return Finding(Grade.WARNING, "sheet.passed-over", message, name, cure)


def _no_records(name: str) -> Exception:
    return refusal(
        "sheet.no-records",
        "There is a row of headers, but no row below it.",
        place=name,
        cure="Fill in at least one row.",
    )
