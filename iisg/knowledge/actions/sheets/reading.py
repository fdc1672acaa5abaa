"""Reading a sheet of needs or of actions, as CSV or as a workbook, into records."""

from __future__ import annotations

import collections.abc
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from iisg.foundations.core.findings import Finding, Grade
from iisg.knowledge.actions.records import ActionRecord, NeedRecord
from iisg.knowledge.actions.sources import Source, open_source
from iisg.knowledge.actions.sources.refusals import refusal

from .assistance import ASSISTANCE
from .columns import INFORMATION
from .gathering import Gathering
from .grids import Grid
from .headers import (
    LOOK_AHEAD,
    HeaderRow,
    Mapping,
    find_header_row,
    fits_neither,
    grids,
    no_header_row,
)


@dataclass(slots=True)
class SheetReading:
    """What a file of sheets holds. `mappings` says by which columns each sheet was read ("" for CSV).

    `findings` are remarks about the file as a whole; those about a record stand with the record.
    """

    name: str
    needs: list[NeedRecord] = field(default_factory=list)
    actions: list[ActionRecord] = field(default_factory=list)
    mappings: dict[str, Mapping] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def records(self) -> list[NeedRecord | ActionRecord]:
        """Needs, then actions, refused ones included."""
        return [*self.needs, *self.actions]


def read_sheet(
    source: Source | bytes | Path,
    name: str = "",
    mapping: Mapping | None = None,
    *,
    assistance: collections.abc.Mapping[str, str] = ASSISTANCE,
) -> SheetReading:
    """Every row of every sheet that fits, as records with their findings, refused ones included.

    `mapping` says which column means what; without it the headers are guessed. `assistance` maps folded
    words of sources to kinds of assistance. Raises `UnreadableFile` where nothing can be read.
    """
    opened = source if isinstance(source, Source) else open_source(source, name)
    reading = SheetReading(opened.name, findings=list(opened.findings))
    seen: list[str] = []
    gathered = Gathering(reading, assistance)
    with grids(opened) as found:
        for grid in found:
            head = list(islice((row for row in grid.rows if not row.blank), LOOK_AHEAD))
            header = find_header_row(head, mapping)
            if header is None:
                seen += [cell for row in head[:1] for cell in row.cells]
                if head and grid.sheet:
                    reading.findings.append(_passed_over(grid, opened.name))
                continue
            _note_header(grid, header, reading)
            gathered.read_rows(grid, header, chain(head[header.position + 1 :], grid.rows))
    gathered.hand_out_money()
    if not reading.mappings:
        raise fits_neither(opened.name, seen) if seen else no_header_row(opened.name)
    if not reading.records:
        raise refusal(
            "sheet.no-records",
            "There is a row of headers, but no row below it.",
            place=opened.name,
            cure="Fill in at least one row.",
        )
    return reading


def _note_header(grid: Grid, header: HeaderRow, reading: SheetReading) -> None:
    """Remember how the sheet was read, and name the columns that nobody reads."""
    cells = header.row.cells
    reading.mappings[grid.sheet] = Mapping(header.kind, {cells[c]: name for c, name in header.fields.items()})
    unread = [
        cell
        for column, cell in enumerate(cells)
        if cell and column not in header.fields and not cell.startswith(INFORMATION)
    ]
    if unread:
        words = ", ".join(f"'{cell[:40]}'" for cell in unread[:12])
        place = grid.place(header.row.number)
        message = f"Nothing was read from the columns {words}."
        cure = "Say what they mean if they matter."
        reading.findings.append(Finding(Grade.WARNING, "sheet.columns-unread", message, place, cure))


def _passed_over(grid: Grid, name: str) -> Finding:
    return Finding(
        Grade.WARNING,
        "sheet.passed-over",
        f"Sheet '{grid.sheet}' has headers that fit neither needs nor actions; it was not read.",
        name,
        "Say which column means what if it matters.",
    )
