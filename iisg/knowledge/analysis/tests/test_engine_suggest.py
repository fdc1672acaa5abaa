"""Suggestions respect places, say why, and never depend on the order of the input."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from iisg.knowledge.analysis.engine.rows import ActionRow, NeedRow
from iisg.knowledge.analysis.engine.suggest import Engine, suggest

DAY = date(2026, 11, 23)
NEED = NeedRow(
    "N1",
    "Thermal cameras for the green border",
    "Border surveillance",
    partners=frozenset({"BA"}),
    pillars=frozenset({"WBBSi"}),
    placements=(("WBBSi", "Protect", "1", "M1"),),
    kinds=frozenset({"operational"}),
)
CAMERAS = ActionRow(
    "A1",
    "Delivery of a thermal camera set to the border police",
    named=frozenset({"BA"}),
    pillars=frozenset({"WBBSi"}),
    measures=frozenset({"M1"}),
    assistance=frozenset({"equipment"}),
    start=date(2025, 1, 1),
    end=date(2027, 6, 30),
)
OTHERS = [
    replace(CAMERAS, ref="A2", named=frozenset({"RS"})),
    replace(
        CAMERAS, ref="A3", named=frozenset(), regional=frozenset({"AL", "BA"}), measures=frozenset(), end=None
    ),
    replace(CAMERAS, ref="A4", named=frozenset(), title="Asset recovery offices", measures=frozenset()),
]


def test_the_best_suggestion_says_why_in_codes() -> None:
    found = Engine([NEED], [CAMERAS, *OTHERS]).for_need("N1", DAY)
    assert found[0].action == "A1"
    assert 0 < found[0].score <= 1
    reasons = dict(found[0].reasons)
    assert reasons["names_partner"] == ("BA",)
    assert reasons["same_measure"] == ("M1",)
    assert reasons["runs_until"] == ("2027-06-30",)
    assert {"Thermal", "cameras"} <= set(reasons["shared_words"])
    assert "fitting_kind" in reasons


def test_an_action_for_another_partner_is_never_suggested_but_an_unknown_place_is() -> None:
    found = {s.action: dict(s.reasons) for s in Engine([NEED], [CAMERAS, *OTHERS]).for_need("N1", DAY)}
    assert "A2" not in found
    assert found["A3"]["covers_region"] == ("BA",)
    assert "time_unknown" in found["A3"]


def test_both_directions_give_the_same_score() -> None:
    engine = Engine([NEED], [CAMERAS, *OTHERS])
    assert engine.for_action("A1", DAY)[0].score == engine.for_need("N1", DAY)[0].score
    with pytest.raises(KeyError):
        engine.for_need("N9", DAY)
    with pytest.raises(KeyError):
        engine.for_action("A9", DAY)


def test_the_order_of_the_input_is_irrelevant_and_nothing_is_made_of_nothing() -> None:
    actions = [CAMERAS, *OTHERS]
    assert suggest([NEED], actions, DAY) == suggest([NEED], actions[::-1], DAY)
    assert suggest([NEED], [], DAY) == []
    assert suggest([], actions, DAY) == []
    assert (
        suggest([replace(NEED, title="", objective="", placements=())], [replace(CAMERAS, title="")], DAY)
        == []
    )
