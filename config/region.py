"""Draws the shapes of the region from the public-domain world atlas, as paths ready for an SVG."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypedDict

WIDTH, HEIGHT, MARGIN = 900.0, 800.0, 36.0
PARTNERS = {
    "Albania": ("AL", "Albania"),
    "Bosnia and Herz.": ("BA", "Bosnia and Herzegovina"),
    "Kosovo": ("XK", "Kosovo*"),
    "Montenegro": ("ME", "Montenegro"),
    "Macedonia": ("MK", "North Macedonia"),
    "North Macedonia": ("MK", "North Macedonia"),
    "Serbia": ("RS", "Serbia"),
}
"""Name in the atlas -> (code, our own name): ISO 3166-1 alpha-2, and the user-assigned XK."""

Point = tuple[float, float]
Ring = list[Point]


class Shape(TypedDict):
    """One outline: `code` is None for a neighbour, only backdrop; `label` is where a name may stand."""

    code: str | None
    name: str
    path: str
    label: Point


def draw_region(atlas: Path) -> dict[str, Any]:
    """Return {"viewBox": "0 0 900 800", "shapes": [Shape, …]}, backdrop first, then partners by name.

    `atlas` is a TopoJSON file of the npm package world-atlas (Natural Earth, public domain). Lengths are SVG
    user units with one decimal.
    """
    topology = json.loads(atlas.read_text(encoding="utf-8"))
    arcs = list(_decoded_arcs(topology))
    outlines = [
        (
            geometry["properties"]["name"],
            [[_project(point) for point in ring] for ring in _rings(geometry, arcs)],
        )
        for geometry in topology["objects"]["countries"]["geometries"]
        if geometry["type"] in {"Polygon", "MultiPolygon"}
    ]
    fit = _Fit([point for name, rings in outlines if name in PARTNERS for ring in rings for point in ring])
    shapes = [shape for name, rings in outlines if (shape := _shape(name, rings, fit))]
    shapes.sort(key=lambda shape: (shape["code"] is not None, shape["name"]))
    return {"viewBox": f"0 0 {WIDTH:.0f} {HEIGHT:.0f}", "shapes": shapes}


def _decoded_arcs(topology: dict[str, Any]) -> Iterator[Ring]:
    """TopoJSON keeps an arc as whole-number steps from the point before; give back degrees."""
    (scale_x, scale_y), (shift_x, shift_y) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    for arc in topology["arcs"]:
        x = y = 0
        points: Ring = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + shift_x, y * scale_y + shift_y))
        yield points


def _rings(geometry: dict[str, Any], arcs: list[Ring]) -> Iterator[Ring]:
    """A ring is a list of arc numbers; a negative number is the arc ~n walked backwards."""
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    for polygon in polygons:
        for numbers in polygon:
            ring: Ring = []
            for number in numbers:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                ring.extend(arc[1:] if ring else arc)
            yield ring


def _project(point: Point) -> Point:
    """Lambert conformal conic, parallels 40° and 46° N, middle 19° E (Snyder 1987, eq. 15-1 to 15-5)."""
    south, north, middle = math.radians(40), math.radians(46), math.radians(19)

    def slope(latitude: float) -> float:
        return math.tan(math.pi / 4 + latitude / 2)

    cone = math.log(math.cos(south) / math.cos(north)) / math.log(slope(north) / slope(south))
    latitude = math.radians(min(max(point[1], -60.0), 85.0))
    radius = math.cos(south) * slope(south) ** cone / cone / slope(latitude) ** cone
    angle = cone * (math.radians(point[0]) - middle)
    return radius * math.sin(angle), radius * math.cos(angle)


class _Fit:
    """Moves projected points into the picture so that the six partners fill it."""

    def __init__(self, points: Ring) -> None:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        self.scale = min(
            (WIDTH - 2 * MARGIN) / (max(xs) - min(xs)), (HEIGHT - 2 * MARGIN) / (max(ys) - min(ys))
        )
        self.x = WIDTH / 2 - self.scale * (max(xs) + min(xs)) / 2
        self.y = HEIGHT / 2 - self.scale * (max(ys) + min(ys)) / 2

    def __call__(self, point: Point) -> Point:
        return self.x + self.scale * point[0], self.y + self.scale * point[1]


def _shape(name: str, rings: list[Ring], fit: _Fit) -> Shape | None:
    placed = [[fit(point) for point in ring] for ring in rings]
    if not any(0 < x < WIDTH and 0 < y < HEIGHT for ring in placed for x, y in ring):
        return None
    placed = [_thinned(_clipped(ring)) for ring in placed]
    visible = [ring for ring in placed if len(ring) > 2 and _area(ring) > 2]
    if not visible:
        return None
    code, own_name = PARTNERS.get(name, (None, ""))
    path = "".join("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in ring) + "Z" for ring in visible)
    return Shape(code=code, name=own_name, path=path, label=_centre(max(visible, key=_area)))


def _clipped(ring: Ring, pad: float = 4.0) -> Ring:
    """Cut a ring to the picture, edge by edge (Sutherland and Hodgman 1974)."""
    for axis, limit, sign in ((0, -pad, 1), (0, WIDTH + pad, -1), (1, -pad, 1), (1, HEIGHT + pad, -1)):
        kept: Ring = []
        for before, here in zip(ring[-1:] + ring[:-1], ring, strict=True):
            inside, was_inside = (here[axis] - limit) * sign >= 0, (before[axis] - limit) * sign >= 0
            if inside != was_inside:
                share = (limit - before[axis]) / (here[axis] - before[axis])
                kept.append(
                    (before[0] + share * (here[0] - before[0]), before[1] + share * (here[1] - before[1]))
                )
            if inside:
                kept.append(here)
        ring = kept
    return ring


def _thinned(ring: Iterable[Point], step: float = 0.8) -> Ring:
    """Leave out points nearer than `step` units to the one before."""
    kept: Ring = []
    for point in ring:
        if not kept or math.dist(point, kept[-1]) >= step:
            kept.append(point)
    return kept


def _area(ring: Ring) -> float:
    return (
        abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True))) / 2
    )


def _centre(ring: Ring) -> Point:
    """Centre of gravity of a ring."""
    signed = cx = cy = 0.0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        signed, cx, cy = signed + cross, cx + (x1 + x2) * cross, cy + (y1 + y2) * cross
    return round(cx / (3 * signed), 1), round(cy / (3 * signed), 1)
