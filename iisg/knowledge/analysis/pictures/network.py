"""Who works with whom: bodies in blocks of those that share much, an arc between two that share actions."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import altair as alt
import networkx as nx

from iisg.knowledge.analysis.pictures.canvas import Canvas, Ring, Row, wrapped
from iisg.knowledge.analysis.pictures.picture import Cell, Picture, Sign, Spec, Table
from iisg.knowledge.analysis.pictures.theme import COLOURS, NARROW, SIZE, SMALL, WIDTH, fill

LINE, LETTERS, MARGIN, GAP = 30.0, 15.0, 8.0, 14.0
"""Pixels for a body, for a line of its name, above the first and below the last of a block, between two blocks."""
THICKEST, STEPS = 14.0, 32
"""The most that a line is wide, whatever it stands for; points on a curve."""


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation: `actions` are those it takes part in; `partner` where it is, or belongs to, one of the six."""

    key: str
    label: str
    actions: int
    partner: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two bodies and how many actions they share."""

    first: str
    second: str
    actions: int
    href: str = ""


@dataclass(frozen=True, slots=True)
class NetworkWords:
    """What the picture says; `shared` words how many actions two share, `part` in how many one takes part."""

    question: str
    says: str
    caption: str
    heads: tuple[str, str, str]
    partner: str
    other: str
    shared: Callable[[int], str]
    part: Callable[[int], str]


def network(
    bodies: Sequence[Body], pairs: Sequence[Pair], words: NetworkWords, name: str = "network"
) -> Picture:
    """Draw the bodies that share actions; the order keeps groups together and never varies."""
    labels = {body.key: body.label for body in bodies}
    known = [pair for pair in pairs if pair.first in labels and pair.second in labels]
    legend = [Sign("strong", words.other), Sign("striped", words.partner)]
    return Picture(
        name=name,
        question=words.question,
        says=words.says,
        spec=_spec(bodies, known, words, WIDE),
        narrow=_spec(bodies, known, words, SLIM),
        table=network_table(labels, known, words),
        legend=tuple(legend if any(body.partner for body in bodies) else legend[:1]),
        live=True,
    )


def network_table(labels: dict[str, str], pairs: Sequence[Pair], words: NetworkWords) -> Table:
    """Two bodies and how many actions they share, most first."""
    ordered = sorted(
        pairs, key=lambda pair: (-pair.actions, labels[pair.first].casefold(), labels[pair.second])
    )
    rows = tuple(
        (Cell(labels[pair.first]), Cell(labels[pair.second]), Cell(str(pair.actions), pair.href))
        for pair in ordered
    )
    return Table(words.caption, words.heads, rows, numeric=frozenset({2}))


def in_groups(bodies: Sequence[Body], pairs: Sequence[Pair]) -> list[list[Body]]:
    """Bodies that share much together: groups by greedy modularity (Clauset, Newman and Moore 2004), large ones first.

    The order depends on nothing but the bodies and their pairs; those without a pair come last, each alone.
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(body.key for body in bodies))
    graph.add_weighted_edges_from(sorted((pair.first, pair.second, pair.actions) for pair in pairs))
    by_key = {body.key: body for body in bodies}
    if not graph.number_of_edges():
        return [[body] for body in sorted(bodies, key=lambda body: body.key)]
    groups = nx.algorithms.community.greedy_modularity_communities(graph, weight="weight")
    ordered = sorted(groups, key=lambda keys: (len(keys) == 1, -len(keys), min(keys)))
    return [
        sorted((by_key[key] for key in group), key=lambda body: (-body.actions, body.key))
        for group in ordered
    ]


@dataclass(frozen=True, slots=True)
class _Look:
    """How a drawing is laid out: its width, and the pixels and the size of the names at its left."""

    width: float
    names: float
    size: int

    @property
    def column(self) -> float:
        """Where the bodies stand, below each other."""
        return self.names + 30


