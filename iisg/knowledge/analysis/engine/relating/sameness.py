"""Whether two records report one action: points for and against, and what rules it out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from iisg.knowledge.analysis.engine.relating.evidence import ALL_SIX, Evidence, same_size
from iisg.knowledge.analysis.engine.relating.profiles import Profile

ENOUGH: Final = 3.5
"""Points from which two records are offered as reports of one action."""

CERTAIN: Final = 7.5
"""Points from which the score is 1."""

UNLIKE_NAMES: Final = -0.5
"""Points for bodies that are told on both sides and not the same as far as names tell: one may be a translation."""

LEAST_TEXT: Final = 0.25
"""Likeness of wording below which nothing else makes two records one action."""


def ruled_out(first: Profile, second: Profile, seen: Evidence) -> bool:
    """Whether a known fact forbids that two with a partner in common are one: other money, other time, other phase."""
    if seen.funders_apart or seen.marks_apart or seen.apart:
        return True
    if (seen.starts or 0) > 730 or (seen.ends or 0) > 1100 or max(seen.line, seen.text) < LEAST_TEXT:
        return True
    return _later_of_a_line(first, second, seen)


def _later_of_a_line(first: Profile, second: Profile, seen: Evidence) -> bool:
    """One title tells a second or later phase, the other none, and neither days nor sums say that they are one."""
    told = [p.marks.phase for p in (first, second) if p.marks.told_apart]
    if len(told) != 1 or (told[0] or 0) < 2 or first.marks.phase == second.marks.phase:
        return False
    return not figures_agree(seen)


def figures_agree(seen: Evidence) -> bool:
    """Whether starts or ends lie within some months, or the sums are as good as equal."""
    days = [d for d in (seen.starts, seen.ends) if d is not None]
    size = same_size(seen)
    return bool(days and min(days) <= 200) or (size is not None and size <= 0.12)


def points(first: Profile, second: Profile, seen: Evidence) -> float:
    """How much speaks for one action; what is unknown adds and takes nothing."""
    return sum(_points(first, second, seen))


def _points(first: Profile, second: Profile, seen: Evidence) -> Iterator[float]:
    yield 3.5 * (0.4 * seen.line + 0.6 * seen.text)
    if seen.implementers:
        yield 0.5 + 0.5 * min(3, len(seen.implementers))
    elif first.implementers and second.implementers:
        yield -1.5 if seen.implementers_apart else UNLIKE_NAMES
    if seen.funders:
        yield 0.5
    elif first.funders and second.funders:
        yield UNLIKE_NAMES
    if seen.starts is not None:
        yield _of_days(seen.starts, near=0.5 if "start" in seen.rough else 1.0)
    if seen.ends is not None:
        yield 0.75 * _of_days(seen.ends, near=0.5 if "end" in seen.rough else 1.0)
    if (size := same_size(seen)) is not None:
        yield _of_size(size)
    yield _of_places(first.report.partners, second.report.partners)


def _of_days(days: int, near: float) -> float:
    if days <= 31:
        return near
    return 0.4 if days <= 120 else 0.0 if days <= 370 else -1.5


def _of_size(size: float) -> float:
    if size <= 0.12:
        return 1.5 if size <= 0.03 else 1.0
    return 0.0 if size <= 0.35 else -1.5 if size <= 1.1 else -3.0


def _of_places(one: frozenset[str], other: frozenset[str]) -> float:
    """The same choice of some partners says most, all six little; one report may name but its own partner."""
    if not one or not other:
        return 0.0
    if one == other:
        return 0.25 if len(one) == 1 else 0.1 if len(one) == ALL_SIX else 0.75
    return 0.0 if one < other or other < one else -0.5
