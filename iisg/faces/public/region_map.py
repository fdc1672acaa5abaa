"""The map of the region: how many public projects reach each partner, as shapes with words and a table."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from iisg.foundations.core.region import outlines
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.models import Action, Place

SHADES = 4
LINE = 1.15
"""Height of a line of words on the map, in heights of its letters."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How many public projects name the partner, and how many cover it as part of the region."""

    partner: Organisation
    named: int
    regional: int

    @property
    def together(self) -> int:
        """Every public project that reaches the partner."""
        return self.named + self.regional


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words on the map, and how far below the one before, in heights of a letter."""

    text: str
    step: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """One partner on the map: its outline, its shade (0 none, 1 the lightest), its words around a point."""

    reach: Reach
    path: str
    shade: int
    x: str
    y: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What a shade means: from so many to so many projects."""

    shade: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class RegionMap:
    """The picture with its table; without the built outlines `drawn` is empty and the table stands alone."""

    reaches: list[Reach]
    view_box: str
    backdrop: list[str]
    drawn: list[Drawn]
    steps: list[Step]
    nobody_named: int


def region_map() -> RegionMap:
    """Count, shade and place; partners in alphabetical order, never ranked (rules.md 8)."""
    reaches = _reaches()
    width = _step_width(max((reach.together for reach in reaches), default=0))
    region = outlines()
    by_code = {reach.partner.code: reach for reach in reaches}
    shapes: list[dict[str, Any]] = region["shapes"] if region else []
    shades = {shade for reach in reaches if (shade := _shade(reach.together, width))}
    return RegionMap(
        reaches=reaches,
        view_box=region["viewBox"] if region else "",
        backdrop=[shape["path"] for shape in shapes if shape["code"] is None],
        drawn=[_drawn(shape, by_code[shape["code"]], width) for shape in shapes if shape["code"] in by_code],
        steps=[Step(shade, (shade - 1) * width + 1, shade * width) for shade in sorted(shades)],
        nobody_named=Action.objects.published().filter(places__isnull=True).count(),
    )


def _reaches() -> list[Reach]:
    counted: dict[int, dict[bool, int]] = defaultdict(dict)
    places = Place.objects.filter(action__in=Action.objects.published()).order_by()
    for key, named, count in places.values_list("partner", "named").annotate(Count("pk")):
        counted[key][named] = count
    return [
        Reach(partner, counted[partner.pk].get(True, 0), counted[partner.pk].get(False, 0))
        for partner in Organisation.objects.partners()
    ]


def _step_width(most: int) -> int:
    """The smallest round width (1, 2, 5, 10, 20, 50 …) of which SHADES steps reach the greatest number."""
    width, factors = 1, (2, 2.5, 2)
    turn = 0
    while width * SHADES < most:
        width = int(width * factors[turn % 3])
        turn += 1
    return width


def _shade(count: int, width: int) -> int:
    return -(-count // width)


def _drawn(shape: dict[str, Any], reach: Reach, width: int) -> Drawn:
    x, y = shape["label"]
    words = [*_broken(reach.partner.name), str(reach.together)]
    first = 0.35 - LINE * (len(words) - 1) / 2
    return Drawn(
        reach=reach,
        path=shape["path"],
        shade=_shade(reach.together, width),
        x=f"{x:.1f}",
        y=f"{y:.1f}",
        lines=tuple(Line(text, f"{LINE if line else first:.2f}") for line, text in enumerate(words)),
    )


def _broken(name: str) -> list[str]:
    """A long name in two lines, at the space nearest to its middle."""
    spaces = [at for at, letter in enumerate(name) if letter == " "]
    if len(name) <= 12 or not spaces:
        return [name]
    middle = min(spaces, key=lambda at: abs(at - len(name) / 2))
    return [name[:middle], name[middle + 1 :]]
