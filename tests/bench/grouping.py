"""Coverage from the summary beside a plain pandas group-by over the same facts: the same numbers, and the ratio."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

import pandas

from iisg.foundations.access.actors import CONSOLE
from iisg.knowledge.analysis.engine.coverage import coverage
from iisg.knowledge.analysis.engine.matrix import Line, matrix
from iisg.knowledge.analysis.reading import picture_of_answers
from iisg.knowledge.analysis.summary import summary_on

DAY = date(2026, 11, 23)
Counts = dict[tuple[str, str, str], int]
"""Needs by objective, partner and state."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Milliseconds for one matrix: read from the summary, grouped by pandas, counted by the engine from records."""

    size: int
    answers: int
    summary: float
    pandas: float
    engine: float
    equal: bool


def compare(size: int) -> Compared:
    """Count the matrix of a day in three ways; the facts that pandas groups are in memory already."""
    picture = picture_of_answers(CONSOLE, DAY)
    answers = coverage(picture.needs, picture.actions, picture.responses, picture.outstanding, DAY)
    told = [(a.need, a.partner, a.state.value) for a in answers]
    states = pandas.DataFrame(told, columns=["need", "partner", "state"])
    places = pandas.DataFrame(
        [(n.ref, place[2]) for n in picture.needs for place in {p[:3] for p in n.placements}],
        columns=["need", "objective"],
    )
    by_summary, summary = _quickest(from_summary)
    by_pandas, grouped = _quickest(lambda: from_pandas(states, places))
    by_engine, counted = _quickest(from_engine, times=1)
    return Compared(size, len(answers), summary, grouped, counted, by_summary == by_pandas == by_engine)


def from_summary() -> Counts:
    """The matrix as the page has it: read, answered, laid out."""
    found = summary_on(CONSOLE, DAY)
    return _counts(matrix(found.needs, found.answers, by="objective").lines)


def from_engine() -> Counts:
    """The matrix as it was before there was a summary."""
    found = picture_of_answers(CONSOLE, DAY)
    answers = coverage(found.needs, found.actions, found.responses, found.outstanding, DAY)
    return _counts(matrix(found.needs, answers, by="objective").lines)


def from_pandas(states: pandas.DataFrame, places: pandas.DataFrame) -> Counts:
    """The plain group-by."""
    joined = places.drop_duplicates().merge(states, on="need")
    sizes = joined.groupby(["objective", "partner", "state"]).size()
    return {cast(tuple[str, str, str], key): int(number) for key, number in sizes.items()}


def _counts(lines: Iterable[Line]) -> Counts:
    found: Counts = {}
    for line in lines:
        for partner, cell in line.cells.items():
            for state, number in cell.counts().items():
                if number:
                    found[line.objective, partner, state.value] = number
    return found


def _quickest(count: Callable[[], Counts], times: int = 5) -> tuple[Counts, float]:
    """The counts, and the least time that they took: the rest is the machine's other work."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        found = count()
        taken.append((time.perf_counter() - began) * 1000)
    return found, min(taken)
