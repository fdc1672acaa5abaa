"""Money by year: a bar for each kind of sum, years in order, what has no year or no sum shown beside the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import altair as alt

from iisg.knowledge.analysis.pictures.canvas import Canvas, Row
from iisg.knowledge.analysis.pictures.picture import Cell, Picture, Sign, Spec, Table
from iisg.knowledge.analysis.pictures.theme import SMALL, WIDTH, fill

NAMES, SUMS, ROW, BAR, GAP = 130.0, 250.0, 24.0, 15.0, 10.0
"""Pixels for the years at the left, the words behind the bars, a line, the bar in it, and between years."""
NO_YEAR = 9999
PATTERNS_OF_KINDS = ("strong", "striped", "plain", "others")


@dataclass(frozen=True, slots=True)
class YearSum:
    """The sums of one kind ("committed", "spent", …) in a year; `year` None where no source gives one.

    `amount` None: none of its sums is known; `sums_not_known` counts those that `amount` lacks; `estimate` where
    a rule had to guess a part of it.
    """

    year: int | None
    kind: str
    amount: Decimal | None
    sums_not_known: int = 0
    estimate: bool = False


@dataclass(frozen=True, slots=True)
class YearWords:
    """What the picture says; `kinds` words each kind in the order in which they stand."""

    question: str
    says: str
    caption: str
    heads: tuple[str, str, str, str]
    kinds: Mapping[str, str]
    year_not_known: str
    no_sum: str
    estimate: str
    short: Callable[[Decimal], str]
    exact: Callable[[Decimal], str]
    not_known_sums: Callable[[int], str]


def totals_by_year(rows: Sequence[YearSum], words: YearWords, name: str = "years") -> Picture:
    """Draw the sums of every year; a year without any sum between others keeps its empty place."""
    held = {row.kind for row in rows}
    kinds = [kind for kind in words.kinds if kind in held]
    return Picture(
        name=name,
        question=words.question,
        says=words.says,
        spec=_spec(rows, kinds, words),
        table=year_table(rows, words),
        legend=tuple(Sign(_pattern(kinds, kind), words.kinds[kind]) for kind in kinds),
    )


def year_table(rows: Sequence[YearSum], words: YearWords) -> Table:
    """Year, kind, sum and how many sums are not known."""
    order = list(words.kinds)
    ordered = sorted(rows, key=lambda row: (NO_YEAR if row.year is None else row.year, order.index(row.kind)))
    lines = tuple(
        (
            Cell(_year(row.year, words)),
            Cell(words.kinds[row.kind]),
            Cell(None if row.amount is None else _marked(row, words, words.exact(row.amount))),
            Cell(str(row.sums_not_known)),
        )
        for row in ordered
    )
    return Table(words.caption, words.heads, lines, numeric=frozenset({2, 3}))


def _year(year: int | None, words: YearWords) -> str:
    return words.year_not_known if year is None else str(year)


def _marked(row: YearSum, words: YearWords, text: str) -> str:
    return f"{text} ({words.estimate})" if row.estimate else text


def _pattern(kinds: Sequence[str], kind: str) -> str:
    return PATTERNS_OF_KINDS[kinds.index(kind) % len(PATTERNS_OF_KINDS)]


def _years(rows: Sequence[YearSum]) -> list[int | None]:
    """Every year from the first to the last, also those without a sum; then what has no year."""
    known = [row.year for row in rows if row.year is not None]
    years: list[int | None] = list(range(min(known), max(known) + 1)) if known else []
    return [*years, None] if len(known) < len(rows) else years


def _spec(rows: Sequence[YearSum], kinds: Sequence[str], words: YearWords) -> Spec:
    most = max((row.amount for row in rows if row.amount is not None), default=Decimal(0)) or Decimal(1)
    lines: list[Row] = []
    years: list[Row] = []
    top = 0.0
    for year in _years(rows):
        of_year = sorted((row for row in rows if row.year == year), key=lambda row: kinds.index(row.kind))
        middle = top + ROW * max(len(of_year), 1) / 2
        none = {} if of_year else {"none": words.no_sum}
        years.append(
            {"x": NAMES - 12, "y": middle, "line": top - GAP / 2, "text": _year(year, words), **none}
        )
        for row in of_year:
            lines.append(_line(row, kinds, words, top, float((row.amount or 0) / most)))
            top += ROW
        top += GAP if of_year else ROW + GAP
    canvas = Canvas(max(top - GAP, ROW))
    return canvas.finished(*_charts(canvas, lines, years))


def _line(row: YearSum, kinds: Sequence[str], words: YearWords, top: float, part: float) -> Row:
    end = NAMES + (WIDTH - NAMES - SUMS) * part
    return {
        "year": row.year,
        "kind": row.kind,
        "amount": None if row.amount is None else float(row.amount),
        "x": NAMES,
        "x2": end,
        "y": top + (ROW - BAR) / 2,
        "y2": top + (ROW + BAR) / 2,
        "fill": fill(_pattern(kinds, row.kind)),
        "words": _says(row, words),
    }


def _charts(canvas: Canvas, lines: list[Row], years: list[Row]) -> list[alt.Chart]:
    edges = [{"x": 0, "x2": WIDTH, "y": year["line"], "y2": year["line"]} for year in years]
    empty = [{"x": NAMES + 8, "y": year["y"], "text": year["none"]} for year in years if "none" in year]
    said = [
        {"x": line["x2"] + 8, "y": (line["y"] + line["y2"]) / 2 + 1, "text": line["words"]} for line in lines
    ]
    return [
        canvas.lines(edges),
        *canvas.words(years, "right", bold=True),
        *canvas.words(empty, size=SMALL, colour="quiet"),
        canvas.boxes(lines),
        *canvas.words(said, size=SMALL, limit=SUMS - 12),
    ]


def _says(row: YearSum, words: YearWords) -> str:
    parts = [] if row.amount is None else [_marked(row, words, words.short(row.amount))]
    if row.sums_not_known:
        parts.append(words.not_known_sums(row.sums_not_known))
    return f"{words.kinds[row.kind]}: {', '.join(parts)}"
