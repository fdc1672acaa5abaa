"""A sheet of pixels on which pictures lay words, boxes, lines and shapes; each layer is a Vega-Lite mark over rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import altair as alt

from iisg.knowledge.analysis.pictures.picture import Spec
from iisg.knowledge.analysis.pictures.theme import COLOURS, FONT, SIZE, WIDTH

Row = Mapping[str, Any]
"""What a mark stands for: its place in pixels, what it shows, and the numbers of the record behind it."""
Ring = list[list[float]]
_WIDTHS = {
    letter: part
    for letters, part in (
        ("iljtfrI.,:;'|!()[] -–", 0.34),
        ("mwMW@%…—", 0.88),
        ("ABCDEFGHKNOPQRSTUVXYZ&", 0.68),
    )
    for letter in letters
}
"""Widths of letters in parts of their size; the others take 0.58."""
_STEPS = 20


@dataclass(frozen=True, slots=True)
class Canvas:
    """Layers of one picture, `width` pixels wide and `height` high; places count from the left and from the top.

    Rows may hold `says` (told when pointed at, and to those who listen) and `href` (where a click leads).
    """

    height: float
    width: float = WIDTH
    sets: dict[str, list[Row]] = field(default_factory=dict)
    """The rows of each layer by name; they join the specification last, for checking them one by one is slow."""

    def words(
        self,
        rows: Sequence[Row],
        align: Literal["left", "center", "right"] = "left",
        size: int = SIZE,
        colour: str = "ink",
        bold: bool = False,
        limit: float = 0,
        edged: bool = False,
        boxed: bool = False,
    ) -> list[alt.Chart]:
        """`text` at `x`, `y` (its middle), cut at `limit` pixels.

        Below the letters `edged` draws a white edge, `boxed` a white box, so that no line runs through them.
        Words are cut here: the converter has another font than the page, and measures slowly.
        """
        look: dict[str, Any] = {"align": align, "baseline": "middle", "fontSize": size}
        look["fontWeight"] = "bold" if bold else "normal"
        edge: dict[str, Any] = {"stroke": "#ffffff", "strokeWidth": 4, "strokeJoin": "round", "aria": False}
        letters: dict[str, Any] = {"color": COLOURS[colour], "aria": _told(rows)}
        cut = [{**row, "text": shortened(row["text"], limit, size, bold)} for row in rows]
        ground = [self.boxes([_box_below(row, align, size, bold) for row in cut], width=0)] if boxed else []
        named = self._named(cut)
        return ground + [
            self._placed(alt.Chart(named).mark_text(**look, **ink), rows, text=alt.Text("text:N"))
            for ink in ([edge, letters] if edged else [letters])
        ]

    def boxes(
        self, rows: Sequence[Row], line: str = "deep", width: float = 0.8, dash: Sequence[float] = (1, 0)
    ) -> alt.Chart:
        """From `x`, `y` to `x2`, `y2`, filled with `fill` as `theme.fill` names it."""
        marks = alt.Chart(self._named(rows)).mark_rect(
            stroke=COLOURS[line], strokeWidth=width, strokeDash=list(dash), aria=_told(rows)
        )
        return self._placed(
            marks, rows, x2=alt.X2("x2"), y2=alt.Y2("y2"), fill=alt.Fill("fill:N", scale=None)
        )

    def lines(
        self, rows: Sequence[Row], colour: str = "line", width: float = 1, dash: Sequence[float] = (1, 0)
    ) -> alt.Chart:
        """Straight from `x`, `y` to `x2`, `y2`."""
        marks = alt.Chart(self._named(rows)).mark_rule(
            stroke=COLOURS[colour], strokeWidth=width, strokeDash=list(dash), aria=_told(rows)
        )
        return self._placed(marks, rows, x2=alt.X2("x2"), y2=alt.Y2("y2"))

    def shapes(self, features: Iterable[tuple[Sequence[Ring], Row]], **look: Any) -> alt.Chart:
        """Polygons of `fill` and `line`: rings in pixels, each with its row."""
        rows: list[Row] = [
            {**row, "type": "Feature", "geometry": {"type": "Polygon", "coordinates": list(rings)}}
            for rings, row in features
        ]
        marks = alt.Chart(self._named(rows)).mark_geoshape(aria=_told(rows), **look)
        coloured = marks.encode(
            fill=alt.Fill("fill:N", scale=None), stroke=alt.Stroke("line:N", scale=None), **_telling(rows)
        )
        shapes: alt.Chart = coloured.project(type="identity", scale=1, translate=[0, 0])
        return shapes

    def curves(self, rows: Sequence[tuple[Ring, Row]]) -> alt.Chart:
        """Lines through points in pixels, `width` pixels wide, in `line`."""
        features: list[Row] = [
            {**row, "type": "Feature", "geometry": {"type": "LineString", "coordinates": points}}
            for points, row in rows
        ]
        marks = alt.Chart(self._named(features)).mark_geoshape(
            filled=False, aria=_told(features), strokeCap="round"
        )
        drawn = marks.encode(
            stroke=alt.Stroke("line:N", scale=None),
            strokeWidth=alt.StrokeWidth("width:Q", scale=None),
            **_telling(features),
        )
        curves: alt.Chart = drawn.project(type="identity", scale=1, translate=[0, 0])
        return curves

    def points(self, rows: Sequence[Row]) -> alt.Chart:
        """A `shape` (circle, square, triangle-up …) of `area` square pixels at `x`, `y`, filled with `fill`."""
        marks = alt.Chart(self._named(rows)).mark_point(
            stroke=COLOURS["deep"], strokeWidth=1, opacity=1, aria=_told(rows)
        )
        return self._placed(
            marks,
            rows,
            size=alt.Size("area:Q", scale=None, legend=None),
            shape=alt.Shape("shape:N", scale=None, legend=None),
            fill=alt.Fill("fill:N", scale=None),
        )

    def finished(self, *layers: alt.Chart) -> Spec:
        """The layers, the first at the bottom, in the look of the house as plain data.

        Tests hold every specification against the schema; doing it for every reader would take longer than drawing.
        """
        picture = alt.layer(*layers).properties(width=self.width, height=self.height)
        spec: Spec = picture.configure(
            background="transparent",
            padding=4,
            font=FONT,
            mark=alt.MarkConfig(aria=False),
            text=alt.MarkConfig(font=FONT),
            view=alt.ViewConfig(stroke=None),
        ).to_dict(validate=False)
        return spec | {"datasets": self.sets}

    def _named(self, rows: Sequence[Row]) -> alt.NamedData:
        name = f"rows-{len(self.sets)}"
        self.sets[name] = [dict(row) for row in rows]
        return alt.NamedData(name=name)

    def _placed(self, marks: alt.Chart, rows: Sequence[Row], **more: Any) -> alt.Chart:
        x = alt.X("x:Q", scale=alt.Scale(domain=[0, self.width], nice=False), axis=None)
        down = alt.Scale(domain=[0, self.height], range=[0, self.height], nice=False)
        placed: alt.Chart = marks.encode(x, alt.Y("y:Q", scale=down, axis=None), **more, **_telling(rows))
        return placed


def width_of(text: str, size: float, bold: bool = False) -> float:
    """About how many pixels a text takes in Noto Sans, rather too many than too few."""
    return sum(_WIDTHS.get(letter, 0.58) for letter in text) * size * (1.06 if bold else 1)


def shortened(text: str, limit: float, size: float, bold: bool = False) -> str:
    """The text as far as `limit` pixels go, cut with an ellipsis; a limit of 0 cuts nothing."""
    if not limit or width_of(text, size, bold) <= limit:
        return text
    left, kept = limit - width_of("…", size, bold), 0
    for letter in text:
        left -= width_of(letter, size, bold)
        if left < 0:
            break
        kept += 1
    return text[:kept].rstrip() + "…"


def wrapped(text: str, limit: float, size: float, bold: bool = False, most: int = 3) -> list[str]:
    """The text in lines of at most `limit` pixels, broken between words; what is beyond the `most` lines is cut."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and len(lines) < most and width_of(longer, size, bold) > limit:
            lines.append(word)
        else:
            lines[-1] = longer
    return [shortened(line, limit, size, bold) for line in lines]


