"""Days of a need and of actions on one strip: bars in a picture, the same days in words beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, ROW, HEAD, LABEL = 600, 26, 22, 130
"""Units of the picture: its width, the height of a bar's row and of the years above, room for a label."""


@dataclass(frozen=True, slots=True)
class Span:
    """Something from one day to another; None where a day is not known (the bar runs out of the picture)."""

    label: str
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A span as drawn, in units of the picture, with the place of its label."""

    span: Span
    x: float
    y: int
    width: float

    @property
    def text_x(self) -> float:
        """Where the label begins, never so far right that it leaves the picture."""
        return min(self.x + 4, WIDTH - LABEL)

    @property
    def text_y(self) -> int:
        """The label's base line."""
        return self.y + 14


@dataclass(frozen=True, slots=True)
class Strip:
    """The whole picture: bars, years as (x, year), and where the asked day stands."""

    bars: list[Bar]
    years: list[tuple[float, int]]
    today: float
    height: int

    @property
    def view_box(self) -> str:
        """For the SVG element."""
        return f"0 0 {WIDTH} {self.height}"


def strip(spans: Sequence[Span], day: date) -> Strip:
    """Draw spans around a day; the years shown are whole and hold every known day."""
    known = [d for span in spans for d in (span.first, span.last) if d] + [day]
    begin, end = date(min(known).year, 1, 1), date(max(known).year + 1, 1, 1)
    total = (end - begin).days

    def x(at: date) -> float:
        return round(WIDTH * (at - begin).days / total, 1)

    bars = [_bar(span, index, x) for index, span in enumerate(spans) if span.first or span.last]
    step = 1 + (end.year - begin.year) // 12
    years = [(x(date(year, 1, 1)), year) for year in range(begin.year, end.year, step)]
    return Strip(bars, years, x(day), HEAD + ROW * len(spans) + 6)


def _bar(span: Span, index: int, x: Callable[[date], float]) -> Bar:
    left = x(span.first) if span.first else 0.0
    right = x(span.last) if span.last else float(WIDTH)
    y = HEAD + ROW * index
    return Bar(span, left, y, max(right - left, 3.0))
