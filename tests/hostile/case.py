"""What a hostile or broken file is expected to meet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hostile:
    """One file. `code` and `place` belong to the refusal or to the remark that is expected, "" for none.

    `verdict` is "refused" (the whole file), "row refused" (that record, the others are taken), "warned" or
    "accepted"; `name` is the name it is sent under, which may lie.
    """

    name: str
    build: Callable[[], bytes]
    verdict: str
    code: str = ""
    place: str = ""


def refused(name: str, build: Callable[[], bytes], code: str, place: str = "") -> Hostile:
    """The whole file is refused."""
    return Hostile(name, build, "refused", code, place)


def row_refused(name: str, build: Callable[[], bytes], code: str, place: str) -> Hostile:
    """One record is refused at its place, the others are taken."""
    return Hostile(name, build, "row refused", code, place)


def warned(name: str, build: Callable[[], bytes], code: str, place: str = "") -> Hostile:
    """Taken with a remark."""
    return Hostile(name, build, "warned", code, place)


def accepted(name: str, build: Callable[[], bytes]) -> Hostile:
    """Taken; whatever is hostile in it has no effect."""
    return Hostile(name, build, "accepted")