def ribbon(x0: float, y0: float, x1: float, y1: float, thick: float) -> Ring:
    """The ring of a band that leaves and arrives level, its middle line a smooth step."""
    upper = []
    for step in range(_STEPS + 1):
        part = step / _STEPS
        risen = part * part * (3 - 2 * part)
        upper.append([round(x0 + (x1 - x0) * part, 1), round(y0 + (y1 - y0) * risen, 1)])
    lower = [[x, round(y + thick, 1)] for x, y in reversed(upper)]
    return [*upper, *lower, upper[0]]


def _box_below(row: Row, align: str, size: float, bold: bool) -> Row:
    """A white box around a text, as high as a line of it."""
    wide = width_of(row["text"], size, bold)
    left = row["x"] - {"left": 0.0, "center": wide / 2, "right": wide}[align]
    return {
        "x": left - 2,
        "x2": left + wide + 2,
        "y": row["y"] - size * 0.62,
        "y2": row["y"] + size * 0.62,
        "fill": "#ffffff",
    }


def _told(rows: Sequence[Row]) -> bool:
    return any("says" in row for row in rows)


def _telling(rows: Sequence[Row]) -> dict[str, Any]:
    """What is said of a mark and where it leads, if its rows know."""
    said = {"description": alt.Description("says:N"), "tooltip": alt.Tooltip("says:N")} if _told(rows) else {}
    return said | ({"href": alt.Href("href:N")} if any(row.get("href") for row in rows) else {})
