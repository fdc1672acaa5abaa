"""What a picture is made of: one specification, the question it answers, its words and its table; no Django here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

Spec = dict[str, Any]
"""A Vega-Lite specification as plain data."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: what is written (None: not known) and where it leads."""

    text: str | None
    href: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a picture; `numeric` are the places of columns that hold numbers, counted from 0."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: frozenset[int] = frozenset()

    def without_zeros_at_the_end(self) -> Table:
        """Without the last column where it counts nothing in any row."""
        if any(row[-1].text != "0" for row in self.rows):
            return self
        last = len(self.heads) - 1
        rows = tuple(row[:-1] for row in self.rows)
        return replace(self, heads=self.heads[:-1], rows=rows, numeric=self.numeric - {last})


@dataclass(frozen=True, slots=True)
class Sign:
    """One line of the legend: a pattern of `theme.PATTERNS` and what it means."""

    pattern: str
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture for the page and the report alike.

    `name` is its key on the page (letters and hyphens), `question` stands above it, `says` tells in a sentence what
    is drawn, `live` whether pointing at it in a browser does something (the specification then holds parameters).
    `narrow` is the same drawn for a narrow page, from the same rows; a report has `spec` only.
    """

    name: str
    question: str
    says: str
    spec: Spec
    table: Table
    legend: tuple[Sign, ...] = ()
    live: bool = False
    narrow: Spec | None = None
