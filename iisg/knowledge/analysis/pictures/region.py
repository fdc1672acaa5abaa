"""Coverage on the map of the region: on each partner's shape a bar of the four states, once for each pillar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from iisg.knowledge.analysis.pictures.canvas import Canvas, Ring, Row
from iisg.knowledge.analysis.pictures.picture import Cell, Picture, Sign, Spec, Table
from iisg.knowledge.analysis.pictures.theme import COLOURS, NARROW, SIZE, SMALL, WIDTH, fill

STATES = ("covered", "partly", "gap", "not_known")
GAP, TITLE = 24.0, 28.0
"""Pixels between maps and for the title above each."""
BAR, THICK, DIGIT = 84.0, 16.0, 8.0
"""Length and thickness of a partner's bar; the length that one digit of a number in it takes."""
MARGIN = 0.04
"""What is shown around the partners, as a part of their width."""
ASIDE = {"AL": (-14.0, 10.0), "ME": (-34.0, -2.0), "MK": (20.0, 0.0), "XK": (24.0, 6.0)}
"""Pixels by which bars of neighbouring small shapes give way to each other."""
BACKDROP, LAND = "#e6ebf0", "#f8fafc"
_STEP = re.compile(r"([ML])(-?[\d.]+),(-?[\d.]+)")


