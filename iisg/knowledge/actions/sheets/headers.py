"""What the columns of a sheet mean: guessed where the words are plain, else left to a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from openpyxl.utils import get_column_letter

from iisg.foundations.core.findings import brief
from iisg.foundations.core.folding import fold
from iisg.knowledge.actions.columns import HeaderColumn, Mapping, SheetHeaders
from iisg.knowledge.actions.sources import Source, open_source
from iisg.knowledge.actions.sources.refusals import refusal

from .columns import OWN_SHEETS
from .fields import FIELDS, REQUIRED, SYNONYMS
from .grids import Grid, Row, text_grid
from .workbooks import workbook_grids

LOOK_AHEAD: Final = 40
_FEWEST_KNOWN = 4


@dataclass(slots=True)
class HeaderRow:
    """A header row: `position` among the rows looked at, `fields` by column from 0."""

    position: int
    row: Row
    kind: str
    fields: dict[int, str]


def guess_mapping(headers: Sequence[str]) -> Mapping | None:
    """The mapping of a header row, exact or by known synonyms; None where it fits neither kind of sheet."""
    best: Mapping | None = None
    for kind in FIELDS:
        columns: dict[str, str] = {}
        for header in headers:
            name = _field(kind, header)
            if name and name not in columns.values():
                columns[header] = name
        mapping = Mapping(kind, columns)
        enough = REQUIRED[kind] <= set(columns.values()) and len(columns) >= _FEWEST_KNOWN
        if enough and (best is None or len(columns) > len(best.columns)):
            best = mapping
    return best


def describe_headers(source: Source | bytes | Path, name: str = "") -> list[SheetHeaders]:
    """Sheets with their header row, first values and guess, for a person to map; raises `UnreadableFile`."""
    opened = source if isinstance(source, Source) else open_source(source, name)
    described = []
    with grids(opened) as found:
        for grid in found:
            rows = list(islice((row for row in grid.rows if not row.blank), LOOK_AHEAD))
            if rows:
                described.append(_describe(grid.sheet, rows))
    if not described:
        raise no_header_row(opened.name)
    return described


@contextmanager
def grids(source: Source) -> Iterator[list[Grid]]:
    """The sheets of a workbook or the one grid of delimited text."""
    if source.format == "table":
        yield [text_grid(source)]
    elif source.format == "workbook":
        with workbook_grids(source) as found:
            yield [grid for grid in found if grid.sheet not in OWN_SHEETS]
    else:
        raise refusal(
            "sheet.not-one",
            "This is no sheet.",
            place=source.name,
            cure="Send an .xlsx workbook or a CSV file.",
        )


def find_header_row(rows: Sequence[Row], mapping: Mapping | None) -> HeaderRow | None:
    """The row that fits best: by the mapping given, else by guessing; None where no row fits."""
    best: HeaderRow | None = None
    for position, row in enumerate(rows):
        known = mapping or guess_mapping(row.cells)
        if known is None:
            continue
        by_header = {fold(header): name for header, name in known.columns.items()}
        fields: dict[int, str] = {}
        for column, cell in enumerate(row.cells):
            name = by_header.get(fold(cell), "") if cell else ""
            if name and name not in fields.values():
                fields[column] = name
        fits = REQUIRED[known.kind] <= set(fields.values())
        if fits and (best is None or len(fields) > len(best.fields)):
            best = HeaderRow(position, row, known.kind, fields)
    return best


def is_hint_row(row: Row) -> bool:
    """A row of tags below the headers (#adm1+name, #sector), as the humanitarian exchange language has."""
    filled = [cell for cell in row.cells if cell]
    return bool(filled) and all(
        cell.startswith("#") and len(cell) > 1 and cell[1].isalpha() for cell in filled
    )


def no_header_row(name: str) -> Exception:
    """The refusal of a file in which nothing looks like headers."""
    return refusal(
        "sheet.no-header-row",
        "No row with headers was found in the file.",
        place=name,
        cure="Put the names of the columns into the first row.",
    )


def fits_neither(name: str, seen: Iterable[str]) -> Exception:
    """The refusal of a file whose headers are neither those of needs nor those of actions."""
    words = ", ".join(f"'{brief(cell, 40)}'" for cell in islice((cell for cell in seen if cell), 12))
    return refusal(
        "sheet.headers-fit-nothing",
        f"The headers ({words}) fit neither needs (ref, need …) nor actions (ref, title …).",
        place=name,
        cure="Say which column means what, or use the columns of the template.",
    )


def _field(kind: str, header: str) -> str:
    folded = fold(header)
    if folded in FIELDS[kind]:
        return FIELDS[kind][folded]
    return SYNONYMS[kind].get(folded, "")


def _describe(sheet: str, rows: list[Row]) -> SheetHeaders:
    header = find_header_row(rows, None)
    position = header.position if header else _likeliest(rows)
    row = rows[position]
    below = [later for later in rows[position + 1 :] if not is_hint_row(later)]
    columns = tuple(
        HeaderColumn(get_column_letter(column + 1), cell, _samples(below, column))
        for column, cell in enumerate(row.cells)
        if cell or _samples(below, column)
    )
    return SheetHeaders(sheet, row.number, columns, guess_mapping(row.cells))


def _samples(rows: list[Row], column: int) -> tuple[str, ...]:
    values = (row.cells[column] for row in rows if column < len(row.cells) and row.cells[column])
    return tuple(brief(value, 200) for value in islice(dict.fromkeys(values), 3))


def _likeliest(rows: list[Row]) -> int:
    """The first row with nearly as many cells as the widest, all of them words: titles above are narrower."""
    widest = max(sum(bool(cell) for cell in row.cells) for row in rows)
    for position, row in enumerate(rows):
        filled = [cell for cell in row.cells if cell]
        if len(filled) * 10 >= widest * 7 and not any(cell.replace(".", "").isdigit() for cell in filled):
            return position
    return 0
