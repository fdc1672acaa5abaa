"""Actions against the needs they answer: a bar from the first to the last day, what no source says drawn as such."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import altair as alt

from iisg.knowledge.analysis.pictures.canvas import Canvas, Row, width_of, wrapped
from iisg.knowledge.analysis.pictures.picture import Cell, Picture, Sign, Spec, Table
from iisg.knowledge.analysis.pictures.theme import NARROW, SIZE, SMALL, WIDTH, fill

LINE, LETTERS, BAR, HEAD, AXIS = 25.0, 17.0, 14.0, 30.0, 36.0
"""Pixels for a line, one more line of letters, the bar in a line, a heading, and the years at the top."""
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
    spec = _spec(groups, day, words, WIDE)
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
        narrow=_spec(groups, day, words, SLIM),
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
    last = min(max([known.year for known in days] + [day.year + 3]), day.year + AHEAD)
    return date(first, 1, 1), date(last, 12, 31)


def stretches(bar: Bar, day: date, shown: Stretch) -> tuple[Stretch | None, Stretch | None]:
    """The days on which the action surely runs, and those on which nobody knows; each cut to what is shown.

    What runs on the day is known until then; what has finished or stopped is not drawn beyond the day, what has not
    begun not before it. Days that only an announcement or a stopped action names are not known to be kept.
    """
    over = bar.running in ("finished", "stopped")
    first = bar.start or (day if bar.running == "planned" and not bar.end else shown[0])
    last = bar.end or shown[1]
    last = max(min(last, day), first) if over else last
    if bar.running == "running" and (bar.start or bar.end):
        open_days = None
        if not bar.start:
            open_days = (first, day)
        elif not bar.end:
            open_days = (day, last)
        return _cut((bar.start or day, bar.end or day), shown), _cut(open_days, shown)
    if bar.start and bar.end and bar.running in ("finished", "planned"):
        return _cut((first, last), shown), None
    return None, _cut((first, last), shown)


def _cut(stretch: Stretch | None, shown: Stretch) -> Stretch | None:
    if stretch is None or stretch[1] < shown[0] or stretch[0] > shown[1]:
        return None
    return max(stretch[0], shown[0]), min(stretch[1], shown[1])


def _spec(groups: Sequence[NeedGroup], day: date, words: TimelineWords, look: _Look) -> Spec:
    sheet = _Sheet(day, span(groups, day), look)
    for group in groups:
        sheet.heading(group.title)
        for need in group.needs:
            sheet.need(need, words)
    canvas = Canvas(sheet.top + 4, look.width)
    return canvas.finished(*sheet.layers(canvas, words))


@dataclass(frozen=True, slots=True)
class _Look:
    """How a drawing is laid out: its width, where its bars begin, `every` how many years one is named.

    Where the bars begin at the left edge, the titles of actions stand above them instead of beside them.
    """

    width: float
    bars: float
    every: int

    @property
    def above(self) -> bool:
        """Whether titles of actions stand above their bars."""
        return not self.bars


WIDE, SLIM = _Look(WIDTH, bars=290.0, every=1), _Look(NARROW, bars=0.0, every=2)


class _Sheet:
    """Rows of the layers, filled from the top."""

    def __init__(self, day: date, shown: Stretch, look: _Look) -> None:
        self.day, self.shown, self.look, self.top = day, shown, look, AXIS
        self.grounds: list[Row] = []
        self.headings: list[Row] = []
        self.years: list[Row] = []
        self.needs: list[Row] = []
        self.actions: list[Row] = []
        self.bars: list[Row] = []
        self.remarks: list[Row] = []
        self.gaps: list[Row] = []

    def at(self, day: date) -> float:
        """Pixels from the left."""
        first, last = self.shown
        across = self.look.width - self.look.bars
        return self.look.bars + across * (day - first).days / ((last - first).days + 1)

    def heading(self, title: str) -> None:
        """A group begins; where a picture is long its years are named again."""
        lines = wrapped(title, self.look.width - 16, SIZE, bold=True)
        tall = HEAD + (len(lines) - 1) * LETTERS
        self.grounds.append(
            {"x": 0, "x2": self.look.width, "y": self.top, "y2": self.top + tall - 6, "fill": "#e9f0f7"}
        )
        for number, line in enumerate(lines):
            y = self.top + HEAD / 2 - 2 + number * LETTERS
            self.headings.append({"x": 8, "y": y, "text": line})
        self.top += tall
        if self.look.above and len(self.grounds) > 1:
            self.years += self._year_names(self.top + 5)
            self.top += LETTERS

    def need(self, need: NeedLine, words: TimelineWords) -> None:
        """The need's title across the sheet, then a line for each action, or an empty one."""
        about = {"href": need.href or None}
        self._title(self.needs, 8, f"{need.ref} {need.title}", SIZE, about)
        if need.needed_by:
            self._remark(self.at(need.needed_by), f"◆ {need.needed_by_words}")
            self.top += LINE
        for bar in need.bars:
            self._action(bar)
        if not need.bars:
            self.gaps.append(
                {**self._box((self.shown[0], self.shown[1])), "fill": fill("gap"), "need": need.ref}
            )
            self._remark(self.look.bars + 8, words.nothing)
            self.top += LINE
        self.top += 6

    def _title(self, rows: list[Row], x: float, text: str, size: int, about: Row) -> None:
        """A title in as many lines as it takes; where bars stand below titles, only they are crossed by lines."""
        lines = wrapped(text, self.look.width - x - 8, size)
        for number, line in enumerate(lines):
            y = self.top + LINE / 2 + number * LETTERS
            rows.append({**about, "x": x, "y": y, "text": line})
        tall = LINE + (len(lines) - 1) * LETTERS
        if self.look.above:
            self.grounds.append(self._white(tall))
        self.top += tall

    def _white(self, tall: float) -> Row:
        return {"x": 0, "x2": self.look.width, "y": self.top, "y2": self.top + tall, "fill": "#ffffff"}

    def _action(self, bar: Bar) -> None:
        title, tall = f"{bar.ref} {bar.title}", LINE
        known, open_days = stretches(bar, self.day, self.shown)
        said = self._days(bar, known, open_days)
        if self.look.above:
            self._title(self.actions, 22, title, SMALL, {})
            self.grounds.append(self._white(LETTERS))
            self.remarks.append({"x": 22, "y": self.top + LETTERS / 2 - 3, "text": said})
            self.top += LETTERS
        else:
            lines = wrapped(title, self.look.bars - 28, SMALL)
            tall += (len(lines) - 1) * LETTERS
            first = self.top + LINE / 2
            self.actions += [
                {"x": 22, "y": first + number * LETTERS, "text": line} for number, line in enumerate(lines)
            ]
            self.top += (tall - LINE) / 2
            self._beside(said, known, open_days)
        told = f"{title}: {bar.start_words} – {bar.end_words}. {bar.running_words}"
        row = {"action": bar.ref, "start": _iso(bar.start), "end": _iso(bar.end), "says": told}
        row["href"] = bar.href or None
        if open_days:
            self.bars.append({**row, **self._box(open_days), "fill": fill("not-known")})
        if known:
            pattern = fill("covered" if bar.full else "partly")
            self.bars.append({**row, **self._box(known), "fill": pattern})
        if known or open_days or not self.look.above:
            self.top += (tall + LINE) / 2

    def _days(self, bar: Bar, known: Stretch | None, open_days: Stretch | None) -> str:
        """Until when it runs, in an unknown stretch what is not known."""
        if open_days:
            return f"{bar.start_words} – {bar.end_words}"
        if known:
            return bar.end_words
        if bar.end is not None and bar.end < self.shown[0]:
            return f"◂ {bar.end_words}"
        return f"{bar.start_words} ▸"

    def _beside(self, text: str, known: Stretch | None, open_days: Stretch | None) -> None:
        """After the bar, before it, or where both are too narrow on what is not known, else on its end."""
        held, wide = [stretch for stretch in (known, open_days) if stretch], width_of(text, SMALL) + 4
        if not held:
            self._remark(self.look.bars + 8 if text.startswith("◂") else self.look.width, text)
            return
        first, last = (self.at(min(s[0] for s in held)), self.at(max(s[1] for s in held)))
        if last + 8 + wide <= self.look.width:
            self._remark(last + 8, text)
        elif first - 8 - wide >= self.look.bars:
            self._remark(first - 8 - wide, text)
        else:
            self._remark(self.at(open_days[0]) + 6 if open_days else last, text)

    def _box(self, stretch: Stretch) -> Row:
        middle = self.top + LINE / 2
        return {
            "x": round(self.at(stretch[0]), 1),
            "x2": round(max(self.at(stretch[1]), self.at(stretch[0]) + 2), 1),
            "y": middle - BAR / 2,
            "y2": middle + BAR / 2,
        }

    def _remark(self, x: float, text: str) -> None:
        x = max(min(x, self.look.width - width_of(text, SMALL) - 4), self.look.bars + 4)
        self.remarks.append({"x": round(x, 1), "y": self.top + LINE / 2 + 1, "text": text})

    def layers(self, canvas: Canvas, words: TimelineWords) -> list[alt.Chart]:
        """From the ground up; lines lie below everything, and words on a ground of their own."""
        today = self.at(self.day)
        named = {"x": min(max(today, 30), self.look.width - 30), "y": 9, "text": words.day}
        return [
            canvas.lines(list(self._years())),
            canvas.lines([{"x": today, "x2": today, "y": AXIS - 6, "y2": self.top}], "ink", 2),
            canvas.boxes(self.grounds, width=0),
            *canvas.words([*self._year_names(22), *self.years], size=SMALL, colour="quiet", boxed=True),
            canvas.boxes(self.gaps, line="gap", dash=(4, 3)),
            canvas.boxes(self.bars),
            canvas.lines(list(self._through_bars(today)), "ink", 2),
            *canvas.words([named], "center", SMALL, bold=True, boxed=True),
            *canvas.words(self.headings, bold=True),
            *canvas.words(self.needs, boxed=True),
            *canvas.words(self.actions, size=SMALL, colour="quiet", boxed=True),
            *canvas.words(self.remarks, size=SMALL, boxed=True),
        ]

    def _through_bars(self, today: float) -> Iterator[Row]:
        """The line of the day over the bars that it crosses."""
        for box in (*self.gaps, *self.bars):
            if box["x"] < today < box["x2"]:
                yield {"x": today, "x2": today, "y": box["y"], "y2": box["y2"]}

    def _years(self) -> Iterator[Row]:
        for year in range(self.shown[0].year, self.shown[1].year + 1):
            x = self.at(date(year, 1, 1))
            yield {"x": x, "x2": x, "y": AXIS - 8, "y2": self.top}

    def _year_names(self, y: float) -> Iterator[Row]:
        for year in range(self.shown[0].year, self.shown[1].year + 1, self.look.every):
            yield {"x": self.at(date(year, 1, 1)) + 4, "y": y, "text": str(year)}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
