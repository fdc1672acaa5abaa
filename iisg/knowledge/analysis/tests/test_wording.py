"""Every code that the engine can give has its words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from iisg.knowledge.analysis.engine.coverage import coverage
from iisg.knowledge.analysis.engine.rows import ActionRow, NeedRow, Outstanding, ResponseRow, Running, State
from iisg.knowledge.analysis.engine.suggest import suggest
from iisg.knowledge.analysis.tests import made_up_rows as made_up
from iisg.knowledge.analysis.wording import (
    RUNNING_COLOURS,
    RUNNING_WORDS,
    STATE_WORDS,
    change_in_words,
    coverage_sentences,
    part_in_words,
    several,
    suggestion_reasons,
    why_running,
)


@settings(deadline=None)
@given(made_up.needs, made_up.actions, made_up.responses, made_up.outstanding)
def test_each_part_of_any_answer_is_a_sentence(
    needs: list[NeedRow], actions: list[ActionRow], responses: list[ResponseRow], silent: list[Outstanding]
) -> None:
    for found in coverage(needs, actions, responses, silent, made_up.TODAY):
        sentences = coverage_sentences(found)
        assert sentences, "no answer goes without its reason"
        assert all(s.endswith(".") and "%(" not in s for s in sentences)


@settings(deadline=None, max_examples=25)
@given(made_up.needs, made_up.actions)
def test_each_reason_of_any_suggestion_has_words(needs: list[NeedRow], actions: list[ActionRow]) -> None:
    for found in suggest(needs, actions, made_up.TODAY):
        assert all(suggestion_reasons(found.reasons, {}))


def test_sentences_name_what_they_speak_of() -> None:
    assert part_in_words(("answered_by", ("A-1", "A-2"))) == "A-1 and A-2 run and answer it."
    assert part_in_words(("answered_by", ("A-1",))) == "A-1 runs and answers it."
    assert part_in_words(("not_answered", ("MARRI",))) == "MARRI has not answered in this round."


def test_reasons_name_partners_and_days() -> None:
    names = {"XK": "Kosovo*", "AL": "Albania", "RS": "Serbia"}
    reasons = [("names_partner", ("AL", "RS", "XK")), ("runs_until", ("2027-05-31",)), ("runs_until", ())]
    assert suggestion_reasons(reasons, names) == [
        "names Albania, Kosovo* and Serbia",
        "runs until 31 May 2027",
        "runs, end not known",
    ]


def test_states_and_times_have_words_and_colours() -> None:
    assert set(STATE_WORDS) == set(State)
    assert set(RUNNING_WORDS) == set(RUNNING_COLOURS) == set(Running)
    assert all(why_running(ActionRow("A"), running) for running in Running)


def test_an_unknown_quantity_is_said() -> None:
    assert "not known" in part_in_words(("quantity", ("", "100", "cars")))
    assert part_in_words(("quantity", ("40.00", "100.00", "cars"))).startswith("40 of 100 cars")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (list("abcdefgh"), "a, b, c, d, e, f and 2 more"),
    ],
)
def test_lists_read_as_a_sentence(words: list[str], told: str) -> None:
    assert several(words) == told


def test_a_change_names_both_sides() -> None:
    assert change_in_words("Serbia", State.GAP, State.COVERED) == "Serbia: a gap → covered"
    assert change_in_words("Serbia", State.GAP, State.GAP) == "Serbia stays a gap"
