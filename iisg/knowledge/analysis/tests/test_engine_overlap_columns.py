"""Overlaps in columns are those that the engine tells one by one."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from iisg.knowledge.analysis.engine.overlap_columns import KINDS, Pairs, overlap_pairs
from iisg.knowledge.analysis.engine.overlaps import Overlap, overlaps
from iisg.knowledge.analysis.engine.rows import PARTNERS, ActionRow, NeedRow, ResponseRow
from iisg.knowledge.analysis.overlap_list import in_order
from iisg.knowledge.analysis.tests import made_up_rows as made_up

MEASURES = dict(zip(made_up.MEASURES, made_up.PILLARS, strict=True))
"""The pillar of each measure."""
EVERYTHING = slice(None)


def refs(pairs: Pairs) -> list[tuple[str, str]]:
    sides = zip(pairs.first, pairs.second, strict=True)
    return [(pairs.rows[one].ref, pairs.rows[other].ref) for one, other in sides]


@given(made_up.actions, made_up.responses, made_up.needs)
@settings(max_examples=200, deadline=None)
def test_columns_tell_what_the_engine_tells(
    actions: list[ActionRow], responses: list[ResponseRow], needs: list[NeedRow]
) -> None:
    told = overlaps(actions, responses, needs=needs)
    pairs = overlap_pairs(actions, responses, needs, MEASURES)
    assert pairs.told(EVERYTHING, responses, needs) == told
    assert pairs.counts() == {kind: sum(pair.kind == kind for pair in told) for kind in KINDS}
    for sort in ("first", "-first", "since", "-since", "-", "nonsense"):
        assert refs(pairs.in_order(sort)) == [(pair.first, pair.second) for pair in in_order(told, sort)]


@given(
    made_up.actions,
    made_up.responses,
    made_up.needs,
    st.sampled_from(["", *KINDS]),
    st.sampled_from(["", *PARTNERS]),
    st.sampled_from(["", *made_up.PILLARS]),
)
@settings(max_examples=200, deadline=None)
def test_choices_let_through_what_fits(
    actions: list[ActionRow],
    responses: list[ResponseRow],
    needs: list[NeedRow],
    kind: str,
    partner: str,
    pillar: str,
) -> None:
    under = {need.ref: need.pillars for need in needs}

    def fits(pair: Overlap) -> bool:
        pillars = {MEASURES[code] for code in pair.measures}.union(*(under[ref] for ref in pair.needs))
        return (
            (not kind or pair.kind == kind)
            and (not partner or partner in pair.partners)
            and (not pillar or pillar in pillars)
        )

    told = [pair for pair in overlaps(actions, responses, needs=needs) if fits(pair)]
    pairs = overlap_pairs(actions, responses, needs, MEASURES).chosen(kind, partner, pillar)
    assert refs(pairs) == [(pair.first, pair.second) for pair in told]


def test_where_nothing_meets_there_are_no_pairs() -> None:
    pairs = overlap_pairs([], [], [], {}).in_order("-since")
    assert (len(pairs), pairs.counts()) == (0, dict.fromkeys(KINDS, 0))
    assert pairs.told(EVERYTHING, [], []) == []
