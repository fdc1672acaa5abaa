"""What the columns of a sheet mean: guessed where the words are plain, else left to a person."""

from __future__ import annotations

import collections.abc
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path
from typing import Final

from openpyxl.utils import get_column_letter

from iisg.foundations.core.findings import brief
from iisg.foundations.core.folding import fold
from iisg.knowledge.actions.columns import FirstRow, HeaderColumn, Mapping, SheetHeaders
from iisg.knowledge.actions.sources import Source, open_source
from iisg.knowledge.actions.sources.refusals import refusal

from .columns import OWN_SHEETS
from .fields import FIELDS, REQUIRED, SYNONYMS
from .grids import Grid, Row, text_grid
from .workbooks import workbook_grids

LOOK_AHEAD: Final = 40
_FEWEST_KNOWN = 4
_LONGEST_HEADER = 120
_OFFERED = 10
"""Rows that a person can choose the headers from, at least."""
Rows = collections.abc.Mapping[str, int]
"""Sheet to the row in which its headers stand, 0 for none."""


@dataclass(slots=True)
class HeaderRow:
    """A header row, as wide as the sheet; `fields` by column from 0."""

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


def describe_headers(
    source: Source | bytes | Path, name: str = "", rows: Rows | None = None
) -> list[SheetHeaders]:
    """Sheets with their header row, first values and guess, for a person to map; raises `UnreadableFile`.

    `rows` says of sheets in which row their headers stand; of the others it is guessed.
    """
    opened = source if isinstance(source, Source) else open_source(source, name)
    described = []
    with grids(opened) as found:
        for grid in found:
            head = list(islice((row for row in grid.rows if not row.blank), LOOK_AHEAD))
            if head:
                described.append(_describe(grid.sheet, head, (rows or {}).get(grid.sheet)))
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


def find_header_row(
    rows: Sequence[Row], mapping: Mapping | None, number: int | None = None
) -> HeaderRow | None:
    """The row that fits best: by the mapping given, else by guessing; None where no row fits.

    Only the row of the `number` is looked at where one is given, be it blank or (0) none at all.
    """
    width = max((len(row.cells) for row in rows), default=0)
    best: HeaderRow | None = None
    for row in rows if number is None else [_row_of(rows, number)]:
        known = mapping or guess_mapping(row.cells)
        if known is None:
            continue
        by_header = {fold(header): name for header, name in known.columns.items()}
        fields: dict[int, str] = {}
        for column, key in enumerate(column_keys(row.cells, width)):
            name = by_header.get(fold(key), "")
            if name and name not in fields.values():
                fields[column] = name
        fits = REQUIRED[known.kind] <= set(fields.values())
        if fits and (best is None or len(fields) > len(best.fields)):
            padded = [*row.cells, *[""] * (width - len(row.cells))]
            best = HeaderRow(Row(row.number, padded), known.kind, fields)
    return best


def column_keys(cells: Sequence[str], width: int) -> list[str]:
    """By what name each column is mapped: its header, by its letter where it has none or that of another."""
    keys: list[str] = []
    seen: set[str] = set()
    for column, header in enumerate([*cells, *[""] * (width - len(cells))]):
        letter = get_column_letter(column + 1)
        key = header or f"column {letter} (no header)"
        keys.append(f"{header} (column {letter})" if fold(key) in seen else key)
        seen.add(fold(key))
    return keys


def looks_like_data(row: Row, below: Sequence[Row]) -> bool:
    """Whether a row is like those below it rather than their headers: values that come again, figures of one shape."""
    records = headers = 0
    for column, cell in enumerate(row.cells):
        others = [each.cells[column] for each in below if column < len(each.cells) and each.cells[column]]
        if not cell or not others:
            continue
        figures = sum(_has_figure(other) for other in others)
        alike = sum(_is_long(other) if _is_long(cell) else _shape(other) == _shape(cell) for other in others)
        if cell in others or (_has_figure(cell) and alike * 2 >= len(others)):
            records += 1
        elif not _has_figure(cell) and figures * 2 > len(others):
            headers += 1
    return records > headers


def _has_figure(cell: str) -> bool:
    return any(letter.isdigit() for letter in cell) or _is_long(cell)


def _is_long(cell: str) -> bool:
    """Too long for a header, or an address of the web."""
    return len(cell) > _LONGEST_HEADER or cell.lower().startswith(("http://", "https://"))


def _shape(cell: str) -> str:
    """ACT-001 and ACT-27 have one shape."""
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "9", cell))


def _row_of(rows: Sequence[Row], number: int) -> Row:
    """The row of that number; one that holds nothing has no cells."""
    return next((row for row in rows if row.number == number), Row(number, []))


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


def _describe(sheet: str, rows: list[Row], number: int | None) -> SheetHeaders:
    header = find_header_row(rows, None) if number is None else None
    row = header.row if header else _likeliest(rows) if number is None else _row_of(rows, number)
    below = [later for later in rows if later.number > row.number and not is_hint_row(later)]
    width = max(len(each.cells) for each in rows)
    columns = tuple(
        HeaderColumn(get_column_letter(column + 1), header, samples, key)
        for column, (header, key) in enumerate(
            zip_longest(row.cells[:width], column_keys(row.cells, width), fillvalue="")
        )
        if (samples := _samples(below, column)) or header
    )
    first = tuple(
        FirstRow(number, brief(" · ".join(filter(None, _row_of(rows, number).cells)), 120))
        for number in range(1, max(_OFFERED, row.number) + 1)
    )
    return SheetHeaders(sheet, row.number, columns, guess_mapping(row.cells), first)


def _samples(rows: list[Row], column: int) -> tuple[str, ...]:
    values = (row.cells[column] for row in rows if column < len(row.cells) and row.cells[column])
    return tuple(brief(value, 200) for value in islice(dict.fromkeys(values), 3))


def _likeliest(rows: list[Row]) -> Row:
    """The first row with nearly as many cells as the widest that is no record; titles above it are narrower.

    Where records come first, the row above them, be it damaged, blank or (0) not there: no record becomes headers.
    """
    widest = max(sum(bool(cell) for cell in row.cells) for row in rows)
    for position, row in enumerate(rows):
        below = [later for later in rows[position + 1 :] if not is_hint_row(later)]
        if looks_like_data(row, below):
            return rows[position - 1] if position else Row(row.number - 1, [])
        if sum(bool(cell) for cell in row.cells) * 10 >= widest * 7:
            return row
    return rows[0]
