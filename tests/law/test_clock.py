"""The clock is read at the door and passed down as `at` (design.md 7.8)."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.law.house import at, calls, dotted, product_files, room, told, tree

READS = ("now", "today", "utcnow", "localdate", "localtime", "time")
CLOCKS = ("timezone", "datetime", "date", "time")
DOORS = ("views", "forms", "clock", "jobs")
MAY_READ = {
    "iisg/faces/console": "the command line is a door",
    "iisg/foundations/jobs": "the worker is the clock's own hand",
    "iisg/knowledge/actions/reading_room/inside.py": "a program of its own; this is its door",
    "iisg/foundations/accounts/models.py": "who signs in holds the offices of that day; doors ask",
}
"""Further places that read the clock, each with its reason."""


def reads_the_clock(module: ast.Module) -> list[int]:
    """Lines that ask what time it is."""
    found = []
    for call in calls(module):
        *before, last = dotted(call.func).split(".")
        if last in READS and before and before[-1] in CLOCKS and not (last == "localtime" and call.args):
            found.append(call.lineno)
    return found


def _is_door(path: Path) -> bool:
    text = path.as_posix()
    return (
        room(path) in DOORS
        or "/management/" in text
        or "/templatetags/" in text
        or any(place in text for place in MAY_READ)
    )


def test_the_clock_is_read_at_the_door_only() -> None:
    breaches = [
        f"{at(path, line)} reads the clock"
        for path in product_files()
        if not _is_door(path)
        for line in reads_the_clock(tree(path))
    ]
    assert not breaches, told(
        breaches, "take `at: datetime` as an argument; the view or the clock passes it down"
    )


def test_the_law_sees_a_hidden_clock() -> None:
    hidden = "timezone.now()\ndate.today()\ndatetime.datetime.now(UTC)\ntimezone.localtime(at)\nmodel.now()\n"
    assert reads_the_clock(ast.parse(hidden)) == [1, 2, 3]
