"""Actions against the needs they answer: a bar from the first to the last day, what no source says drawn as such."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import altair as alt

from iisg.knowledge.analysis.pictures.canvas import Canvas, Row, width_of
from iisg.knowledge.analysis.pictures.picture import Cell, Picture, Sign, Spec, Table
from iisg.knowledge.analysis.pictures.theme import SMALL, WIDTH, fill

LABELS, LINE, BAR, HEAD, AXIS = 290.0, 25.0, 14.0, 30.0, 36.0
"""Pixels for the titles at the left, a line, the bar in it, a heading, and the years at the top."""
BACK, AHEAD = 6, 4
"""The most years that are drawn before and after the year of the day."""


@dataclass(frozen=True, slots=True)
class Bar:
    """An action that answers a need: fully or in part, with its days (None: no source says) and their words.

    `running` is the engine's word on the day: running, planned, finished, stopped or unknown.
    """

    ref: str
    title: str
    start: date | None
    end: date | None
    full: bool
    running: str
    start_words: str
    end_words: str
    running_words: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A need with the actions that answer it; none leaves its place empty."""

    ref: str
    title: str
    bars: tuple[Bar, ...] = ()
    needed_by: date | None = None
    needed_by_words: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class NeedGroup:
    """Needs under one heading."""

    title: str
    needs: tuple[NeedLine, ...]


@dataclass(frozen=True, slots=True)
class TimelineWords:
    """What the picture says; `day` is the word at the line of the day."""

    question: str
    says: str
    caption: str
    heads: tuple[str, str, str, str, str, str]
    full: str
    partial: str
    not_known: str
    nothing: str
    day: str


Stretch = tuple[date, date]


def timeline(groups: Sequence[NeedGroup], day: date, words: TimelineWords, name: str = "timeline") -> Picture:
    """Draw the needs in their order with the bars of their actions, and the line of the day through all of them."""
    spec = _spec(groups, day, words)
    signs = {
        "covered": words.full,
        "partly": words.partial,
        "not-known": words.not_known,
        "gap": words.nothing,
    }
    return Picture(
        name=name,
        question=words.question,
        says=words.says,
        spec=spec,
        table=timeline_table(groups, words),
        legend=tuple(Sign(sign, text) for sign, text in signs.items() if fill(sign) in str(spec)),
    )


def timeline_table(groups: Sequence[NeedGroup], words: TimelineWords) -> Table:
    """Need, action, judgement, start, end and whether it runs; a need without action has its line too."""
    rows: list[tuple[Cell, ...]] = []
    for need in (need for group in groups for need in group.needs):
        first = Cell(f"{need.ref} {need.title}", need.href)
        if not need.bars:
            rows.append((first, Cell(words.nothing), *(Cell("") for _head in words.heads[2:])))
        rows += [
            (
                first,
                Cell(f"{bar.ref} {bar.title}", bar.href),
                Cell(words.full if bar.full else words.partial),
                Cell(bar.start_words),
                Cell(bar.end_words),
                Cell(bar.running_words),
            )
            for bar in need.bars
        ]
    return Table(words.caption, words.heads, tuple(rows))


def span(groups: Sequence[NeedGroup], day: date) -> Stretch:
    """Whole years that hold the day and what is known around it, at most BACK before and AHEAD after."""
    bars = [bar for group in groups for need in group.needs for bar in need.bars]
    days = [known for bar in bars for known in (bar.start, bar.end) if known]
    days += [need.needed_by for group in groups for need in group.needs if need.needed_by]
    first = max(min([known.year for known in days] + [day.year - 1]), day.year - BACK)
    last = min(max([known.year for known in days] + [day.year + 2]), day.year + AHEAD)
    return date(first, 1, 1), date(last, 12, 31)


def stretches(bar: Bar, day: date, shown: Stretch) -> tuple[Stretch | None, Stretch | None]:
    """The days on which the action surely runs, and those on which nobody knows; each cut to what is shown.

    What runs on the day is known until then; what has finished is not drawn beyond the day, and what has not begun
    not before it.
    """
    first, last = shown
    running = bar.running == "running"
    known: Stretch | None = None
    open_days: Stretch | None = None
    if bar.start and bar.end:
        known = (bar.start, bar.end)
    elif bar.start:
        until = day if bar.running in ("finished", "stopped") else last
        known = (bar.start, day) if running else None
        open_days = (day if running else bar.start, max(until, bar.start))
    elif bar.end:
        known = (day, bar.end) if running else None
        open_days = (first, day if running else bar.end)
    else:
        open_days = (
            day if bar.running == "planned" else first,
            day if bar.running in ("finished", "stopped") else last,
        )
    return _cut(known, shown), _cut(open_days, shown)


def _cut(stretch: Stretch | None, shown: Stretch) -> Stretch | None:
    if stretch is None or stretch[1] < shown[0] or stretch[0] > shown[1]:
        return None
    return max(stretch[0], shown[0]), min(stretch[1], shown[1])


def _spec(groups: Sequence[NeedGroup], day: date, words: TimelineWords) -> Spec:
    sheet = _Sheet(day, span(groups, day))
    for group in groups:
        sheet.heading(group.title)
        for need in group.needs:
            sheet.need(need, words)
    canvas = Canvas(sheet.top + 4)
    return canvas.finished(*sheet.layers(canvas, words))


