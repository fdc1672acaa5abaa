"""Workbooks to fill in: instructions, lists to choose from, a member's own records under protected references."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import IO, Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import save_workbook

from iisg.foundations.core.formulas import dangerous
from iisg.foundations.core.plain_values import plain_number

from .columns import ABOUT, LISTS, Column
from .writing import Cells

LAST_ROW: Final = 2_000
"""Down to this row the lists are offered; a template is for what a person types."""
HEADER_ROW: Final = 2
"""Row 1 says in words what a column means, row 2 holds the name by which it is read back."""
_DEEP, _LIGHT, _LINE = "12355B", "E9F0F7", "C5CED6"
_PROMPT, _PROMPT_TITLE = 255, 32
_WIDE, _NARROW = 46, 18
_ABOUT_WIDTHS = (34, 52, 34, 50)
_LINE_HEIGHT = 15.0


@dataclass(frozen=True, slots=True)
class Offered:
    """One column of a template: `label` and `hint` in words; `choices` are offered beside the codes of its list.

    What is `required` has a mark; `long` texts get a wide column; a `hidden` one only brings back what is recorded.
    """

    column: Column
    label: str
    hint: str
    required: bool = False
    long: bool = False
    hidden: bool = False
    choices: tuple[str, ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """What the list of the cell offers; empty for free text."""
        return self.column.codes or self.choices


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet to fill in with the rows that are there already; references of these rows are protected."""

    title: str
    offered: Sequence[Offered]
    rows: Iterable[Cells] = ()


@dataclass(frozen=True, slots=True)
class Instructions:
    """The first sheet: a title, sentences in their order, and the codes of the lists in words (code -> words)."""

    title: str
    sentences: Sequence[str]
    heads: tuple[str, str, str, str]
    codes: Mapping[str, str] = field(default_factory=dict)
    required_mark: str = "*"


def write_template(
    file: IO[bytes], instructions: Instructions, sheets: Sequence[Sheet], marking: str
) -> None:
    """Write the workbook; `marking` stands at the foot of every printed page."""
    book = Workbook()
    about: Any = book.active
    about.title = ABOUT
    lists = _Lists()
    for sheet in sheets:
        _write_sheet(book.create_sheet(sheet.title), sheet, lists, instructions.required_mark, marking)
    _write_about(about, instructions, sheets, marking)
    lists.write(book)
    book.active = 1
    save_workbook(book, file)


