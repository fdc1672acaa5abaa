"""Answers that hold from one day to another: the engine asked on every day on which its answer may change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from iisg.knowledge.analysis.engine.coverage import coverage
from iisg.knowledge.analysis.engine.rows import ActionRow, NeedRow, Outstanding, ResponseRow, Running, State
from iisg.knowledge.analysis.engine.running import running_at

FIRST, LAST = date.min, date.max
"""Bounds of a span that has none: it holds from FIRST on, or up to and with LAST."""

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Span(Generic[Answer]):
    """What holds from `since` to the day before `until`, [since, until)."""

    since: date
    until: date
    answer: Answer


@dataclass(frozen=True, slots=True)
class Standing:
    """A need for one partner: while all members asked have answered, and while one of them is silent."""

    partner: str
    state: State
    state_named: State
    silent_state: State
    silent_named: State


def turning_days(actions: Iterable[ActionRow]) -> list[date]:
    """The days on which any of the actions may begin to run, or cease to, in order; FIRST before them."""
    found = {FIRST}
    for action in [one for each in actions for one in (each, *each.reports)]:
        found.update(day for day in (action.start, action.start_by, action.told_on) if day)
        if action.end and action.end < LAST:
            found.add(action.end + timedelta(days=1))
    return sorted(found)


def running_spans(action: ActionRow) -> list[Span[Running]]:
    """Whether the action runs, for every day there is."""
    return _spans(turning_days([action]), lambda day: running_at(action, day))


def coverage_spans(
    need: NeedRow, actions: Sequence[ActionRow], responses: Sequence[ResponseRow]
) -> list[Span[Standing]]:
    """How far the need is covered for each of its partners, for every day there is.

    `actions` are those that were judged and what they are part of. Rounds have their own days, and a member's
    silence changes nothing but to leave a question open: so both answers are kept, and the page knows which holds.
    """
    somebody = [Outstanding("somebody", min(need.pillars, default=""))]

    def standings(day: date) -> list[Standing]:
        answers = coverage([need], actions, responses, [], day)
        silent = coverage([need], actions, responses, somebody, day)
        return [
            Standing(a.partner, a.state, a.state_named, s.state, s.state_named)
            for a, s in zip(answers, silent, strict=True)
        ]

    days = turning_days(actions)
    on_day = [standings(day) for day in days]
    return [span for column in zip(*on_day, strict=True) for span in _joined(days, column)]


def _spans(days: Sequence[date], answer: Callable[[date], Answer]) -> list[Span[Answer]]:
    return _joined(days, [answer(day) for day in days])


def _joined(days: Sequence[date], answers: Sequence[Answer]) -> list[Span[Answer]]:
    """One span for neighbouring days with the same answer."""
    starts = [n for n, answer in enumerate(answers) if n == 0 or answer != answers[n - 1]]
    return [
        Span(days[n], days[after] if after < len(days) else LAST, answers[n])
        for n, after in zip(starts, [*starts[1:], len(days)], strict=True)
    ]
