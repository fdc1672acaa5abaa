"""Several reports of one action count once, and joining them loses nothing that any of them states (rules.md 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from iisg.knowledge.analysis.engine.coverage import coverage
from iisg.knowledge.analysis.engine.one_action import Groups, of_actions, one_each
from iisg.knowledge.analysis.engine.overlaps import overlaps
from iisg.knowledge.analysis.engine.rows import (
    ActionRow,
    FlowRow,
    NeedRow,
    Outstanding,
    ResponseRow,
    Running,
    State,
)
from iisg.knowledge.analysis.engine.running import running_at
from iisg.knowledge.analysis.tests import made_up_rows as made_up
from iisg.knowledge.responses.grouping import groups_of, heads_of

links = st.lists(st.tuples(st.sampled_from(made_up.REFS), st.sampled_from(made_up.REFS)), max_size=5)
ANSWERED = (State.COVERED, State.PARTLY)


def by_ref(rows: Sequence[ActionRow]) -> list[ActionRow]:
    return sorted(rows, key=lambda row: row.ref)


@given(links)
def test_who_is_joined_does_not_depend_on_the_order(pairs: list[tuple[str, str]]) -> None:
    heads = heads_of(pairs)
    assert heads == heads_of((other, one) for one, other in reversed(pairs))
    for one, other in pairs:
        assert heads[one] == heads[other] <= min(one, other)
    assert all(ref in group for ref, group in groups_of(pairs).items())


@given(made_up.actions, links)
def test_joining_twice_changes_nothing(actions: list[ActionRow], pairs: list[tuple[str, str]]) -> None:
    groups = Groups(heads_of(pairs))
    once = one_each(actions, groups)
    assert one_each(once, groups) == once
    assert len({row.ref for row in once}) == len(once)
    assert {row.ref for row in once} == {groups.head(row.ref) for row in actions}


@given(made_up.actions, links, st.randoms(use_true_random=False))
def test_the_order_of_reports_is_irrelevant(
    actions: list[ActionRow], pairs: list[tuple[str, str]], chance: object
) -> None:
    groups = Groups(heads_of(pairs))
    shuffled = list(actions)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert by_ref(one_each(shuffled, groups)) == by_ref(one_each(actions, groups))


@given(made_up.actions, links, st.dates(date(2019, 1, 1), date(2033, 12, 31)))
def test_an_action_runs_while_one_of_its_reports_says_so(
    actions: list[ActionRow], pairs: list[tuple[str, str]], at: date
) -> None:
    groups = Groups(heads_of(pairs))
    running = {groups.head(a.ref) for a in actions if running_at(a, at) is Running.RUNNING}
    assert {row.ref for row in one_each(actions, groups) if running_at(row, at) is Running.RUNNING} == running


@given(made_up.actions, links)
def test_what_no_report_states_stays_unknown_and_what_one_states_is_kept(
    actions: list[ActionRow], pairs: list[tuple[str, str]]
) -> None:
    groups = Groups(heads_of(pairs))
    for row in one_each(actions, groups):
        reports = [a for a in actions if groups.head(a.ref) == row.ref]
        for name in ("funders", "implementers", "assistance", "pillars", "measures", "partners"):
            assert getattr(row, name) == frozenset().union(*(getattr(a, name) for a in reports))
        for name in ("start", "end", "stage", "flows"):
            assert bool(getattr(row, name)) <= any(getattr(a, name) for a in reports)
        assert not row.named & row.regional
        assert row.flows in ((), *(a.flows for a in reports))


@given(made_up.needs, made_up.actions, made_up.responses, made_up.outstanding, links)
def test_joining_reports_never_opens_a_gap_where_something_answered(
    needs: list[NeedRow],
    actions: list[ActionRow],
    responses: list[ResponseRow],
    outstanding: list[Outstanding],
    pairs: list[tuple[str, str]],
) -> None:
    groups = Groups(heads_of(pairs))
    before = coverage(needs, actions, responses, outstanding, made_up.TODAY)
    after = coverage(
        needs, one_each(actions, groups), of_actions(responses, groups), outstanding, made_up.TODAY
    )
    for old, new in zip(before, after, strict=True):
        assert old.state not in ANSWERED or new.state in ANSWERED
        assert old.state_named not in ANSWERED or new.state_named in ANSWERED


@given(made_up.actions, made_up.responses, links)
def test_two_reports_of_one_action_never_overlap(
    actions: list[ActionRow], responses: list[ResponseRow], pairs: list[tuple[str, str]]
) -> None:
    groups = Groups(heads_of(pairs))
    for pair in overlaps(one_each(actions, groups), of_actions(responses, groups)):
        assert groups.head(pair.first) == pair.first != groups.head(pair.second) == pair.second


def test_a_persons_choice_speaks() -> None:
    old = ActionRow(
        "A1", "Old title", end=date(2030, 1, 1), start=date(2020, 1, 1), named=frozenset({"AL"}),
        told_on=date(2024, 1, 1), flows=(FlowRow(Decimal(5)),), funders=frozenset({"F1"}),
    )  # fmt: skip
    new = ActionRow(
        "A2", "New title", end=date(2025, 1, 1), start=date(2021, 1, 1), named=frozenset({"ME"}),
        told_on=date(2026, 1, 1), flows=(FlowRow(None),), funders=frozenset({"F2"}),
    )  # fmt: skip
    heads = {"A1": "A1", "A2": "A1"}
    joined = one_each([old, new], Groups(heads))[0]
    assert (joined.title, joined.start, joined.end) == ("New title", date(2020, 1, 1), date(2030, 1, 1))
    assert (set(joined.named), joined.flows) == ({"AL", "ME"}, old.flows)
    assert running_at(joined, made_up.TODAY) is Running.RUNNING
    speaks = {("A1", "time"): "A2", ("A1", "places"): "A2", ("A1", "title"): "A1", ("A1", "money"): "A2"}
    chosen = one_each([old, new], Groups(heads, speaks))[0]
    assert (chosen.title, chosen.start, chosen.end) == ("Old title", date(2021, 1, 1), date(2025, 1, 1))
    assert (set(chosen.named), chosen.flows, set(chosen.funders)) == ({"ME"}, new.flows, {"F1", "F2"})
    assert running_at(chosen, made_up.TODAY) is Running.FINISHED


def test_a_silent_report_hides_nothing() -> None:
    done = ActionRow("A1", stage="completed")
    silent = ActionRow("A2")
    joined = one_each([done, silent], Groups({"A1": "A1", "A2": "A1"}))[0]
    assert running_at(joined, made_up.TODAY) is Running.FINISHED
    both = one_each([silent, replace(silent, ref="A3")], Groups({"A2": "A2", "A3": "A2"}))[0]
    assert running_at(both, made_up.TODAY) is Running.UNKNOWN


def test_parts_and_phases_lead_to_the_reference_that_stands_for_the_action() -> None:
    part = ActionRow("A3", parents=frozenset({"A2", "A4"}), phase_of=frozenset({"A2"}))
    rows = [ActionRow("A1"), ActionRow("A2", parents=frozenset({"A1"})), part]
    joined = {row.ref: row for row in one_each(rows, Groups({"A1": "A1", "A2": "A1"}))}
    assert (set(joined["A3"].parents), set(joined["A3"].phase_of)) == ({"A1", "A4"}, {"A1"})
    assert joined["A1"].parents == frozenset()
