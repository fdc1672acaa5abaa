"""Money by year: a bar for each kind of sum, years in order, what has no year or no sum shown beside the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import altair as alt

from iisg.knowledge.analysis.pictures.canvas import Canvas, Row, wrapped
from iisg.knowledge.analysis.pictures.picture import Cell, Picture, Sign, Spec, Table
from iisg.knowledge.analysis.pictures.theme import NARROW, SIZE, SMALL, WIDTH, fill

ROW, BAR, GAP, LETTERS = 24.0, 15.0, 10.0, 15.0
"""Pixels for a line, the bar in it, between years, and for a line of letters."""
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
        spec=_spec(rows, kinds, words, WIDE),
        narrow=_spec(rows, kinds, words, SLIM),
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
    return Table(words.caption, words.heads, lines, numeric=frozenset({2, 3})).without_zeros_at_the_end()


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


@dataclass(frozen=True, slots=True)
class _Look:
    """How a drawing is laid out: its width, the pixels for years and for words behind a bar, a line's height.

    Without room behind the bars their words stand above them.
    """

    width: float
    names: float
    sums: float
    row: float

    @property
    def above(self) -> bool:
        """Whether words stand above their bar."""
        return not self.sums


WIDE, SLIM = _Look(WIDTH, 130.0, 340.0, 24.0), _Look(NARROW, 96.0, 0.0, 38.0)


def _spec(rows: Sequence[YearSum], kinds: Sequence[str], words: YearWords, look: _Look) -> Spec:
    most = max((row.amount for row in rows if row.amount is not None), default=Decimal(0)) or Decimal(1)
    lines: list[Row] = []
    years: list[Row] = []
    top = 0.0
    for year in _years(rows):
        of_year = sorted((row for row in rows if row.year == year), key=lambda row: kinds.index(row.kind))
        told = [_told(row, words, look) for row in of_year]
        heights = [look.row + LETTERS * (len(lines) - 1) for lines in told]
        tall = sum(heights) or ROW
        none = {} if of_year else {"none": words.no_sum}
        years.append(
            {
                "x": look.names - 12,
                "y": top + tall / 2,
                "line": top - GAP / 2,
                "text": _year(year, words),
                **none,
            }
        )
        for row, said, height in zip(of_year, told, heights, strict=True):
            part = float((row.amount or 0) / most)
            lines.append({**_line(row, kinds, top + height, part, look), "words": said})
            top += height
        top += GAP if of_year else ROW + GAP
    canvas = Canvas(max(top - GAP, ROW), look.width)
    return canvas.finished(*_charts(canvas, lines, years, look))


def _told(row: YearSum, words: YearWords, look: _Look) -> list[str]:
    """The words of a bar in lines: two where they stand above it, else one."""
    return wrapped(
        _says(row, words), look.sums or look.width - look.names, SMALL, most=2 if look.above else 1
    )


def _line(row: YearSum, kinds: Sequence[str], bottom: float, part: float, look: _Look) -> Row:
    edge = 2.0 if look.above else (look.row - BAR) / 2
    return {
        "year": row.year,
        "kind": row.kind,
        "amount": None if row.amount is None else float(row.amount),
        "x": look.names,
        "x2": look.names + (look.width - look.names - look.sums) * part,
        "y": bottom - edge - BAR,
        "y2": bottom - edge,
        "fill": fill(_pattern(kinds, row.kind)),
    }


def _charts(canvas: Canvas, lines: list[Row], years: list[Row], look: _Look) -> list[alt.Chart]:
    edges = [{"x": 0, "x2": look.width, "y": year["line"], "y2": year["line"]} for year in years]
    empty = [{"x": look.names + 8, "y": year["y"], "text": year["none"]} for year in years if "none" in year]
    said = [
        {"x": line["x"], "y": line["y"] - 9 - (len(line["words"]) - 1 - at) * LETTERS, "text": text}
        if look.above
        else {"x": line["x2"] + 8, "y": (line["y"] + line["y2"]) / 2 + 1, "text": text}
        for line in lines
        for at, text in enumerate(line["words"])
    ]
    named = [
        {"x": year["x"], "y": year["y"] + (at - (len(parts) - 1) / 2) * LETTERS, "text": text}
        for year in years
        for parts in [wrapped(year["text"], look.names - 14, SIZE, bold=True)]
        for at, text in enumerate(parts)
    ]
    return [
        canvas.lines(edges),
        *canvas.words(named, "right", bold=True),
        *canvas.words(empty, size=SMALL, colour="quiet"),
        canvas.boxes(lines),
        *canvas.words(said, size=SMALL),
    ]


def _says(row: YearSum, words: YearWords) -> str:
    parts = [] if row.amount is None else [_marked(row, words, words.short(row.amount))]
    if row.sums_not_known:
        parts.append(words.not_known_sums(row.sums_not_known))
    return f"{words.kinds[row.kind]}: {', '.join(parts)}"