class _Sheet:
    """Rows of the layers, filled from the top."""

    def __init__(self, day: date, shown: Stretch) -> None:
        self.day, self.shown, self.top = day, shown, AXIS
        self.grounds: list[Row] = []
        self.headings: list[Row] = []
        self.needs: list[Row] = []
        self.actions: list[Row] = []
        self.bars: list[Row] = []
        self.remarks: list[Row] = []
        self.gaps: list[Row] = []

    def at(self, day: date) -> float:
        """Pixels from the left."""
        first, last = self.shown
        return LABELS + (WIDTH - LABELS) * (day - first).days / ((last - first).days + 1)

    def heading(self, title: str) -> None:
        """A group begins."""
        self.grounds.append(
            {"x": 0, "x2": WIDTH, "y": self.top, "y2": self.top + HEAD - 6, "fill": "#e9f0f7"}
        )
        self.headings.append({"x": 8, "y": self.top + HEAD / 2 - 2, "text": title})
        self.top += HEAD

    def need(self, need: NeedLine, words: TimelineWords) -> None:
        """The need's title across the sheet, then a line for each action, or an empty one."""
        self.needs.append(
            {"x": 8, "y": self.top + LINE / 2, "text": f"{need.ref} {need.title}", "href": need.href or None}
        )
        self.top += LINE
        if need.needed_by:
            self._remark(self.at(need.needed_by), f"◆ {need.needed_by_words}")
            self.top += LINE
        for bar in need.bars:
            self._action(bar)
        if not need.bars:
            self.gaps.append(
                {**self._box((self.shown[0], self.shown[1])), "fill": fill("gap"), "need": need.ref}
            )
            self._remark(LABELS + 8, words.nothing)
            self.top += LINE
        self.top += 6

    def _action(self, bar: Bar) -> None:
        self.actions.append({"x": 22, "y": self.top + LINE / 2, "text": f"{bar.ref} {bar.title}"})
        known, open_days = stretches(bar, self.day, self.shown)
        said = f"{bar.ref} {bar.title}: {bar.start_words} – {bar.end_words}. {bar.running_words}"
        row = {"action": bar.ref, "start": _iso(bar.start), "end": _iso(bar.end), "says": said}
        row["href"] = bar.href or None
        if open_days:
            self.bars.append({**row, **self._box(open_days), "fill": fill("not-known")})
        if known:
            pattern = fill("covered" if bar.full else "partly")
            self.bars.append({**row, **self._box(known), "fill": pattern})
        self._dates(bar, known, open_days)
        self.top += LINE

    def _dates(self, bar: Bar, known: Stretch | None, open_days: Stretch | None) -> None:
        """Beside the bar until when it runs, in an unknown stretch what is not known."""
        if open_days:
            self._remark(self.at(open_days[0]) + 6, f"{bar.start_words} – {bar.end_words}")
        elif known:
            self._remark(self.at(known[1]) + 8, bar.end_words)
        elif bar.end is not None and bar.end < self.shown[0]:
            self._remark(LABELS + 8, f"◂ {bar.end_words}")
        else:
            self._remark(WIDTH, f"{bar.start_words} ▸")

    def _box(self, stretch: Stretch) -> Row:
        middle = self.top + LINE / 2
        return {
            "x": round(self.at(stretch[0]), 1),
            "x2": round(max(self.at(stretch[1]), self.at(stretch[0]) + 2), 1),
            "y": middle - BAR / 2,
            "y2": middle + BAR / 2,
        }

    def _remark(self, x: float, text: str) -> None:
        x = min(x, WIDTH - width_of(text, SMALL) - 2)
        self.remarks.append({"x": round(x, 1), "y": self.top + LINE / 2 + 1, "text": text})

    def layers(self, canvas: Canvas, words: TimelineWords) -> list[alt.Chart]:
        """From the ground up."""
        today = self.at(self.day)
        return [
            canvas.boxes(self.grounds, width=0),
            canvas.lines(list(self._years())),
            *canvas.words(list(self._year_names()), size=SMALL, colour="quiet"),
            canvas.boxes(self.gaps, line="gap", dash=(4, 3)),
            canvas.boxes(self.bars),
            canvas.lines([{"x": today, "x2": today, "y": AXIS - 6, "y2": self.top}], "ink", 2),
            *canvas.words([{"x": today, "y": 9, "text": words.day}], "center", SMALL, bold=True, edged=True),
            *canvas.words(self.headings, bold=True, limit=WIDTH - 16),
            *canvas.words(self.needs, limit=WIDTH - 16, edged=True),
            *canvas.words(self.actions, size=SMALL, colour="quiet", limit=LABELS - 26),
            *canvas.words(self.remarks, size=SMALL, edged=True),
        ]

    def _years(self) -> Iterator[Row]:
        for year in range(self.shown[0].year, self.shown[1].year + 1):
            x = self.at(date(year, 1, 1))
            yield {"x": x, "x2": x, "y": AXIS - 8, "y2": self.top}

    def _year_names(self) -> Iterator[Row]:
        for year in range(self.shown[0].year, self.shown[1].year + 1):
            yield {"x": self.at(date(year, 1, 1)) + 4, "y": 22, "text": str(year)}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
