"""Workbooks, streamed: values as text, formulas by their stored result, nothing calculated or followed."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from iisg.knowledge.actions.sources import Source, UnreadableFile
from iisg.knowledge.actions.sources.refusals import Limits, refusal

from .grids import Grid, Row, beyond, too_long
from .marks import tidy

_LAST_ROW = (
    1_048_576  # of any worksheet; a row that claims a higher number would be reached through endless blanks
)


@contextmanager
def workbook_grids(source: Source) -> Iterator[list[Grid]]:
    """The sheets of a workbook that hold cells, in its order; their rows must be read inside the block.

    Raises `UnreadableFile` where the workbook is damaged, also from the rows.
    """
    with source.stream() as values, source.stream() as formulas:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # notes of openpyxl about parts that we do not read
                shown = load_workbook(values, read_only=True, data_only=True, keep_links=False)
                typed = load_workbook(formulas, read_only=True, data_only=False, keep_links=False)
                titles = [title for title in shown.sheetnames if hasattr(shown[title], "iter_rows")]
        except Exception as fault:  # a damaged workbook makes openpyxl raise almost anything
            raise _damaged(source.name) from fault
        yield [Grid(title, _rows(shown, typed, title, source.name, source.limits)) for title in titles]


def _damaged(name: str) -> Exception:
    return refusal(
        "workbook.damaged",
        "The workbook is damaged and cannot be read to its end; nothing of it was taken.",
        place=name,
        cure="Open it in a spreadsheet program, save it again as .xlsx and send that.",
    )


def _rows(shown: Workbook, typed: Workbook, title: str, name: str, limits: Limits) -> Iterator[Row]:
    """Rows that hold something, stored values beside formulas; far cells and endless blanks cost nothing."""
    filled = visited = 0
    try:
        sheets: list[Any] = [shown[title], typed[title]]
        for sheet in sheets:
            sheet.reset_dimensions()  # what a file says about its own size is not to be trusted
        pairs = zip_longest(*(sheet.iter_rows() for sheet in sheets), fillvalue=())
        for number, (values, formulas) in enumerate(pairs, start=1):
            if number > _LAST_ROW:
                raise too_long(f"{name}, sheet '{title}'", limits)
            if not values:
                continue
            visited += len(values)
            row = _row(number, values[: limits.columns], formulas)
            if any(cell.value is not None for cell in values[limits.columns :]):
                row.faults[limits.columns] = beyond(limits)
            if not row.blank:
                filled += 1
                yield row
            if filled > limits.rows or visited > limits.cells:
                raise too_long(f"{name}, sheet '{title}'", limits)
    except UnreadableFile:
        raise
    except Exception as fault:  # as above: the fault may lie in any part, at any row
        raise _damaged(name) from fault


def _row(number: int, values: tuple[Any, ...], formulas: tuple[Any, ...]) -> Row:
    row = Row(number, [])
    for column, (value, formula) in enumerate(zip(values, formulas, strict=False)):
        text = "" if value.value is None else _text(value.value)
        if formula.data_type == "f" and value.value is None:
            row.faults[column] = f"The formula {str(formula.value)[:60]} has no stored result."
        elif value.data_type == "e":
            row.faults[column] = f"The cell shows the error {text}."
        row.cells.append(text)
    while row.cells and not row.cells[-1] and len(row.cells) - 1 not in row.faults:
        row.cells.pop()
    return row


def _text(value: object) -> str:
    """A value as a reader would type it: 281.0 is "281", a day is 2024-05-31."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{Decimal(repr(value)):f}"
    if isinstance(value, dt.datetime):
        return (
            value.date().isoformat()
            if value.time() == dt.time()
            else value.isoformat(sep=" ", timespec="minutes")
        )
    if isinstance(value, dt.date):
        return value.isoformat()
    return tidy(str(value))
