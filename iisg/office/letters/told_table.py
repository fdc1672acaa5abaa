"""The table "who is told of what" as it is shown, and who would be told now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.http import QueryDict

from iisg.office.letters.addressing import (
    Addressee,
    Circle,
    Occasion,
    circle,
    circles,
    occasions,
    without_doubles,
)
from iisg.office.letters.decided import lines_of_all
from iisg.office.letters.models import Told

MOST_RECORDS = 50


@dataclass(frozen=True, slots=True)
class Cell:
    """Whether a circle is told of an occasion; without `line` the occasion cannot reach it."""

    circle: Circle
    line: Told | None

    @property
    def key(self) -> str:
        """How a sent table names the cell."""
        return f"{self.line.occasion}/{self.circle.slug}" if self.line else ""

    @property
    def told_name(self) -> str:
        """The name of the box "is told"."""
        return f"told-{self.line.occasion}-{self.circle.slug}" if self.line else ""

    @property
    def copy_name(self) -> str:
        """The name of the box "in copy"."""
        return f"copy-{self.line.occasion}-{self.circle.slug}" if self.line else ""


@dataclass(frozen=True, slots=True)
class Row:
    """An occasion with a cell for each circle of the table."""

    occasion: Occasion
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Reached:
    """Whom an occasion would reach now, by circle."""

    circle: Circle
    as_copy: bool
    people: list[Addressee]


def used_circles() -> list[Circle]:
    """Circles that some occasion may reach, by slug."""
    named = {slug for each in occasions() for slug in each.circles}
    return [each for each in circles() if each.slug in named]


def table() -> list[Row]:
    """All occasions down, all circles across, in one question."""
    across, decided = used_circles(), lines_of_all()
    return [
        Row(
            each,
            [Cell(one, decided[each.slug].get(one.slug)) for one in across],
        )
        for each in occasions()
    ]


def changed(rows: Iterable[Row], given: QueryDict) -> Iterator[tuple[str, str, bool, bool]]:
    """What a sent table says otherwise than it stands, of the cells that it showed: occasion, circle, told, in copy."""
    for row in rows:
        for cell in row.cells:
            if cell.line is None or cell.key not in given.getlist("shown"):
                continue
            told, as_copy = cell.told_name in given, cell.copy_name in given
            if (told, as_copy) != (cell.line.active, cell.line.as_copy):
                yield row.occasion.slug, cell.circle.slug, told, as_copy


def records_for(what: Occasion, reader: object) -> list[models.Model]:
    """The newest records that an occasion may be about, as far as the reader sees them."""
    model = apps.get_model(what.about)
    found: Any = model._default_manager.all()
    if hasattr(found, "visible_to"):
        found = found.visible_to(reader)
    return list(found.order_by("-pk")[:MOST_RECORDS])


def reached(what: Occasion, record: models.Model) -> list[Reached]:
    """Whom the occasion would reach now about a record."""
    return [
        Reached(circle(line.circle), line.as_copy, without_doubles(circle(line.circle).members(record)))
        for line in lines_of_all()[what.slug].values()
        if line.active
    ]
