"""Who works with whom: bodies on two arcs with their names outside, a line between two that share actions."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import altair as alt
import networkx as nx

from iisg.knowledge.analysis.pictures.canvas import Canvas, Ring, Row
from iisg.knowledge.analysis.pictures.picture import Cell, Picture, Sign, Spec, Table
from iisg.knowledge.analysis.pictures.theme import COLOURS, SIZE, WIDTH, fill

NAMES, LINE, MARGIN = 250.0, 31.0, 20.0
"""Pixels for the names on either side, between two bodies above each other, and above the first."""
THICKEST, STEPS = 14.0, 16
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
    """Draw the bodies that share actions; the order around the sheet keeps groups together and never varies."""
    labels = {body.key: body.label for body in bodies}
    known = [pair for pair in pairs if pair.first in labels and pair.second in labels]
    legend = [Sign("strong", words.other), Sign("striped", words.partner)]
    return Picture(
        name=name,
        question=words.question,
        says=words.says,
        spec=_spec(bodies, known, words),
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


def in_groups(bodies: Sequence[Body], pairs: Sequence[Pair]) -> list[Body]:
    """Bodies that share much next to each other: groups by greedy modularity (Clauset, Newman and Moore 2004).

    The order depends on nothing but the bodies and their pairs; those without a pair come last.
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(body.key for body in bodies))
    graph.add_weighted_edges_from(sorted((pair.first, pair.second, pair.actions) for pair in pairs))
    by_key = {body.key: body for body in bodies}
    if not graph.number_of_edges():
        return sorted(bodies, key=lambda body: body.key)
    groups = nx.algorithms.community.greedy_modularity_communities(graph, weight="weight")
    ordered: list[Body] = []
    for group in sorted(groups, key=lambda keys: (len(keys) == 1, -len(keys), min(keys))):
        ordered += sorted((by_key[key] for key in group), key=lambda body: (-body.actions, body.key))
    return ordered


def _spec(bodies: Sequence[Body], pairs: Sequence[Pair], words: NetworkWords) -> Spec:
    ordered = in_groups(bodies, pairs)
    half = -(-len(ordered) // 2)
    canvas = Canvas(2 * MARGIN + LINE * max(half, 1))
    places = _places(ordered, half, canvas.height)
    pointed = alt.selection_point(name="pointed", fields=["body"], on="pointerover", clear="pointerout")
    touches = " || ".join(
        [
            "!isValid(pointed.body)",
            *(f"indexof(pointed.body, datum.{end}) >= 0" for end in ("first", "second")),
        ]
    )
    lines = canvas.curves(_curves(pairs, places, ordered, words, canvas.height)).encode(
        opacity=alt.condition(touches, alt.value(0.6), alt.value(0.08))
    )
    dots, names = [], []
    for body in ordered:
        (x, y), on_left = places[body.key], ordered.index(body) < half
        row = {"body": body.key, "actions": body.actions, "href": body.href or None}
        dots.append(
            {
                **row,
                "x": x,
                "y": y,
                "area": 60 + 22 * math.sqrt(body.actions) * 3,
                "shape": "square" if body.partner else "circle",
                "fill": fill("striped" if body.partner else "strong"),
                "says": f"{body.label}: {words.part(body.actions)}",
            }
        )
        names.append({**row, "x": x + (-16 if on_left else 16), "y": y, "text": body.label, "left": on_left})
    return canvas.finished(
        lines,
        canvas.points(dots).add_params(pointed),
        *canvas.words([row for row in names if row["left"]], "right", SIZE, limit=NAMES - 18),
        *canvas.words([row for row in names if not row["left"]], "left", SIZE, limit=NAMES - 18),
    )


def _places(ordered: Sequence[Body], half: int, height: float) -> dict[str, tuple[float, float]]:
    """Down the left arc, then up the right one; equal steps from line to line, so that no name covers another."""
    places = {}
    for number, body in enumerate(ordered):
        left = number < half
        step = number if left else 2 * half - 1 - number
        y = MARGIN + LINE * (step + 0.5)
        bulge = math.sqrt(max(1 - ((y - height / 2) / (height / 2)) ** 2, 0.0))
        inner = (WIDTH / 2 - NAMES) * (0.6 + 0.4 * bulge)
        places[body.key] = (round(WIDTH / 2 + (-inner if left else inner), 1), round(y, 1))
    return places


def _curves(
    pairs: Sequence[Pair],
    places: dict[str, tuple[float, float]],
    bodies: Sequence[Body],
    words: NetworkWords,
    height: float,
) -> list[tuple[Ring, Row]]:
    """A curve for each pair, drawn towards the middle; the widest at the bottom."""
    labels = {body.key: body.label for body in bodies}
    most = max((pair.actions for pair in pairs), default=1)
    unit = min(1.6, THICKEST / most)
    return [
        (
            _curve(places[pair.first], places[pair.second], (WIDTH / 2, height / 2)),
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


def _curve(start: tuple[float, float], end: tuple[float, float], middle: tuple[float, float]) -> Ring:
    """A quadratic Bézier whose handle is drawn to the middle of the sheet, the more the farther its ends are apart."""
    pull = 0.2 + 0.4 * min(math.dist(start, end) / NAMES, 1.0)
    handle = tuple((a + b) / 2 * (1 - pull) + m * pull for a, b, m in zip(start, end, middle, strict=True))
    points = []
    for step in range(STEPS + 1):
        t = step / STEPS
        points.append(
            [
                round((1 - t) ** 2 * a + 2 * t * (1 - t) * h + t * t * b, 1)
                for a, h, b in zip(start, handle, end, strict=True)
            ]
        )
    return points