WIDE, SLIM = _Look(WIDTH, 300.0, SIZE), _Look(NARROW, 168.0, SMALL)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A body with the lines of its name and how far down it stands."""

    body: Body
    lines: list[str]
    y: float


def _placed(groups: Sequence[Sequence[Body]], look: _Look) -> tuple[list[_Placed], list[Row], float]:
    """Every body in its place, the grounds of the blocks, and where the lowest ends."""
    placed: list[_Placed] = []
    blocks: list[Row] = []
    top = 2.0
    for group in groups:
        begin, top = top, top + MARGIN
        for body in group:
            lines = wrapped(body.label, look.names - 12, look.size)
            tall = max(LINE, LETTERS * len(lines) + 6)
            placed.append(_Placed(body, lines, top + tall / 2))
            top += tall
        top += MARGIN
        blocks.append({"x": 0, "x2": look.column + 16, "y": begin, "y2": top, "fill": COLOURS["surface"]})
        top += GAP
    return placed, blocks, max(top - GAP, LINE)


def _spec(bodies: Sequence[Body], pairs: Sequence[Pair], words: NetworkWords, look: _Look) -> Spec:
    placed, blocks, bottom = _placed(in_groups(bodies, pairs), look)
    canvas = Canvas(bottom + 2, look.width)
    lines = canvas.curves(_curves(pairs, placed, words, look))
    dots = canvas.points([_dot(one, words, look) for one in placed])
    if look is WIDE:
        pointed = alt.selection_point(name="pointed", fields=["body"], on="pointerover", clear="pointerout")
        touched = (f"indexof(pointed.body, datum.{end}) >= 0" for end in ("first", "second"))
        lit = " || ".join(["!isValid(pointed.body)", *touched])
        lines = lines.encode(opacity=alt.condition(lit, alt.value(0.6), alt.value(0.08)))
        dots = dots.add_params(pointed)
    else:
        lines = lines.encode(opacity=alt.value(0.6))
    names = [
        {
            "body": one.body.key,
            "href": one.body.href or None,
            "x": look.names,
            "y": one.y + (number - (len(one.lines) - 1) / 2) * LETTERS,
            "text": text,
        }
        for one in placed
        for number, text in enumerate(one.lines)
    ]
    grounds = canvas.boxes(blocks, line="line")
    return canvas.finished(grounds, lines, dots, *canvas.words(names, "right", look.size))


def _dot(one: _Placed, words: NetworkWords, look: _Look) -> Row:
    body = one.body
    return {
        "body": body.key,
        "actions": body.actions,
        "href": body.href or None,
        "x": look.column - 12,
        "y": one.y,
        "area": min(60 + 66 * math.sqrt(body.actions), 420),
        "shape": "square" if body.partner else "circle",
        "fill": fill("striped" if body.partner else "strong"),
        "says": f"{body.label}: {words.part(body.actions)}",
    }


def _curves(
    pairs: Sequence[Pair], placed: Sequence[_Placed], words: NetworkWords, look: _Look
) -> list[tuple[Ring, Row]]:
    """An arc for each pair, the farther its ends are apart the wider it swings; the thickest at the bottom."""
    labels = {one.body.key: one.body.label for one in placed}
    heights = {one.body.key: one.y for one in placed}
    most = max((pair.actions for pair in pairs), default=1)
    unit = min(1.6, THICKEST / most)
    longest = max((abs(heights[pair.first] - heights[pair.second]) for pair in pairs), default=1.0)
    room = look.width - look.column - THICKEST
    return [
        (
            _arc(look.column - 12, heights[pair.first], heights[pair.second], room, longest),
            {
                "first": pair.first,
                "second": pair.second,
                "actions": pair.actions,
                "width": round(max(unit * pair.actions, 0.8), 2),
                "line": COLOURS["link"],
                "says": f"{labels[pair.first]} – {labels[pair.second]}: {words.shared(pair.actions)}",
                "href": pair.href or None,
            },
        )
        for pair in sorted(pairs, key=lambda pair: (-pair.actions, pair.first, pair.second))
    ]


def _arc(x: float, start: float, end: float, room: float, longest: float) -> Ring:
    """Half an ellipse to the right of a column, as wide as the room where it is the longest."""
    swing = room * (abs(end - start) / longest) ** 0.8 if longest else room
    middle, half = (start + end) / 2, (end - start) / 2
    return [
        [
            round(x + swing * math.sin(math.pi * step / STEPS), 1),
            round(middle - half * math.cos(math.pi * step / STEPS), 1),
        ]
        for step in range(STEPS + 1)
    ]