@dataclass(frozen=True, slots=True)
class Outline:
    """A shape of the region: `code` is None for a neighbour, `path` an SVG path of M, L and Z, `label` its middle."""

    code: str | None
    path: str
    label: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stated:
    """The needs of a partner: how many stand in each of STATES, where they are listed, the lines of its name."""

    code: str
    name: str
    counts: Mapping[str, int]
    href: str = ""

    @property
    def needs(self) -> int:
        """How many needs it states."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class RegionMap:
    """One map: its title and its partners in alphabetical order."""

    title: str
    partners: tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class RegionWords:
    """What the picture says; `states` words each of STATES, `told` all counts of a partner in a sentence."""

    question: str
    says: str
    caption: str
    heads: tuple[str, str, str, str, str, str, str]
    states: Mapping[str, str]
    none_stated: str


def region(
    maps: Sequence[RegionMap],
    outlines: Sequence[Outline],
    size: tuple[float, float],
    words: RegionWords,
    name: str = "region",
) -> Picture:
    """Draw the maps two by two, or one below the other; `size` is that of the sheet with the outlines."""
    return Picture(
        name=name,
        question=words.question,
        says=words.says,
        spec=_spec(maps, outlines, size, words, WIDTH, 2),
        narrow=_spec(maps, outlines, size, words, NARROW, 1),
        table=region_table(maps, words),
        legend=tuple(Sign(state.replace("_", "-"), words.states[state]) for state in STATES),
    )


def region_table(maps: Sequence[RegionMap], words: RegionWords) -> Table:
    """Map, partner, needs and how many of them stand in each state."""
    rows = tuple(
        (
            Cell(each.title),
            Cell(partner.name, partner.href),
            Cell(str(partner.needs)),
            *(Cell(str(partner.counts.get(state, 0))) for state in STATES),
        )
        for each in maps
        for partner in each.partners
    )
    return Table(words.caption, words.heads, rows, numeric=frozenset(range(2, 7)))


def rings(path: str, scale: float = 1.0, left: float = 0.0, top: float = 0.0) -> list[Ring]:
    """The closed rings of an SVG path of M, L and Z, made smaller and moved."""
    found: list[Ring] = []
    for letter, x, y in _STEP.findall(path):
        if letter == "M":
            found.append([])
        found[-1].append([round(float(x) * scale + left, 1), round(float(y) * scale + top, 1)])
    return [[*ring, ring[0]] for ring in found]


def _spec(
    maps: Sequence[RegionMap],
    outlines: Sequence[Outline],
    size: tuple[float, float],
    words: RegionWords,
    width: float,
    across: int,
) -> Spec:
    wide = (width - GAP * (across - 1)) / across
    first, last = _width_of_partners(outlines, size)
    scale = wide / (last - first)
    tall = size[1] * scale + TITLE + GAP
    canvas = Canvas(tall * -(-len(maps) // across) - GAP, width)
    shapes: list[tuple[list[Ring], Row]] = []
    titles: list[Row] = []
    parts: list[Row] = []
    numbers: list[Row] = []
    names: list[Row] = []
    for number, each in enumerate(maps):
        left, top = (number % across) * (wide + GAP), (number // across) * tall
        place = _Place(scale, left, top + TITLE, first, last)
        by_code = {partner.code: partner for partner in each.partners}
        titles.append({"x": left, "y": top + TITLE / 2, "text": each.title})
        shapes += _shapes(outlines, place)
        for one in outlines:
            if partner := by_code.get(one.code or ""):
                bar = list(_parts(partner, _bar_at(one, place), words))
                parts += bar
                numbers += _numbers(bar)
                names += _names(partner, _bar_at(one, place), words)
    return canvas.finished(
        canvas.shapes(shapes, strokeWidth=1),
        canvas.boxes(parts, line="ink"),
        *canvas.words(numbers, "center", SMALL, bold=True, edged=True),
        *canvas.words(names, "center", SMALL, edged=True),
        *canvas.words(titles, bold=True),
    )


def _width_of_partners(outlines: Sequence[Outline], size: tuple[float, float]) -> tuple[float, float]:
    """From where to where the partners reach on the outlines' own sheet, with a margin."""
    across = [float(x) for one in outlines if one.code for _letter, x, _y in _STEP.findall(one.path)]
    if not across:
        return 0.0, size[0]
    margin = MARGIN * (max(across) - min(across))
    return max(min(across) - margin, 0.0), min(max(across) + margin, size[0])


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a map stands on the sheet, and from where to where the outlines are shown."""

    scale: float
    left: float
    top: float
    first: float
    last: float

    def __call__(self, point: tuple[float, float]) -> tuple[float, float]:
        return self.left + (point[0] - self.first) * self.scale, self.top + point[1] * self.scale

    def rings(self, path: str) -> list[Ring]:
        """The rings of a path in their place, cut at the edges of the map."""
        right = self.left + (self.last - self.first) * self.scale
        moved = rings(path, self.scale, self.left - self.first * self.scale, self.top)
        return [[[min(max(x, self.left), right), y] for x, y in ring] for ring in moved]


def _shapes(outlines: Iterable[Outline], place: _Place) -> Iterator[tuple[list[Ring], Row]]:
    """Backdrop and partners; several rings are several shapes, for none of them has a hole."""
    for one in outlines:
        look = {"fill": LAND if one.code else BACKDROP, "line": COLOURS["quiet"] if one.code else "#ffffff"}
        for ring in place.rings(one.path):
            yield [ring], look


def _bar_at(one: Outline, place: _Place) -> tuple[float, float]:
    (x, y), (right, below) = place(one.label), ASIDE.get(one.code or "", (0.0, 0.0))
    return x + right, y + below


def _parts(partner: Stated, at: tuple[float, float], words: RegionWords) -> Iterator[Row]:
    """The bar of a partner, as long for every partner: what counts is the share of each state."""
    x, told = at[0] - BAR / 2, f"{partner.name}: {_told(partner, words)}"
    for state in STATES:
        count = partner.counts.get(state, 0)
        if count:
            end = x + BAR * count / partner.needs
            yield {
                "partner": partner.code,
                "state": state,
                "needs": count,
                "x": round(x, 1),
                "x2": round(end, 1),
                "y": at[1],
                "y2": at[1] + THICK,
                "fill": fill(state.replace("_", "-")),
                "says": told,
                "href": partner.href or None,
            }
            x = end


def _numbers(bar: Sequence[Row]) -> Iterator[Row]:
    """How many needs each part stands for: in it, or where it is too narrow beside the bar or below it."""
    below = 0.0
    for number, part in enumerate(bar):
        text, x = str(part["needs"]), (part["x"] + part["x2"]) / 2
        wide, y = DIGIT * len(text) + 5, part["y"] + THICK / 2 + 1
        if part["x2"] - part["x"] < wide:
            if number == 0:
                x = part["x"] - wide / 2
            elif number == len(bar) - 1:
                x = part["x2"] + wide / 2
            else:
                x, y = max(x, below + wide / 2), part["y"] + THICK + 8
                below = x + wide / 2
        yield {"x": round(x, 1), "y": y, "text": text}


def _names(partner: Stated, at: tuple[float, float], words: RegionWords) -> Iterator[Row]:
    lines = partner.name.split(" and ") if len(partner.name) > 16 else [partner.name]
    for number, line in enumerate(reversed(lines)):
        text = line if number == len(lines) - 1 else f"and {line}"
        yield {"x": at[0], "y": at[1] - 9 - number * (SIZE + 1), "text": text}
    if not partner.needs:
        yield {"x": at[0], "y": at[1] + THICK / 2, "text": words.none_stated}


def _told(partner: Stated, words: RegionWords) -> str:
    held = [f"{partner.counts[state]} {words.states[state]}" for state in STATES if partner.counts.get(state)]
    return ", ".join(held) or words.none_stated
