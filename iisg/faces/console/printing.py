"""Tables for the terminal: for reading, or as CSV and JSON for other programs."""

from __future__ import annotations

import csv
import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table

from iisg.foundations.core.formulas import harmless

FORMATS = ("table", "csv", "json")


@dataclass(slots=True)
class Sheet:
    """A table to print: `columns` are (key, heading), `rows` hold values by position; `notes` stand below."""

    title: str
    columns: Sequence[tuple[str, str]]
    rows: list[Sequence[object]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    numbers: frozenset[str] = frozenset()


def add_format(parser: ArgumentParser) -> None:
    """The option that every printing command has."""
    parser.add_argument(
        "--format", choices=FORMATS, default="table", help="how to print (default: a readable table)"
    )


def show(sheets: Iterable[Sheet], form: str) -> None:
    """Print sheets; CSV and JSON carry keys and plain values, notes go to the error stream there."""
    sheets = list(sheets)
    if form == "json":
        found = {
            s.title: [dict(zip([k for k, _ in s.columns], row, strict=True)) for row in s.rows]
            for s in sheets
        }
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1, default=str) + "\n")
    elif form == "csv":
        for sheet in sheets:
            writer = csv.writer(sys.stdout, lineterminator="\n")
            writer.writerow([key for key, _ in sheet.columns])
            writer.writerows(
                [harmless(value) if isinstance(value, str) else value for value in row] for row in sheet.rows
            )
    else:
        console = Console(soft_wrap=False, markup=False, width=None if sys.stdout.isatty() else 120)
        for sheet in sheets:
            console.print(_table(sheet))
            for note in sheet.notes:
                console.print(note, style="dim", markup=False, highlight=False)
            console.print()
        return
    for sheet in sheets:
        for note in sheet.notes:
            sys.stderr.write(note + "\n")


def _table(sheet: Sheet) -> Table:
    table = Table(
        title=sheet.title, title_justify="left", title_style="bold", header_style="bold", expand=False
    )
    for key, heading in sheet.columns:
        table.add_column(heading, justify="right" if key in sheet.numbers else "left", overflow="fold")
    for row in sheet.rows:
        table.add_row(*("" if value is None else str(value) for value in row))
    return table
