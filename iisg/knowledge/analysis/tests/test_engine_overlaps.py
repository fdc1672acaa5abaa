"""The laws of overlaps and of sums (rules.md 5 and 6)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from iisg.knowledge.analysis.engine.overlaps import COMPLEMENT, OVERLAP, POSSIBLE, overlaps
from iisg.knowledge.analysis.engine.rows import PARTNERS, ActionRow, FlowRow, NeedRow, ResponseRow
from iisg.knowledge.analysis.engine.totals import by_reach, money_total
from iisg.knowledge.analysis.tests import made_up_rows as made_up


def action(ref: str, **facts: object) -> ActionRow:
    """An action for Albania on one measure in 2025."""
    base = ActionRow(
        ref,
        start=date(2025, 1, 1),
        end=date(2025, 12, 31),
        named=frozenset({"AL"}),
        measures=frozenset({"M"}),
        assistance=frozenset({"equipment"}),
        funders=frozenset({ref}),
    )
    return replace(base, **facts)  # type: ignore[arg-type]


def kinds(*actions: ActionRow, responses: tuple[ResponseRow, ...] = ()) -> list[str]:
    return [o.kind for o in overlaps(actions, responses)]


def test_same_measure_partner_time_and_kind_with_other_money_is_an_overlap() -> None:
    found = overlaps([action("A"), action("B", start=date(2025, 6, 1), end=date(2027, 1, 1))], [])
    assert [(o.kind, o.first, o.second, o.partners, o.specific) for o in found] == [
        (OVERLAP, "A", "B", ("AL",), ("AL",))
    ]
    assert (found[0].since, found[0].until) == (date(2025, 6, 1), date(2025, 12, 31))


def test_other_kinds_of_assistance_complement() -> None:
    assert kinds(action("A"), action("B", assistance=frozenset({"training"}))) == [COMPLEMENT]


def test_what_is_not_known_makes_it_possible_and_says_so() -> None:
    pair = overlaps([action("A"), action("B", end=None, funders=frozenset())], [])[0]
    assert (pair.kind, pair.unknown) == (POSSIBLE, ("time", "funder"))


def test_kinds_that_say_nothing_make_it_possible_only() -> None:
    other = frozenset({"other"})
    assert kinds(action("A", assistance=other), action("B", assistance=other)) == [POSSIBLE]


def test_no_overlap_without_a_partner_a_subject_or_a_day_in_common() -> None:
    assert not kinds(action("A"), action("B", named=frozenset({"RS"})))
    assert not kinds(action("A"), action("B", measures=frozenset({"X"})))
    assert not kinds(action("A"), action("B", start=date(2026, 1, 1), end=date(2026, 2, 1)))


def test_the_same_need_is_enough() -> None:
    judged = (ResponseRow("N", "A", "full"), ResponseRow("N", "B", "partial"))
    pair = [action("A", measures=frozenset()), action("B", measures=frozenset())]
    assert kinds(*pair, responses=judged) == [OVERLAP]
    assert not kinds(*pair, responses=(judged[0], ResponseRow("N", "B", "none")))


def test_a_shared_need_brings_two_together_only_where_the_need_is() -> None:
    judged = [ResponseRow("N", "A", "full"), ResponseRow("N", "B", "full")]
    regional: dict[str, object] = {"named": frozenset(), "regional": frozenset(PARTNERS)}
    pair = [action(ref, measures=frozenset(), **regional) for ref in "AB"]
    wanted = NeedRow("N", partners=frozenset({"AL"}))
    assert overlaps(pair, judged)[0].partners == PARTNERS
    assert overlaps(pair, judged, needs=[wanted])[0].partners == ("AL",)
    assert overlaps([action("A", measures=frozenset()), pair[1]], judged, needs=[]) == []
    elsewhere = overlaps([action(ref, **regional) for ref in "AB"], judged, needs=[wanted])[0]
    assert (elsewhere.partners, elsewhere.needs, elsewhere.measures) == (PARTNERS, ("N",), ("M",))


def test_same_money_parts_and_phases_never_overlap() -> None:
    assert not kinds(action("A", funders=frozenset({"F"})), action("B", funders=frozenset({"F"})))
    assert not kinds(action("A"), action("B", parents=frozenset({"A"})))
    assert not kinds(action("A"), action("B", phase_of=frozenset({"A"})))
    grandchild = action("C", parents=frozenset({"B"}))
    assert len(overlaps([action("A"), action("B", parents=frozenset({"A"})), grandchild], [])) == 0


def test_funders_that_differ_in_part_are_different_funders() -> None:
    """The Union pays for most actions of the region: with whom it pays is what tells two of them apart."""
    eu, both = frozenset({"EU"}), frozenset({"EU", "CoE"})
    assert kinds(action("A", funders=eu), action("B", funders=both)) == [OVERLAP]


@given(made_up.actions, made_up.responses, st.randoms())
@settings(max_examples=200, deadline=None)
def test_overlap_is_symmetric_and_order_irrelevant(
    actions: list[ActionRow], responses: list[ResponseRow], chance: Random
) -> None:
    first = overlaps(actions, responses)
    shuffled = list(actions)
    chance.shuffle(shuffled)
    assert overlaps(shuffled, list(reversed(responses))) == first
    pairs = [(o.first, o.second) for o in first]
    assert len(set(pairs)) == len(pairs)
    assert all(a < b for a, b in pairs)
    by_ref = {a.ref: a for a in actions}
    for o in first:
        assert not by_ref[o.first].funders or by_ref[o.first].funders != by_ref[o.second].funders
        assert set(o.partners) == by_ref[o.first].partners & by_ref[o.second].partners


def flow(amount: str | None, state: str = "committed", currency: str = "EUR") -> FlowRow:
    return FlowRow(None if amount is None else Decimal(amount), currency, state)


def test_an_unknown_sum_is_counted_as_unknown_and_never_as_zero() -> None:
    found = money_total([action("A", flows=(flow("10.50"),)), action("B", flows=(flow(None),)), action("C")])
    assert [(t.amount, t.actions) for t in found.sums] == [(Decimal("10.50"), 1)]
    assert (found.known, found.unknown) == (1, 2)


def test_commitments_count_at_the_top_and_spending_at_the_bottom() -> None:
    whole = action("A", flows=(flow("100"), flow("70", "spent")))
    part = action("B", parents=frozenset({"A"}), flows=(flow("40"), flow("30", "spent")))
    found = {(t.state): t.amount for t in money_total([whole, part]).sums}
    assert found == {"committed": Decimal(100), "spent": Decimal(30)}


def test_a_whole_without_money_of_its_own_hides_nobody_elses() -> None:
    part = action("B", parents=frozenset({"A"}), flows=(flow("40"),))
    for nothing in ("0", None):
        found = money_total([action("A", flows=(flow(nothing),)), part])
        assert [t.amount for t in found.sums] == [Decimal(40)]


def test_a_part_does_not_count_for_its_partner_beside_the_whole_that_counts_for_the_region() -> None:
    whole = action("A", named=frozenset(), regional=frozenset(PARTNERS), flows=(flow("10"),))
    part = action("B", parents=frozenset({"A"}), flows=(flow("3"),))
    found = by_reach([whole, part, action("C", named=frozenset(), flows=(flow("5"),))], "AL")
    assert {column: [t.amount for t in totals.sums] for column, totals in found.items()} == {
        "named": [],
        "shared": [],
        "regional": [Decimal(10)],
        "not_stated": [Decimal(5)],
    }
    assert found["named"].inside_parent == 1


def test_pledges_stand_apart_and_currencies_are_never_mixed() -> None:
    found = money_total([action("A", flows=(flow("5", "pledge"), flow("7"), flow("9", currency="USD")))])
    assert [(t.state, t.currency, t.amount) for t in found.sums] == [
        ("committed", "EUR", Decimal(7)),
        ("committed", "USD", Decimal(9)),
        ("pledge", "EUR", Decimal(5)),
    ]


@given(made_up.actions)
@settings(max_examples=200, deadline=None)
def test_totals_split_and_add_to_the_cent_and_never_count_a_part_twice(actions: list[ActionRow]) -> None:
    free = [replace(a, parents=frozenset()) for a in actions]
    whole = money_total(free)
    for total in whole.sums:
        cents = [
            f.amount
            for a in free
            for f in a.flows
            if f.amount is not None and (f.state, f.currency) == (total.state, total.currency)
        ]
        assert sum(cents) == total.amount
    assert whole.known + whole.unknown == len(free)
    assert money_total(reversed(actions)) == money_total(actions)
    positive = [
        replace(a, flows=tuple(f for f in a.flows if f.amount is None or f.amount >= 0)) for a in actions
    ]
    flat = {
        (t.state, t.currency): t.amount
        for t in money_total([replace(a, parents=frozenset()) for a in positive]).sums
    }
    for total in money_total(positive).sums:
        assert total.amount <= flat[total.state, total.currency]


@given(made_up.actions, st.sampled_from(PARTNERS))
@settings(max_examples=100, deadline=None)
def test_a_partners_money_is_kept_apart_by_reach(actions: list[ActionRow], partner: str) -> None:
    reaching = [a for a in actions if partner in a.partners or not a.partners]
    assert sum(t.known + t.unknown for t in by_reach(actions, partner).values()) == len(reaching)
    columns: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for column in by_reach(reaching, partner).values():
        for total in column.sums:
            columns[total.state, total.currency] += total.amount
    assert columns == {(t.state, t.currency): t.amount for t in money_total(reaching).sums}


def test_on_a_day_only_what_may_run_makes_a_pair() -> None:
    finished = action("A", end=date(2025, 3, 31))
    unknown = action("B", start=None, end=None)
    assert kinds(finished, unknown) == [POSSIBLE]
    assert not overlaps([finished, unknown], [], on=date(2025, 6, 1))
    assert overlaps([finished, unknown], [], on=date(2025, 2, 1))
