"""Spans hold what the engine says on each of their days."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from iisg.knowledge.analysis.engine.coverage import coverage
from iisg.knowledge.analysis.engine.rows import ActionRow, NeedRow, Outstanding, ResponseRow, State
from iisg.knowledge.analysis.engine.running import running_at
from iisg.knowledge.analysis.engine.spans import (
    FIRST,
    LAST,
    Span,
    coverage_spans,
    running_spans,
    turning_days,
)
from iisg.knowledge.analysis.tests import made_up_rows as made_up

somewhen = st.dates(date(2019, 1, 1), date(2034, 1, 1))
told = st.none() | somewhen


@st.composite
def told_actions(draw: st.DrawFn) -> list[ActionRow]:
    """Actions whose stage speaks of a day, and whose start may be printed as a month or a year."""
    from dataclasses import replace

    def with_days(action: ActionRow) -> ActionRow:
        width = draw(st.sampled_from([None, 30, 364]))
        start_by = action.start + timedelta(days=width) if action.start and width else None
        return replace(action, told_on=draw(told), start_by=start_by)

    return [with_days(action) for action in draw(made_up.actions)]


def days_around(days: list[date]) -> list[date]:
    """The days, each with the one before and the one after."""
    return sorted({d + timedelta(days=n) for d in days if d not in (FIRST, LAST) for n in (-1, 0, 1)})


def one(spans: list[Span[State]], day: date) -> State:
    found = [span.answer for span in spans if span.since <= day < span.until]
    assert len(found) == 1
    return found[0]


@given(told_actions())
@settings(max_examples=60, deadline=None)
def test_an_action_runs_as_its_span_says(actions: list[ActionRow]) -> None:
    for action in actions:
        spans = running_spans(action)
        assert spans[0].since == FIRST
        assert spans[-1].until == LAST
        for day in days_around(turning_days([action])):
            held = [span.answer for span in spans if span.since <= day < span.until]
            assert held == [running_at(action, day)]


@given(made_up.need_rows("N0"), told_actions(), made_up.responses, made_up.outstanding)
@settings(max_examples=60, deadline=None)
def test_a_need_is_covered_as_its_spans_say(
    need: NeedRow, actions: list[ActionRow], responses: list[ResponseRow], silent: list[Outstanding]
) -> None:
    spans = coverage_spans(need, actions, [r for r in responses if r.need == "N0"])
    for day in days_around(turning_days(actions)):
        held = {s.answer.partner: s.answer for s in spans if s.since <= day < s.until}
        answers = coverage([need], actions, responses, silent, day)
        assert set(held) == {answer.partner for answer in answers}
        for answer in answers:
            kept = held[answer.partner]
            if answer.outstanding:
                assert (kept.silent_state, kept.silent_named) == (answer.state, answer.state_named)
            else:
                assert (kept.state, kept.state_named) == (answer.state, answer.state_named)


def test_neighbouring_days_with_one_answer_share_a_span() -> None:
    need = NeedRow("N0", partners=frozenset({"AL"}), pillars=frozenset({"WBBSi"}))
    running = ActionRow("A0", start=date(2024, 1, 1), end=date(2025, 12, 31), named=frozenset({"AL"}))
    spans = coverage_spans(need, [running], [ResponseRow("N0", "A0", "full")])
    assert [(s.since, s.until, s.answer.state) for s in spans] == [
        (FIRST, date(2024, 1, 1), State.GAP),
        (date(2024, 1, 1), date(2026, 1, 1), State.COVERED),
        (date(2026, 1, 1), LAST, State.GAP),
    ]


def test_an_end_on_the_last_day_of_the_calendar_does_no_harm() -> None:
    assert running_spans(ActionRow("A0", start=date(2024, 1, 1), end=LAST))[-1].until == LAST
