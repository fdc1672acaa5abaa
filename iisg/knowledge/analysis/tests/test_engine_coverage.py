"""The laws of coverage (rules.md 5), as properties and as small worked examples."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iisg.knowledge.analysis.engine.chains import Chains, sum_without_parts
from iisg.knowledge.analysis.engine.coverage import STRENGTH, coverage
from iisg.knowledge.analysis.engine.matrix import gaps, matrix, not_known
from iisg.knowledge.analysis.engine.rows import (
    PARTNERS,
    ActionRow,
    NeedCoverage,
    NeedRow,
    Outstanding,
    ResponseRow,
    Running,
    State,
)
from iisg.knowledge.analysis.engine.running import running_at
from iisg.knowledge.analysis.tests import made_up_rows as made_up

TODAY = made_up.TODAY
PAST, FUTURE = date(2024, 1, 1), date(2028, 12, 31)


def need(**facts: object) -> NeedRow:
    """A need of Albania under border security."""
    base = NeedRow("N", partners=frozenset({"AL"}), pillars=frozenset({"WBBSi"}))
    return replace(base, **facts)  # type: ignore[arg-type]


def action(ref: str = "A", **facts: object) -> ActionRow:
    """An action that names Albania and runs today."""
    return replace(ActionRow(ref, start=PAST, end=FUTURE, named=frozenset({"AL"})), **facts)  # type: ignore[arg-type]


def answer(
    actions: list[ActionRow],
    responses: list[ResponseRow],
    outstanding: list[Outstanding] | None = None,
    wanted: NeedRow | None = None,
) -> NeedCoverage:
    """Coverage of the one need for Albania today."""
    return coverage([wanted or need()], actions, responses, outstanding or [], TODAY)[0]


def full(ref: str = "A", quantity: Decimal | None = None) -> ResponseRow:
    return ResponseRow("N", ref, "full", quantity)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"start": PAST, "end": FUTURE}, Running.RUNNING),
        ({"start": PAST, "end": date(2025, 1, 1), "stage": "implementation"}, Running.FINISHED),
        ({"start": PAST, "end": TODAY}, Running.RUNNING),
        ({"start": FUTURE}, Running.PLANNED),
        ({"start": FUTURE, "stage": "implementation"}, Running.PLANNED),
        ({"stage": "completed"}, Running.FINISHED),
        ({"start": PAST, "end": FUTURE, "stage": "cancelled"}, Running.STOPPED),
        ({"start": PAST, "end": FUTURE, "stage": "suspended"}, Running.STOPPED),
        ({"stage": "implementation"}, Running.RUNNING),
        ({"stage": "pipeline"}, Running.UNKNOWN),
        ({"start": PAST, "end": FUTURE, "stage": "completed"}, Running.FINISHED),
        ({"start": PAST, "end": FUTURE, "stage": "completed", "told_on": FUTURE}, Running.RUNNING),
        ({"start": PAST, "stage": "completed", "told_on": FUTURE}, Running.UNKNOWN),
        ({"start": FUTURE, "stage": "completed", "told_on": FUTURE}, Running.PLANNED),
        ({"stage": "implementation", "told_on": FUTURE}, Running.UNKNOWN),
        ({"start": PAST, "stage": "implementation", "told_on": FUTURE}, Running.RUNNING),
        ({"start": PAST, "start_by": FUTURE, "end": FUTURE}, Running.UNKNOWN),
        ({"start": PAST, "stage": "pipeline"}, Running.UNKNOWN),
        ({"start": PAST}, Running.UNKNOWN),
        ({"end": FUTURE}, Running.UNKNOWN),
        ({}, Running.UNKNOWN),
    ],
)
def test_whether_an_action_runs(facts: dict[str, object], expected: Running) -> None:
    assert running_at(replace(ActionRow("A"), **facts), TODAY) is expected  # type: ignore[arg-type]


def test_a_running_action_covers_fully_or_in_part_and_a_judged_no_never() -> None:
    assert answer([action()], [full()]).state is State.COVERED
    assert answer([action()], [ResponseRow("N", "A", "partial")]).state is State.PARTLY
    assert answer([action()], [ResponseRow("N", "A", "none")]).state is State.GAP


def test_nothing_judged_is_a_gap_only_when_everybody_has_answered() -> None:
    assert answer([action()], []).state is State.GAP
    silent = answer([action()], [], [Outstanding("MARRI", "WBBSi")])
    assert silent.state is State.NOT_KNOWN
    assert silent.outstanding == ("MARRI",)
    assert answer([action()], [], [Outstanding("Bulgaria", "WBCSCi")]).state is State.GAP


def test_the_silence_of_one_partner_concerns_only_that_partner() -> None:
    assert answer([], [], [Outstanding("Serbia", "WBBSi", "RS")]).state is State.GAP
    assert answer([], [], [Outstanding("Albania", "WBBSi", "AL")]).state is State.NOT_KNOWN


def test_a_regional_action_counts_apart_from_one_that_names_the_partner() -> None:
    regional = answer([action(named=frozenset(), regional=frozenset({"AL"}))], [full()])
    assert (regional.state, regional.state_named, regional.regional_only) == (State.COVERED, State.GAP, True)
    assert not answer([action()], [full()]).regional_only


def test_an_action_of_unknown_time_or_unknown_partners_leaves_the_need_not_known() -> None:
    assert answer([action(end=None)], [full()]).state is State.NOT_KNOWN
    assert answer([action(named=frozenset())], [full()]).state is State.NOT_KNOWN
    assert answer([action(named=frozenset({"RS"}))], [full()]).state is State.GAP


def test_a_quantity_is_met_only_up_to_the_quantity() -> None:
    wanted = need(quantity=Decimal(66), unit="pieces")
    both = [action("A"), action("B")]
    part = answer(both, [full("A", Decimal(40))], wanted=wanted)
    assert (part.state, part.quantity_met) == (State.PARTLY, Decimal(40))
    whole = answer(both, [full("A", Decimal(40)), full("B", Decimal(26))], wanted=wanted)
    assert (whole.state, whole.quantity_met) == (State.COVERED, Decimal(66))
    more = answer(both, [full("A", Decimal(100))], wanted=wanted)
    assert (more.state, more.quantity_met) == (State.COVERED, Decimal(66))
    unstated = answer(both, [full("A")], wanted=wanted)
    assert unstated.state is State.PARTLY
    assert "quantity_not_stated" in dict(unstated.sentence_parts)


def test_a_whole_and_its_parts_give_their_quantity_once() -> None:
    wanted = need(quantity=Decimal(60))
    family = [action("A"), action("B", parents=frozenset({"A"})), action("C", parents=frozenset({"B"}))]
    judged = [full("A", Decimal(30)), full("B", Decimal(20)), full("C", Decimal(25))]
    assert answer(family, judged, wanted=wanted).quantity_met == Decimal(30)
    judged[2] = full("C", Decimal(35))
    assert answer(family, judged, wanted=wanted).quantity_met == Decimal(35)


def test_a_part_listed_under_two_wholes_gives_its_quantity_once() -> None:
    family = [action("A"), action("B"), action("C", parents=frozenset({"A", "B"}))]
    judged = [full("A", Decimal(2)), full("B", Decimal(5)), full("C", Decimal(4))]
    assert answer(family, judged, wanted=need(quantity=Decimal(60))).quantity_met == Decimal(7)
    line = [action("A"), action("B", parents=frozenset({"A"})), action("C", parents=frozenset({"A", "B"}))]
    judged = [full("A", Decimal(30)), full("B", Decimal(20)), full("C", Decimal(20))]
    assert answer(line, judged, wanted=need(quantity=Decimal(60))).quantity_met == Decimal(30)


def test_what_is_not_known_of_the_need_or_the_action_is_no_gap() -> None:
    unplaced = need(pillars=frozenset())
    assert answer([], [], [Outstanding("MARRI", "WBBSi")], unplaced).state is State.NOT_KNOWN
    assert answer([], [full("not at hand")]).state is State.NOT_KNOWN


def test_a_need_that_stands_nowhere_in_the_framework_is_named_beside_the_matrix() -> None:
    wanted = [need()]
    assert matrix(wanted, coverage(wanted, [], [], [], TODAY)).unplaced == ("N",)


@given(made_up.families, st.lists(st.decimals(Decimal(0), Decimal(60), places=2), min_size=8, max_size=8))
@settings(max_examples=200, deadline=None)
def test_the_sum_is_the_largest_in_which_no_whole_stands_beside_its_part(
    actions: list[ActionRow], figures: list[Decimal]
) -> None:
    chains = Chains.of_parts(actions)
    stated = dict(zip(made_up.REFS, figures, strict=True))
    best = Decimal(0)
    for size in range(1, len(stated) + 1):
        for chosen in combinations(stated, size):
            if all(a not in chains.above(b) and b not in chains.above(a) for a, b in combinations(chosen, 2)):
                best = max(best, sum((stated[ref] for ref in chosen), Decimal(0)))
    assert sum_without_parts(stated, chains) == best


@given(made_up.needs, made_up.actions, made_up.responses, made_up.outstanding)
@settings(max_examples=300, deadline=None)
def test_only_what_runs_and_reaches_the_partner_ever_counts(
    needs: list[NeedRow], actions: list[ActionRow], responses: list[ResponseRow], silent: list[Outstanding]
) -> None:
    by_ref = {a.ref: a for a in actions}
    for found in coverage(needs, actions, responses, silent, TODAY):
        judged = [r for r in responses if r.need == found.need and r.degree != "none"]
        for ref in found.running:
            assert running_at(by_ref[ref], TODAY) is Running.RUNNING
            assert found.partner in by_ref[ref].partners
            assert any(r.action == ref for r in judged)
        if found.state in (State.COVERED, State.PARTLY):
            assert found.running
        if found.state is State.GAP:
            open_ends = [
                r
                for r in judged
                if running_at(by_ref[r.action], TODAY) is Running.UNKNOWN
                and (found.partner in by_ref[r.action].partners or not by_ref[r.action].partners)
            ]
            assert not open_ends, "an unknown was counted as a gap"
            assert not found.outstanding


@given(made_up.needs, made_up.actions, made_up.responses, made_up.outstanding, st.randoms())
@settings(max_examples=150, deadline=None)
def test_the_order_of_the_input_is_irrelevant(
    needs: list[NeedRow],
    actions: list[ActionRow],
    responses: list[ResponseRow],
    silent: list[Outstanding],
    chance: Random,
) -> None:
    first = coverage(needs, actions, responses, silent, TODAY)
    mixed: tuple[list[Any], ...] = (list(needs), list(actions), list(responses), list(silent))
    for rows in mixed:
        chance.shuffle(rows)
    assert coverage(mixed[0], mixed[1], mixed[2], mixed[3], TODAY) == first


@given(made_up.needs, made_up.actions, made_up.responses, made_up.one_response, made_up.outstanding)
@settings(max_examples=400, deadline=None)
def test_a_response_never_widens_a_gap(
    needs: list[NeedRow],
    actions: list[ActionRow],
    responses: list[ResponseRow],
    added: ResponseRow,
    silent: list[Outstanding],
) -> None:
    before = coverage(needs, actions, responses, silent, TODAY)
    after = coverage(needs, actions, [*responses, added], silent, TODAY)
    for old, new in zip(before, after, strict=True):
        assert STRENGTH.index(new.state) >= STRENGTH.index(old.state)
        assert STRENGTH.index(new.state_named) >= STRENGTH.index(old.state_named)
    assert len(gaps(needs, after)) <= len(gaps(needs, before))


@given(made_up.actions, made_up.responses)
@settings(max_examples=300, deadline=None)
def test_a_quantity_is_never_more_than_all_stated_and_never_less_than_the_largest(
    actions: list[ActionRow], responses: list[ResponseRow]
) -> None:
    wanted = NeedRow("N0", partners=frozenset(PARTNERS), pillars=frozenset({"WBBSi"}), quantity=Decimal(30))
    for found in coverage([wanted], actions, responses, [], TODAY):
        stated: dict[str, Decimal] = {}
        for response in responses:
            counts = response.need == "N0" and response.degree != "none" and response.action in found.running
            if counts and response.quantity is not None:
                stated[response.action] = max(response.quantity, stated.get(response.action, Decimal(0)))
        if found.quantity_met is not None:
            assert (
                min(max(stated.values()), Decimal(30))
                <= found.quantity_met
                <= min(sum(stated.values()), Decimal(30))
            )


@given(made_up.needs, made_up.actions, made_up.responses, made_up.outstanding)
@settings(max_examples=150, deadline=None)
def test_the_matrix_counts_each_need_once_in_its_totals(
    needs: list[NeedRow], actions: list[ActionRow], responses: list[ResponseRow], silent: list[Outstanding]
) -> None:
    answers = coverage(needs, actions, responses, silent, TODAY)
    for by in ("measure", "objective"):
        whole = matrix(needs, answers, by=by)
        assert whole.needs == len(needs)
        for code, cell in whole.partners.items():
            assert cell.count == sum(code in n.partners for n in needs)
        for line in whole.lines:
            for code, cell in line.cells.items():
                refs = [ref for state in State for ref in cell.refs[state]]
                assert len(refs) == len(set(refs))
                assert all(code in n.partners for n in needs if n.ref in refs)
    open_needs = {g.need.ref for g in gaps(needs, answers)} | {g.need.ref for g in not_known(needs, answers)}
    assert open_needs == {a.need for a in answers if a.state in (State.GAP, State.NOT_KNOWN)}


def test_a_matrix_by_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="by measure or by objective"):
        matrix([], [], by="donor")


def test_gaps_stand_by_priority_and_the_unstated_comes_last() -> None:
    wanted = [need(ref=f"N{n}", priority=p) for n, p in enumerate(("", "low", "high", "medium"))]
    answers = coverage(wanted, [], [], [], TODAY)
    assert [g.need.priority for g in gaps(wanted, answers)] == ["high", "medium", "low", ""]
