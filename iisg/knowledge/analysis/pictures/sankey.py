"""Money from funder through implementer to partner: bands as wide as the sums, what is not known in its own band."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

import altair as alt

from iisg.knowledge.analysis.pictures.canvas import Canvas
from iisg.knowledge.analysis.pictures.picture import Cell, Picture, Sign, Spec, Table
from iisg.knowledge.analysis.pictures.theme import COLOURS, SMALL, WIDTH, fill

SIDE, BAR = 205.0, 14.0
"""Pixels for the names on either side, and the width of a body's bar."""
BANDS, SLOT, GAP, THIN = 430.0, 32.0, 8.0, 3.0
"""Pixels for all money of the fullest level; the least for a body's two lines; between bodies; for a sum not known."""
HEADS = 30.0
"""Pixels for the names of the levels."""
STEPS = 20
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
    """What the picture says; `short` and `exact` write a sum, `others` n bodies in one, `not_known_sums` n sums."""

    question: str
    says: str
    caption: str
    heads: tuple[str, str, str, str]
    levels: tuple[str, ...]
    money: str
    not_known: str
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
    """A body at one level with its place: `top` and `height` in pixels."""

    level: int
    label: str
    known: bool
    incoming: _Side = field(default_factory=_Side)
    outgoing: _Side = field(default_factory=_Side)
    top: float = 0.0
    height: float = 0.0

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
    if any(_unknown(link) for link in drawn):
        legend.append(Sign("not-known", words.not_known))
    return Picture(
        name=name,
        question=words.question,
        says=words.says,
        spec=_spec(drawn, words),
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
    return Table(words.caption, words.heads, rows, numeric=frozenset({2, 3}))


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


def _unknown(link: Link) -> bool:
    return link.amount is None or not (link.source_known and link.target_known)


def _spec(links: Sequence[Link], words: SankeyWords) -> Spec:
    bodies = _placed(links)
    canvas = Canvas(max((body.top + max(body.height, SLOT) for body in bodies.values()), default=HEADS))
    levels = max((body.level for body in bodies.values()), default=1)
    lefts = [SIDE + (WIDTH - 2 * SIDE - BAR) * level / max(levels, 1) for level in range(levels + 1)]
    pointed = alt.selection_point(name="pointed", fields=["pair"], on="pointerover", empty=True)
    bands = (
        canvas.shapes(_bands(links, bodies, lefts, words), strokeWidth=0.6)
        .encode(opacity=alt.condition(pointed, alt.value(0.85), alt.value(0.25)))
        .add_params(pointed)
    )
    bars = [
        {
            "x": lefts[body.level],
            "x2": lefts[body.level] + BAR,
            "y": body.top,
            "y2": body.top + body.height,
            "fill": fill("strong" if body.known else "not-known"),
        }
        for body in bodies.values()
    ]
    return canvas.finished(bands, canvas.boxes(bars), *_names(canvas, bodies, lefts, words))


def _placed(links: Sequence[Link]) -> dict[tuple[int, str], _Body]:
    """Every body with its place: larger first, partners by name, what is not known last."""
    bodies: dict[tuple[int, str], _Body] = {}
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
    last = max((level for level, _label in bodies), default=0)
    for level in range(last + 1):
        top = HEADS
        for body in sorted(
            (each for each in bodies.values() if each.level == level), key=lambda each: _order(each, last)
        ):
            body.height = max(float(body.amount) * scale + THIN * body.bands_not_known, 1.5)
            body.top = top
            top += max(body.height, SLOT) + GAP
    return bodies


def _order(body: _Body, last: int) -> tuple[bool, Decimal, str]:
    return (not body.known, ZERO if body.level == last else -body.amount, body.label.casefold())


def _scale(bodies: dict[tuple[int, str], _Body]) -> float:
    """Pixels for one unit of money, so that the fullest level fits."""
    totals: dict[int, Decimal] = {}
    for body in bodies.values():
        totals[body.level] = totals.get(body.level, ZERO) + body.amount
    most = max(totals.values(), default=ZERO)
    return BANDS / float(most) if most else 0.0


def _bands(
    links: Sequence[Link], bodies: dict[tuple[int, str], _Body], lefts: list[float], words: SankeyWords
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
        y0, y1 = source.top + source.outgoing.filled, target.top + target.incoming.filled
        source.outgoing.filled += thick
        target.incoming.filled += thick
        unknown = _unknown(link)
        yield (
            [_ribbon(lefts[source.level] + BAR, y0, lefts[target.level], y1, thick)],
            {
                "pair": f"{link.column}: {link.source} → {link.target}",
                "says": _says(link, words),
                "amount": None if link.amount is None else float(link.amount),
                "fill": fill("not-known" if unknown else "plain"),
                "line": COLOURS["not-known" if unknown else "deep"],
            },
        )


def _says(link: Link, words: SankeyWords) -> str:
    parts = [words.not_known if link.amount is None else words.short(link.amount)]
    if link.amount is not None and link.sums_not_known:
        parts.append(words.not_known_sums(link.sums_not_known))
    return f"{link.source} → {link.target}: {', '.join(parts)}"


def _ribbon(x0: float, y0: float, x1: float, y1: float, thick: float) -> list[list[float]]:
    """The ring of a band that leaves and arrives level, its middle line a smooth step."""
    upper = []
    for step in range(STEPS + 1):
        part = step / STEPS
        risen = part * part * (3 - 2 * part)
        upper.append([round(x0 + (x1 - x0) * part, 1), round(y0 + (y1 - y0) * risen, 1)])
    lower = [[x, round(y + thick, 1)] for x, y in reversed(upper)]
    return [*upper, *lower, upper[0]]


def _names(
    canvas: Canvas, bodies: dict[tuple[int, str], _Body], lefts: list[float], words: SankeyWords
) -> list[alt.Chart]:
    """Name and sum beside each body: outside of the first and the last level, on a white edge between them."""
    last = len(lefts) - 1
    charts: list[alt.Chart] = []
    for level, left in enumerate(lefts):
        here = sorted((b for b in bodies.values() if b.level == level), key=lambda b: b.top)
        align: Literal["left", "right"] = "right" if level == 0 else "left"
        x, limit, edged = (left - 8 if level == 0 else left + BAR + 8), SIDE - 12, 0 < level < last
        named = [{"x": x, "y": _middle(body) - 7, "text": body.label} for body in here]
        summed = [{"x": x, "y": _middle(body) + 8, "text": _sum(body, words)} for body in here]
        charts += canvas.words(
            [{"x": x, "y": HEADS / 2, "text": words.levels[level]}], align, SMALL, "quiet", limit=limit
        )
        charts += canvas.words(named, align, bold=True, limit=limit, edged=edged)
        charts += canvas.words(summed, align, SMALL, "quiet", limit=limit, edged=edged)
    return charts


def _middle(body: _Body) -> float:
    return body.top + max(body.height, SLOT) / 2 if body.height < SLOT else body.top + body.height / 2


def _sum(body: _Body, words: SankeyWords) -> str:
    """The sum that stands here, and how many more are not known."""
    parts = [words.short(body.amount)] if body.amount else []
    if body.sums_not_known:
        parts.append(words.not_known_sums(body.sums_not_known))
    return ", ".join(parts) or words.not_known
