"""Tables that leave the house: as CSV for any program, as a workbook, as JSON; nothing in them is ever calculated."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import IO, Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import save_workbook

from iisg.foundations.core.formulas import dangerous, harmless
from iisg.foundations.core.plain_values import json_text, plain_number

Value = str | int | bool | Decimal | date | None
BYTE_ORDER_MARK: Final = "\ufeff"
_AT_ONCE: Final = 64 * 1024


@dataclass(slots=True)
class Table:
    """One table: `columns` are keys, also its headers; `rows` are gone through once; what is absent stays blank.

    `wide` names columns of long texts.
    """

    title: str
    columns: Sequence[str]
    rows: Iterable[Mapping[str, Value]]
    wide: frozenset[str] = field(default_factory=frozenset)


def csv_pieces(table: Table) -> Iterator[bytes]:
    """The table as CSV in UTF-8, piece by piece, with the mark by which spreadsheet programs know the encoding."""
    gathered = io.StringIO(newline="")
    gathered.write(BYTE_ORDER_MARK)
    writer = csv.writer(gathered)
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([_csv_cell(row.get(column)) for column in table.columns])
        if gathered.tell() > _AT_ONCE:
            yield gathered.getvalue().encode()
            gathered.seek(0)
            gathered.truncate()
    yield gathered.getvalue().encode()


def write_workbook(file: IO[bytes], tables: Iterable[Table], cover: Table, marking: str) -> None:
    """Write a workbook row by row: a cover that says where it comes from, then each table; all text is typed text.

    `marking` stands at the foot of every printed page.
    """
    book = Workbook(write_only=True)
    _sheet(book, cover, marking)
    for table in tables:
        _sheet(book, table, marking)
    book.active = min(1, len(book.worksheets) - 1)
    save_workbook(book, file)


def json_pieces(
    about: Mapping[str, Any], lists: Mapping[str, Iterable[Mapping[str, Any]]]
) -> Iterator[bytes]:
    """One JSON object, piece by piece: "about", then each list of objects under its name."""
    yield f'{{\n"about": {json_text(about)}'.encode()
    for name, entries in lists.items():
        yield f",\n{json_text(name)}: [".encode()
        gathered: list[str] = []
        size, divider = 0, "\n"
        for entry in entries:
            gathered.append(divider + json_text(entry))
            size, divider = size + len(gathered[-1]), ",\n"
            if size > _AT_ONCE:
                yield "".join(gathered).encode()
                gathered, size = [], 0
        yield ("".join(gathered) + "\n]").encode()
    yield b"\n}\n"


def _csv_cell(value: Value) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else harmless(str(value))


def _sheet(book: Workbook, table: Table, marking: str) -> None:
    sheet = book.create_sheet(table.title[:31])
    sheet.freeze_panes = "A2"
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = marking, "&P / &N"
    for number, column in enumerate(table.columns, start=1):
        width = 60 if column in table.wide else max(12, len(column) + 2)
        sheet.column_dimensions[get_column_letter(number)].width = width
    heads = [WriteOnlyCell(sheet, value=column) for column in table.columns]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    rows = 1
    for row in table.rows:
        sheet.append([_book_cell(sheet, column in table.wide, row.get(column)) for column in table.columns])
        rows += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{rows}"


def _book_cell(sheet: Any, wide: bool, value: Value) -> Any:
    """A number as a number, everything else as text that no program takes for a formula or a fault."""
    number = plain_number(value) if isinstance(value, Decimal) else value
    if isinstance(number, int | float) and not isinstance(number, bool):
        return number
    text = "" if number is None else str(number)
    if not text:
        return None
    if not (wide or dangerous(text) or text[0] == "#"):
        return text
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    cell.quotePrefix = dangerous(text)
    if wide:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