class _Lists:
    """The sheet from which the cells' lists are taken; a list that several columns offer stands there once."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, ...], str] = {}

    def place(self, values: tuple[str, ...]) -> str:
        """The range that holds the values."""
        if values not in self._places:
            letter = get_column_letter(len(self._places) + 1)
            self._places[values] = f"{quote_sheetname(LISTS)}!${letter}$1:${letter}${len(values)}"
        return self._places[values]

    def write(self, book: Workbook) -> None:
        """All of them, in a hidden sheet."""
        sheet = book.create_sheet(LISTS)
        sheet.sheet_state = "hidden"
        for column, values in enumerate(self._places, start=1):
            for row, value in enumerate(values, start=1):
                _put(sheet, row, column, value)


def _write_sheet(page: Worksheet, sheet: Sheet, lists: _Lists, mark: str, marking: str) -> None:
    thin = Side(style="thin", color=_LINE)
    for number, offered in enumerate(sheet.offered, start=1):
        letter = get_column_letter(number)
        dimension = page.column_dimensions[letter]
        dimension.width = _WIDE if offered.long else _NARROW
        dimension.hidden = offered.hidden
        dimension.protection = Protection(locked=False)
        head = page.cell(1, number, f"{offered.label} {mark}" if offered.required else offered.label)
        head.font, head.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor=_DEEP)
        head.alignment = Alignment(wrap_text=True, vertical="top")
        name = page.cell(HEADER_ROW, number, offered.column.name)
        name.font, name.fill = Font(size=8, color="48535E"), PatternFill("solid", fgColor=_LIGHT)
        for cell in (head, name):
            cell.protection, cell.border = Protection(locked=True), Border(bottom=thin, right=thin)
        page.add_data_validation(_list(offered, letter, lists))
    _write_rows(page, sheet)
    page.row_dimensions[1].height = 48
    page.freeze_panes = "B3"
    page.print_title_rows = "1:1"
    _on_paper(page, marking)
    page.protection.sheet = True
    for free in (
        "formatCells",
        "formatColumns",
        "formatRows",
        "sort",
        "autoFilter",
        "insertRows",
        "deleteRows",
    ):
        setattr(page.protection, free, False)


def _write_rows(page: Worksheet, sheet: Sheet) -> None:
    """The records that are there; the cell of a reference is locked, so that no record loses its name."""
    long = {number for number, offered in enumerate(sheet.offered, start=1) if offered.long}
    for row, cells in enumerate(sheet.rows, start=HEADER_ROW + 1):
        for number, offered in enumerate(sheet.offered, start=1):
            cell = _put(page, row, number, cells.get(offered.column.name))
            locked = offered.column.name == "ref"
            cell.protection = Protection(locked=locked)
            cell.alignment = Alignment(wrap_text=number in long, vertical="top")
            if locked:
                cell.fill = PatternFill("solid", fgColor=_LIGHT)


def _list(offered: Offered, letter: str, lists: _Lists) -> DataValidation:
    """The list of a column with its hint; only a closed list of single values refuses anything else."""
    closed = bool(offered.column.codes) and not offered.column.several
    validation = DataValidation(
        type="list" if offered.values else None,
        formula1=lists.place(offered.values) if offered.values else None,
        allow_blank=True,
        showErrorMessage=closed,
        showInputMessage=True,
        errorTitle=offered.label[:_PROMPT_TITLE],
        error=offered.hint[:_PROMPT],
        promptTitle=offered.label[:_PROMPT_TITLE],
        prompt=offered.hint[:_PROMPT],
    )
    validation.add(f"{letter}{HEADER_ROW + 1}:{letter}{LAST_ROW}")
    return validation


def _write_about(page: Worksheet, said: Instructions, sheets: Sequence[Sheet], marking: str) -> None:
    page.cell(1, 1, said.title).font = Font(bold=True, size=16, color=_DEEP)
    row = 2
    for row, sentence in enumerate(said.sentences, start=2):
        cell = _put(page, row, 1, sentence)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=4)
        page.row_dimensions[row].height = _LINE_HEIGHT * _lines(sentence, sum(_ABOUT_WIDTHS))
    row += 2
    for sheet in sheets:
        for number, head in enumerate((f"{sheet.title}: {said.heads[0]}", *said.heads[1:]), start=1):
            cell = page.cell(row, number, head)
            cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor=_DEEP)
        for offered in sheet.offered:
            if offered.hidden:
                continue
            row += 1
            words = (
                f"{offered.label} {said.required_mark}" if offered.required else offered.label,
                offered.hint,
                offered.column.example,
                "\n".join(_worded(code, said.codes) for code in offered.column.codes),
            )
            for number, text in enumerate(words, start=1):
                _put(page, row, number, text).alignment = Alignment(wrap_text=True, vertical="top")
            page.row_dimensions[row].height = _LINE_HEIGHT * max(map(_lines, words, _ABOUT_WIDTHS))
        row += 2
    for letter, width in zip("ABCD", _ABOUT_WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    _on_paper(page, marking)
    page.sheet_view.showGridLines = False


def _on_paper(page: Any, marking: str) -> None:
    """Across, as wide as the paper, the marking at the foot."""
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddFooter.left.text, page.oddFooter.right.text = marking, "&P / &N"


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of so many characters."""
    return sum(1 + len(line) // width for line in text.split("\n"))


def _worded(code: str, words: Mapping[str, str]) -> str:
    said = words.get(code, "")
    return f"{code} ({said})" if said and said.casefold() != code.casefold() else code


def _put(page: Worksheet, row: int, column: int, value: Any) -> Any:
    """A number as a number, everything else as text that no program takes for a formula."""
    if isinstance(value, Decimal):
        value = plain_number(value)
    cell = page.cell(row, column, value if value != "" else None)
    if isinstance(value, str) and (dangerous(value) or value[:1] == "#"):
        cell.data_type = "s"
        cell.quotePrefix = dangerous(value)
    return cell
