"""A program of its own that reads one table, CSV or workbook, from its input and writes its rows as JSON.

It gives up every means that reading does not need before it looks at the first byte: a file that means harm ends the
program, not the house.
"""

from __future__ import annotations

import csv
import io
import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook

ROWS, COLUMNS, LETTERS = 1_000, 40, 4_000
UNPACKED, PARTS, RATIO = 60 * 1024 * 1024, 300, 250
_MEMORY, _SECONDS = 512 * 1024 * 1024, 15


class TooMuch(Exception):
    """More than is read; its argument says of what."""


def main() -> None:
    """Read what comes in; the argument is the file's ending."""
    for kind, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS)):
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))
    for kind in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE, resource.RLIMIT_NPROC):
        resource.setrlimit(kind, (0, 0))
    content = sys.stdin.buffer.read()
    try:
        answer: dict[str, Any] = {"rows": rows_of(content, sys.argv[1])}
    except TooMuch as much:
        answer = {"fault": str(much)}
    except MemoryError:
        answer = {"fault": "memory"}
    except Exception as fault:
        answer = {"fault": "unreadable", "kind": type(fault).__name__}
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))


def rows_of(content: bytes, ending: str) -> list[list[str]]:
    """The rows of the first sheet as text, days as ISO; raises TooMuch beyond the limits."""
    found: list[list[str]] = []
    for number, row in enumerate(_book(content) if ending == "xlsx" else _csv(content)):
        if number > ROWS:
            raise TooMuch("rows")
        cells = [_text(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > COLUMNS:
            raise TooMuch("columns")
        found.append(cells)
    return found


def _csv(content: bytes) -> Iterator[list[Any]]:
    text = content.decode("utf-8-sig")
    first = text.partition("\n")[0]
    divider = max(",;\t", key=first.count)
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True)


def _book(content: bytes) -> Iterator[tuple[Any, ...]]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
        if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
            raise TooMuch("parts")
        if any(part.file_size > RATIO * max(part.compress_size, 1_000) for part in parts):
            raise TooMuch("packed")
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    sheet = next((each for each in book.worksheets if each.title == "prospects"), book.worksheets[0])
    sheet.reset_dimensions()
    yield from sheet.iter_rows(values_only=True, max_col=COLUMNS + 1, max_row=ROWS + 2)


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell).strip()
    if len(text) > LETTERS:
        raise TooMuch("letters")
    return text


if __name__ == "__main__":
    main()
