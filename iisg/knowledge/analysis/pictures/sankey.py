"""Money from funder through implementer to partner: bands as wide as the sums, what is not known in its own band."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

import altair as alt

from iisg.knowledge.analysis.pictures.canvas import Canvas, Row, ribbon, wrapped
from iisg.knowledge.analysis.pictures.picture import Cell, Picture, Sign, Spec, Table
from iisg.knowledge.analysis.pictures.theme import COLOURS, NARROW, SIZE, SMALL, WIDTH, fill

BAR, PAD, LINE = 9.0, 7.0, 15.0
"""Pixels for the bar where the bands end, between it and the words, and for a line of words."""
BANDS, GAP, THIN = 430.0, 8.0, 3.0
"""Pixels for all money of the fullest level; between bodies; for a sum not known."""
HEADS = 30.0
"""Pixels for the names of the levels."""
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Link:
    """Money from one body to the next; `column` 0 leads from the first level to the second, and so on.

    `amount` None: every sum between the two is not known; `sums_not_known` counts those that `amount` lacks.
    `source_known` and `target_known` are False where the body itself is not known or the money not attributed;
    the label then says which of the two.
    """

    source: str
    target: str
    amount: Decimal | None
    column: int = 0
    sums_not_known: int = 0
    source_known: bool = True
    target_known: bool = True


@dataclass(frozen=True, slots=True)
class SankeyWords:
    """What the picture says; `short` and `exact` write a sum, `others` n bodies in one, `not_known_sums` n sums.

    `shared` is the label of money that several partners have together: not attributed, and yet not unknown.
    """

    question: str
    says: str
    caption: str
    heads: tuple[str, str, str, str]
    levels: tuple[str, ...]
    money: str
    not_known: str
    shared: str
    short: Callable[[Decimal], str]
    exact: Callable[[Decimal], str]
    others: Callable[[int], str]
    not_known_sums: Callable[[int], str]


@dataclass(slots=True)
class _Side:
    """What passes one side of a body: its sums, how many of its bands and sums are not known, how far it is filled."""

    amount: Decimal = ZERO
    bands_not_known: int = 0
    sums_not_known: int = 0
    filled: float = 0.0


@dataclass(slots=True)
class _Body:
    """A body at one level: its name in `lines`, what stands here as `told`; place and height of its bar in pixels."""

    level: int
    label: str
    known: bool
    incoming: _Side = field(default_factory=_Side)
    outgoing: _Side = field(default_factory=_Side)
    lines: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    top: float = 0.0
    height: float = 0.0

    @property
    def slot(self) -> float:
        """Pixels for the body with its words."""
        return max(self.height, LINE * (len(self.lines) + len(self.told)) + 2)

    @property
    def bar(self) -> float:
        """Where its bar begins."""
        return self.top + (self.slot - self.height) / 2

    @property
    def amount(self) -> Decimal:
        """The money that stands here, which may come in or go out in part only."""
        return max(self.incoming.amount, self.outgoing.amount)

    @property
    def sums_not_known(self) -> int:
        """How many sums `amount` lacks."""
        return max(self.incoming.sums_not_known, self.outgoing.sums_not_known)

    @property
    def bands_not_known(self) -> int:
        """How many bands stand for sums that are not known."""
        return max(self.incoming.bands_not_known, self.outgoing.bands_not_known)


def sankey(links: Sequence[Link], words: SankeyWords, name: str = "flows", most: int = 12) -> Picture:
    """Draw the links; of each level but the last only the `most` largest bodies stand alone, the rest as one."""
    drawn = gathered(links, words, most)
    legend = [Sign("plain", words.money)]
    patterns = {_pattern(link, words) for link in drawn}
    for pattern, means in (("others", words.shared), ("not-known", words.not_known)):
        if pattern in patterns:
            legend.append(Sign(pattern, means))
    return Picture(
        name=name,
        question=words.question,
        says=words.says,
        spec=_spec(drawn, words, WIDE),
        narrow=_spec(drawn, words, SLIM),
        table=sankey_table(drawn, words),
        legend=tuple(legend),
        live=True,
    )


def sankey_table(links: Sequence[Link], words: SankeyWords) -> Table:
    """From, to, sum and how many sums are not known, level by level."""
    rows = tuple(
        (
            Cell(link.source),
            Cell(link.target),
            Cell(None if link.amount is None else words.exact(link.amount)),
            Cell(str(link.sums_not_known)),
        )
        for link in sorted(links, key=lambda each: each.column)
    )
    return Table(words.caption, words.heads, rows, numeric=frozenset({2, 3})).without_zeros_at_the_end()


def gathered(links: Sequence[Link], words: SankeyWords, most: int) -> list[Link]:
    """One link for each pair of bodies, the smaller bodies of each level but the last gathered as one; sums kept."""
    small: dict[tuple[int, str], str] = {}
    for level in range(max((link.column for link in links), default=-1) + 1):
        labels = _beyond(links, level, most)
        others = words.others(len(labels)) if labels else ""
        small |= {(level, label): others for label in labels}
    together: dict[tuple[int, str, str], list[Link]] = {}
    for link in links:
        source = small.get((link.column, link.source), link.source)
        target = small.get((link.column + 1, link.target), link.target)
        together.setdefault((link.column, source, target), []).append(link)
    return [_together(found, source, target) for (_column, source, target), found in together.items()]


def _beyond(links: Sequence[Link], level: int, most: int) -> list[str]:
    """Known bodies of a level that are not among its largest."""
    sums: dict[str, Decimal] = {}
    for link in links:
        if link.column == level and link.source_known:
            sums[link.source] = sums.get(link.source, ZERO) + (link.amount or ZERO)
        if link.column == level - 1 and link.target_known:
            sums.setdefault(link.target, ZERO)
    ordered = sorted(sums, key=lambda label: (-sums[label], label))
    return ordered[most - 1 :] if len(ordered) > most else []


def _together(links: Sequence[Link], source: str, target: str) -> Link:
    """Links between two bodies, or between those that they were gathered in, as one."""
    known = [link.amount for link in links if link.amount is not None]
    return replace(
        links[0],
        source=source,
        target=target,
        amount=sum(known, ZERO) if known else None,
        sums_not_known=sum(link.sums_not_known for link in links),
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    """How a drawing is laid out: its width, the pixels and the size of its names, all levels beside each other or not.

    A slim one shows two levels at a time, one pair below the other.
    """

    width: float
    names: float
    size: int
    together: bool

    @property
    def box(self) -> float:
        """Pixels for a body: its bars and its words."""
        return self.names + 2 * (BAR + PAD)


WIDE, SLIM = _Sheet(WIDTH, 158.0, SIZE, together=True), _Sheet(NARROW, 106.0, SMALL, together=False)
Bodies = dict[tuple[int, str], _Body]


def _pattern(link: Link, words: SankeyWords) -> str:
    """Of a band: what is known, what several partners have together, what is not known."""
    if link.amount is None or not link.source_known:
        return "not-known"
    return "plain" if link.target_known else _unattributed(link.target, words)


def _unattributed(label: str, words: SankeyWords) -> str:
    return "others" if label == words.shared else "not-known"


def _spec(links: Sequence[Link], words: SankeyWords, sheet: _Sheet) -> Spec:
    bodies, drawing, bottom = _bodies(links, sheet, words), _Drawing(), 0.0
    last = max((level for level, _label in bodies), default=0)
    for levels in [range(last + 1)] if sheet.together else [range(at, at + 2) for at in range(last)]:
        shown = {key: body for key, body in bodies.items() if body.level in levels}
        top, bottom = bottom, _place(shown, last, bottom + HEADS)
        lefts = {
            level: (sheet.width - sheet.box) * number / max(len(levels) - 1, 1)
            for number, level in enumerate(levels)
        }
        passed = [link for link in links if link.column in levels[:-1]]
        drawing.bands += _bands(passed, bodies, lefts, words, sheet)
        for level, left in lefts.items():
            drawing.head(words.levels[level], top, left, levels, level, sheet)
            for body in sorted((b for b in shown.values() if b.level == level), key=lambda b: b.top):
                pattern = fill("strong" if body.known else _unattributed(body.label, words))
                drawing.body(body, left, levels, pattern, sheet)
        bottom += 0 if sheet.together else GAP
    return drawing.finished(Canvas(bottom or HEADS, sheet.width), sheet)


def _bodies(links: Sequence[Link], sheet: _Sheet, words: SankeyWords) -> Bodies:
    """Every body with what passes it, its words in lines and the height of its bar."""
    bodies: Bodies = {}
    for link in links:
        source = bodies.setdefault(
            (link.column, link.source), _Body(link.column, link.source, link.source_known)
        )
        target = bodies.setdefault(
            (link.column + 1, link.target), _Body(link.column + 1, link.target, link.target_known)
        )
        for side in (source.outgoing, target.incoming):
            side.amount += link.amount or ZERO
            side.bands_not_known += link.amount is None
            side.sums_not_known += link.sums_not_known
    scale = _scale(bodies)
    for body in bodies.values():
        body.lines = tuple(wrapped(body.label, sheet.names, sheet.size, bold=True, most=6))
        body.told = tuple(line for part in _sums(body, words) for line in wrapped(part, sheet.names, SMALL))
        body.height = max(float(body.amount) * scale + THIN * body.bands_not_known, 1.5)
    return bodies


def _place(bodies: Bodies, last: int, first: float) -> float:
    """Put every body in its place: larger first, partners by name, what is not known last; where the lowest ends."""
    lowest = first
    for level in {body.level for body in bodies.values()}:
        top = first
        here = [body for body in bodies.values() if body.level == level]
        for body in sorted(here, key=lambda each: _order(each, last)):
            body.top = top
            top += body.slot + GAP
        lowest = max(lowest, top)
    return lowest


def _order(body: _Body, last: int) -> tuple[bool, Decimal, str]:
    return (not body.known, ZERO if body.level == last else -body.amount, body.label.casefold())


def _scale(bodies: Bodies) -> float:
    """Pixels for one unit of money, so that the fullest level fits."""
    totals: dict[int, Decimal] = {}
    for body in bodies.values():
        totals[body.level] = totals.get(body.level, ZERO) + body.amount
    most = max(totals.values(), default=ZERO)
    return BANDS / float(most) if most else 0.0


def _bands(
    links: Sequence[Link], bodies: Bodies, lefts: dict[int, float], words: SankeyWords, sheet: _Sheet
) -> Iterator[tuple[list[list[list[float]]], dict[str, object]]]:
    """One band for each link, stacked at both ends in the order of what lies opposite."""
    scale = _scale(bodies)
    ordered = sorted(
        links,
        key=lambda link: (
            link.column,
            bodies[link.column, link.source].top,
            bodies[link.column + 1, link.target].top,
        ),
    )
    for link in ordered:
        source, target = bodies[link.column, link.source], bodies[link.column + 1, link.target]
        thick = THIN if link.amount is None else max(float(link.amount) * scale, 0.8)
        y0, y1 = source.bar + source.outgoing.filled, target.bar + target.incoming.filled
        source.outgoing.filled += thick
        target.incoming.filled += thick
        pattern = _pattern(link, words)
        yield (
            [ribbon(lefts[source.level] + sheet.box, y0, lefts[target.level], y1, thick)],
            {
                "pair": f"{link.column}: {link.source} → {link.target}",
                "says": _says(link, words),
                "amount": None if link.amount is None else float(link.amount),
                "fill": fill(pattern),
                "line": COLOURS["not-known" if pattern == "not-known" else "deep"],
            },
        )


def _says(link: Link, words: SankeyWords) -> str:
    parts = [words.not_known if link.amount is None else words.short(link.amount)]
    if link.amount is not None and link.sums_not_known:
        parts.append(words.not_known_sums(link.sums_not_known))
    return f"{link.source} → {link.target}: {', '.join(parts)}"


Place = Literal["left", "center", "right"]


@dataclass(slots=True)
class _Drawing:
    """Rows of the layers. A body is a box between its bars, on which no band lies: there stand its name and its sum."""

    bands: list[tuple[list[list[list[float]]], dict[str, object]]] = field(default_factory=list)
    boxes: list[Row] = field(default_factory=list)
    bars: list[Row] = field(default_factory=list)
    heads: dict[Place, list[Row]] = field(default_factory=dict)
    names: dict[Place, list[Row]] = field(default_factory=dict)
    sums: dict[Place, list[Row]] = field(default_factory=dict)

    def head(
        self, title: str, top: float, left: float, levels: Sequence[int], level: int, sheet: _Sheet
    ) -> None:
        """The name of a level above its bodies."""
        side, x = _words_at(left, levels, level, sheet)
        self.heads.setdefault(side, []).append({"x": x, "y": top + HEADS / 2, "text": title})

    def body(self, body: _Body, left: float, levels: Sequence[int], pattern: str, sheet: _Sheet) -> None:
        """Box, bars on the sides where bands end, name and sums."""
        side, x = _words_at(left, levels, body.level, sheet)
        right = left + sheet.box
        self.boxes.append(
            {"x": left, "x2": right, "y": body.top, "y2": body.top + body.slot, "fill": COLOURS["surface"]}
        )
        ends = ([left] if body.level > levels[0] else []) + ([right - BAR] if body.level < levels[-1] else [])
        self.bars += [
            {"x": at, "x2": at + BAR, "y": body.bar, "y2": body.bar + body.height, "fill": pattern}
            for at in ends
        ]
        y = body.top + body.slot / 2 - LINE * (len(body.lines) + len(body.told) - 1) / 2
        for number, line in enumerate(body.lines + body.told):
            rows = self.names if number < len(body.lines) else self.sums
            rows.setdefault(side, []).append({"x": x, "y": y + LINE * number, "text": line})

    def finished(self, canvas: Canvas, sheet: _Sheet) -> Spec:
        """The layers from the ground up; what is pointed at in the wide drawing stands out."""
        bands = canvas.shapes(self.bands, strokeWidth=0.6)
        if sheet.together:
            pointed = alt.selection_point(name="pointed", fields=["pair"], on="pointerover", empty=True)
            lit = alt.condition(pointed, alt.value(0.85), alt.value(0.25))
            bands = bands.encode(opacity=lit).add_params(pointed)
        charts = [bands, canvas.boxes(self.boxes, line="line"), canvas.boxes(self.bars)]
        for side, rows in self.heads.items():
            charts += canvas.words(rows, side, SMALL, "quiet", limit=sheet.names)
        for side, rows in self.names.items():
            charts += canvas.words(rows, side, sheet.size, bold=True)
        for side, rows in self.sums.items():
            charts += canvas.words(rows, side, SMALL, "quiet")
        return canvas.finished(*charts)


def _words_at(left: float, levels: Sequence[int], level: int, sheet: _Sheet) -> tuple[Place, float]:
    """At the bar where the only bands end; in the middle where they end on both sides."""
    if level == levels[0]:
        return "right", left + sheet.box - BAR - PAD
    return ("left", left + BAR + PAD) if level == levels[-1] else ("center", left + sheet.box / 2)


def _sums(body: _Body, words: SankeyWords) -> list[str]:
    """The sum that stands here, and how many more are not known."""
    parts = [words.short(body.amount)] if body.amount else []
    if body.sums_not_known:
        parts.append(words.not_known_sums(body.sums_not_known))
    return parts or [words.not_known]
