"""What was found, written into a copy of the sender's own file: a comment in each cell concerned, and a list."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import IO, Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from iisg.foundations.core.formulas import dangerous
from iisg.knowledge.actions.records import Remark
from iisg.knowledge.actions.sources import Source

from .columns import REMARKS
from .grids import text_grid

AUTHOR: Final = "IISG"
"""By whom our comments are; those of an earlier copy are replaced, the sender's own stay."""
_REFUSED, _WARNED = PatternFill("solid", fgColor="F6C7C3"), PatternFill("solid", fgColor="FDF0D2")
_PLACE: Final = re.compile(
    r"^(?:sheet '(?P<sheet>.+)', )?(?:cell|row|line) (?P<letter>[A-Z]{0,3})(?P<row>\d+)"
)
_COLUMN: Final = re.compile(r"\((?P<letter>[A-Z]{1,3})\)$|column (?P<plain>[A-Z]{1,3})$")
_MOST_COMMENT: Final = 2_000


def write_copy(
    file: IO[bytes], source: Source, remarks: Sequence[Remark], heads: Sequence[str], marking: str = ""
) -> None:
    """Write a workbook: the sender's own with comments; delimited text becomes one. Raises what openpyxl raises.

    `heads` are the five headings of the list (where, record, kind, what was found, what to do) and the words for
    refused, for taken with a warning and for a warning about what is refused; `marking` stands at the foot of every
    printed page. Macros, pictures and links to other files are not kept.
    """
    if source.format == "workbook":
        with source.stream() as stream:
            book = load_workbook(stream, keep_links=False)
        rows: dict[int, int] = {}
    else:
        book, rows = _from_text(source)
    _clear(book)
    for remark in remarks:
        cell = _cell(book, remark, rows)
        if cell is not None:
            _comment(cell, remark)
    _list(book, remarks, rows, heads)
    sheets: list[Any] = book.worksheets
    for page in sheets:
        page.oddFooter.center.text = marking
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        _Writer(book, archive).write_data()


class _Writer(ExcelWriter):
    """Keeps each sheet in memory while it is written: the process that reads strange files may open none."""

    _archive: zipfile.ZipFile

    def write_worksheet(self, page: Any) -> None:
        """As the library does it, but for the file on disk between."""
        page._drawing = SpreadsheetDrawing()
        page._drawing.charts, page._drawing.images = page._charts, page._images
        out = io.BytesIO()
        writer: Any = WorksheetWriter(page, out)
        writer.write()
        page._rels = writer._rels
        self._archive.writestr(page.path[1:], out.getvalue())
        self.manifest.append(page)


def _from_text(source: Source) -> tuple[Workbook, dict[int, int]]:
    """The text as one sheet, every cell as text, and in which of its rows each line of the text begins."""
    book = Workbook()
    page: Any = book.active
    page.title = "Sheet"
    rows: dict[int, int] = {}
    for number, row in enumerate(text_grid(source).rows, start=1):
        rows[row.number] = number
        for column, text in enumerate(row.cells, start=1):
            if text:
                _text(page.cell(number, column), text)
    return book, rows


def _clear(book: Workbook) -> None:
    """Take out what an earlier copy had put in."""
    if REMARKS in book.sheetnames:
        del book[REMARKS]
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                if cell.comment is not None and cell.comment.author == AUTHOR:
                    cell.comment = None
                    cell.fill = PatternFill()


def _cell(book: Workbook, remark: Remark, rows: dict[int, int]) -> Any:
    """The cell that a place names, the first of its row where it names none; None where it is in no sheet."""
    place = _PLACE.match(remark.place)
    if place is None:
        return None
    page: Any = book[place["sheet"]] if place["sheet"] in book.sheetnames else None
    if place["sheet"] is None and rows:
        page = book.worksheets[0]
    row = rows.get(int(place["row"]), 0) if rows else int(place["row"])
    if page is None or not row:
        return None
    named = _COLUMN.search(remark.place)
    letter = place["letter"] or (named and (named["letter"] or named["plain"])) or "A"
    return page[f"{letter}{row}"]


def _comment(cell: Any, remark: Remark) -> None:
    """Say it in the cell, below what the sender or an earlier remark says there."""
    before = f"{cell.comment.text}\n\n" if cell.comment is not None else ""
    cell.comment = Comment((before + remark.text)[:_MOST_COMMENT], AUTHOR, height=120, width=320)
    if remark.refuses or cell.fill != _REFUSED:
        cell.fill = _REFUSED if remark.refuses else _WARNED


def _list(book: Workbook, remarks: Iterable[Remark], rows: dict[int, int], heads: Sequence[str]) -> None:
    page = book.create_sheet(REMARKS, 0)
    *columns, refused, warned, beside = heads
    for number, head in enumerate(columns, start=1):
        page.cell(1, number, head).font = Font(bold=True)
    for number, remark in enumerate(remarks, start=2):
        said = (
            remark.place,
            remark.record,
            refused if remark.refuses else beside if remark.of_refused else warned,
            remark.message,
            remark.cure,
        )
        for column, text in enumerate(said, start=1):
            cell = page.cell(number, column)
            _text(cell, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        target = _cell(book, remark, rows)
        if target is not None:
            page.cell(number, 1).hyperlink = f"#{quote_sheetname(target.parent.title)}!{target.coordinate}"
            page.cell(number, 1).font = Font(underline="single", color="14508C")
    for letter, width in zip("ABCDE", (34, 24, 14, 60, 60), strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A2"
    book.active = 0


def _text(cell: Any, text: str) -> None:
    """Text that no program takes for a formula."""
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = dangerous(text)
