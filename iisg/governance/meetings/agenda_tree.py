"""An agenda as it is read: items in their order with their numbers, "2" and below it "2.1"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from iisg.governance.meetings.models import AgendaItem


@dataclass(frozen=True, slots=True)
class Line:
    """An item with its number on the agenda and how deep it stands (0 at the top)."""

    number: str
    depth: int
    item: AgendaItem


def numbered(items: Iterable[AgendaItem]) -> list[Line]:
    """All items of one meeting as a tree in reading order; what stands below no item of it stands at the top."""
    found = sorted(items, key=lambda item: (item.position, item.pk))
    known = {item.pk for item in found}
    below: dict[int | None, list[AgendaItem]] = {}
    for item in found:
        below.setdefault(item.parent_id if item.parent_id in known else None, []).append(item)
    lines: list[Line] = []

    def walk(parent: int | None, before: str, depth: int) -> None:
        for number, item in enumerate(below.get(parent, []), start=1):
            lines.append(Line(f"{before}{number}", depth, item))
            walk(item.pk, f"{before}{number}.", depth + 1)

    walk(None, "", 0)
    return lines


def is_below(item: AgendaItem, other: AgendaItem) -> bool:
    """Whether an item is another one or stands below it, through however many others."""
    here: AgendaItem | None = item
    while here is not None:
        if here.pk == other.pk:
            return True
        here = here.parent
    return False
