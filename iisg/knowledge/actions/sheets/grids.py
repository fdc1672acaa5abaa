"""Rows of cells, the same for delimited text and for workbooks: text in every cell, and a place for each."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from iisg.foundations.core.findings import brief
from iisg.foundations.core.formulas import undo
from iisg.knowledge.actions.sources import Source
from iisg.knowledge.actions.sources.refusals import Limits, refusal

from .marks import tidy

DELIMITERS = ",;\t|"
_LONGEST_CELL = 1_000_000
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")


@dataclass(slots=True)
class Row:
    """One row: `number` as a spreadsheet program or a text editor shows it; `faults` by column, from 0."""

    number: int
    cells: list[str]
    faults: dict[int, str] = field(default_factory=dict)

    @property
    def blank(self) -> bool:
        """Whether nothing is written in it."""
        return not any(self.cells) and not self.faults


@dataclass(slots=True)
class Grid:
    """One sheet, or a whole file of delimited text (then `sheet` is ""); `rows` can be gone through once."""

    sheet: str
    rows: Iterator[Row]

    def place(self, row: int, column: int | None = None, header: str = "") -> str:
        """ "sheet 'Actions', cell D7", or for delimited text "line 7, column title (D)"."""
        letter = get_column_letter(column + 1) if column is not None else ""
        if self.sheet:
            return f"sheet '{self.sheet}', " + (f"cell {letter}{row}" if letter else f"row {row}")
        named = f"column {brief(header, 80)} ({letter})" if header else f"column {letter}"
        return f"line {row}, {named}" if letter else f"line {row}"


def text_grid(source: Source) -> Grid:
    """The rows of delimited text; the delimiter is the one that makes the widest regular rows."""
    return Grid("", _text_rows(source.text, delimiter_of(source.text), source.name, source.limits))


def delimiter_of(text: str) -> str:
    """Comma, semicolon, tab or bar: the one by which most of the first rows have the same, largest width."""

    def regularity(delimiter: str) -> tuple[int, int]:
        rows = csv.reader(io.StringIO(text[:20_000], newline=""), delimiter=delimiter)
        widths: list[int] = []
        try:
            for row in rows:
                widths.append(len(row))
                if len(widths) == 25:
                    break
        except csv.Error:
            pass
        width = max((w for w in widths if w > 1), key=widths.count, default=1)
        return (widths.count(width) * (width > 1) * width, -DELIMITERS.index(delimiter))

    return max(DELIMITERS, key=regularity)


def _text_rows(text: str, delimiter: str, name: str, limits: Limits) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST_CELL)
    lines = (
        line[0] for line in _LINE.finditer(text)
    )  # a StringIO would hold the text again, four times as large
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    before = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            if "field larger" in str(fault):
                raise refusal(
                    "table.cell-too-long",
                    f"A cell holds more than {_LONGEST_CELL:,} characters, or a quotation mark opens here and is"
                    " never closed.",
                    place=f"{name}, line {before + 1}",
                    cure="Shorten it, close the quotation mark, or put each record on a line of its own.",
                ) from fault
            if "unexpected end" in str(fault):
                raise refusal(
                    "table.quote-never-closed",
                    "A quotation mark opens here and is not closed, so that the rest would be one cell.",
                    place=f"{name}, line {before + 1}",
                    cure="Close it, or double it where it belongs to the text.",
                ) from fault
            yield Row(before + 1, [], {0: f"The row cannot be divided into cells ({fault})."})
        else:
            row = Row(before + 1, [tidy(undo(cell)) for cell in cells[: limits.columns]])
            if any(cells[limits.columns :]):
                row.faults[limits.columns] = beyond(limits)
            yield row
        before = reader.line_num
        if before > limits.rows:
            raise too_long(name, limits)


def beyond(limits: Limits) -> str:
    """What is said of a row that is wider than what is read."""
    return f"Something stands beyond column {limits.columns}."


def too_long(name: str, limits: Limits) -> Exception:
    """The refusal of a table beyond all measure."""
    return refusal(
        "table.too-long",
        f"There are more than {limits.rows:,} filled rows or {limits.cells:,} cells.",
        place=name,
        cure="Split it into several files.",
    )
