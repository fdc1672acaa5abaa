"""The rules of counting money one by one, on the smallest examples."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from iisg.knowledge.analysis.engine.money.account import Account, account_of, by_place
from iisg.knowledge.analysis.engine.money.fates import fates_of
from iisg.knowledge.analysis.engine.money.rates import Exchange
from iisg.knowledge.analysis.engine.money.reports import proposals
from iisg.knowledge.analysis.engine.money.rows import MoneyAction, MoneyFlow, Where, valued
from iisg.knowledge.analysis.engine.money.rules import Fate, Measure
from iisg.knowledge.analysis.engine.money.standing import (
    GROSS,
    NET,
    NOT_CONTRACTED,
    OUTGOING,
    PAYER_UNKNOWN,
    Scope,
    Standing,
)
from iisg.knowledge.analysis.engine.rows import PARTNERS

PILLARS = ["WBCTi", "WBCSCi"]


def one(ref: str, *amounts: tuple[str, Any], **facts: Any) -> MoneyAction:
    """An action for Albania with sums in euro by state, paid by the EU."""
    start = facts.pop("start", ord(ref[0]) * 10)
    wanted: dict[str, Any] = {"partners": {"AL": None}} | facts
    made = tuple(
        MoneyFlow(start + n, state, Decimal(amount), "EUR", date(2024, 5, 2), source="EU")
        for n, (state, amount) in enumerate(amounts)
    )
    return MoneyAction(ref, made, **wanted)


def account(*actions: MoneyAction, **scope: Any) -> Account:
    """The account of the boundary over these actions."""
    return account_of(actions, fates_of(actions, Exchange()), Scope(**scope))


def figures(found: Account, measure: Measure = Measure.COMMITTED) -> dict[str, Decimal]:
    """Lines of a measure that are not zero."""
    return {
        str(name): figure.eur for (of, name), figure in found.figures.items() if of is measure and figure.eur
    }


def test_a_decision_and_its_contracts_count_once_and_leave_what_is_not_yet_contracted() -> None:
    decision = one("D", ("committed", 1000))
    first = one("E", ("committed", 300), ("spent", 200), parents=frozenset({"D"}))
    second = one("F", ("spent", 150), parents=frozenset({"D"}))
    found = account(decision, first, second)
    assert figures(found) == {
        GROSS: 1300, NET: 1000, Fate.IN_WHOLE: 300, NOT_CONTRACTED: 550,
    }  # fmt: skip
    assert figures(found, Measure.SPENT) == {GROSS: 350, NET: 350}


def test_a_whole_whose_parts_state_nothing_has_no_known_rest() -> None:
    found = account(one("D", ("committed", 1000)), one("E", parents=frozenset({"D"})))
    assert figures(found) == {GROSS: 1000, NET: 1000}
    assert found.without_sum == {"E"}


def test_spending_is_taken_from_the_parts() -> None:
    found = account(one("D", ("spent", 90)), one("E", ("spent", 80), parents=frozenset({"D"})))
    assert figures(found, Measure.SPENT) == {GROSS: 170, NET: 80, Fate.IN_PARTS: 90}


def test_money_told_at_second_hand_is_shown_and_not_counted() -> None:
    told = one("B", ("committed", 60), ("spent", 5), second_hand=True)
    found = account(one("A", ("committed", 100)), told)
    assert figures(found) == {GROSS: 160, NET: 100, Fate.SECOND_HAND: 60}
    assert figures(found, Measure.SPENT) == {GROSS: 5, Fate.SECOND_HAND: 5}
    same = one("B", ("committed", 60), second_hand=True, same_as=frozenset({"C"}))
    assert figures(account(same, one("C", ("committed", 70)))) == {GROSS: 130, NET: 70, Fate.SECOND_HAND: 60}


def test_a_report_at_second_hand_counts_where_an_officer_chose_it() -> None:
    chosen = MoneyFlow(9, "committed", Decimal(100), "EUR", source="EU")
    other = MoneyFlow(5, "committed", Decimal(97), "EUR", source="EU", second_of=9)
    found = account(
        MoneyAction("A", (chosen,), {"AL": None}, second_hand=True), MoneyAction("B", (other,), {"AL": None})
    )
    assert figures(found) == {GROSS: 197, NET: 100, Fate.SECOND_REPORT: 97}


def test_a_sector_is_a_boundary_too() -> None:
    shares = {"15210": Decimal(60), "15130": Decimal(40)}
    divided = one("A", ("committed", 100), sectors=shares)
    several = one("B", ("committed", 30), sectors=dict.fromkeys(shares))
    silent = one("C", ("committed", 7))
    other = one("D", ("committed", 5), sectors={"16063": None})
    found = account(divided, several, silent, other, sector="15210")
    assert figures(found) == {
        GROSS: 60, NET: 60,
        f"{Standing.UNATTRIBUTED}_{GROSS}": 30, Standing.UNATTRIBUTED: 30,
        f"{Standing.UNKNOWN}_{GROSS}": 7, Standing.UNKNOWN: 7,
    }  # fmt: skip
    assert found.with_sum == {"A", "B", "C"}


def test_what_goes_out_belongs_to_its_year_and_pillar() -> None:
    flow = MoneyFlow(
        1, "committed", Decimal(10), "EUR", date(2024, 5, 2), source="Albania", source_partner="AL"
    )
    out = MoneyAction("A", (flow,), {"XK": None}, pillars=frozenset({"WBCTi"}))
    assert figures(account(out, partner="AL", year=2024, pillar="WBCTi")) == {OUTGOING: 10}
    assert not figures(account(out, partner="AL", year=2023))
    assert not figures(account(out, partner="AL", pillar="WBCSCi"))


def test_a_sum_that_no_action_can_have_is_told_and_not_counted() -> None:
    found = account(one("A", ("committed", "9E16"), ("committed", 5)))
    assert figures(found) == {GROSS: 5, NET: 5}
    assert [value.converted.why for value in found.unconverted] == ["size"]


def test_a_second_record_of_an_action_counts_once_and_a_co_funder_counts_too() -> None:
    found = account(
        one("A", ("committed", 100)),
        one("B", ("committed", 97), same_as=frozenset({"A"})),
        one("C", ("committed", 40)),
    )
    assert figures(found) == {GROSS: 237, NET: 140, Fate.SAME_ACTION: 97}


def test_the_record_whose_report_was_chosen_is_the_one_that_counts() -> None:
    second = MoneyFlow(5, "committed", Decimal(97), "EUR", source="EU", second_of=9)
    chosen = MoneyFlow(9, "committed", Decimal(100), "EUR", source="EU")
    rest = MoneyFlow(6, "committed", Decimal(3), "EUR", source="EU")
    found = account(
        MoneyAction("A", (second, rest), {"AL": None}),
        MoneyAction("B", (chosen,), {"AL": None}, same_as=frozenset({"A"})),
    )
    assert figures(found) == {GROSS: 200, NET: 100, Fate.SECOND_REPORT: 97, Fate.SAME_ACTION: 3}


def test_money_passed_on_counts_once_and_lies_where_its_receiver_works() -> None:
    donor = one("A", ("committed", 100), partners={}, regional=frozenset(PARTNERS))
    receiver = one("B", ("committed", 130), funded_by=frozenset({"A"}), partners={"ME": None})
    found = account(donor, receiver)
    assert figures(found) == {GROSS: 230, NET: 130, Fate.PASSED_ON: 100}
    assert by_place(found.figure(Measure.COMMITTED, NET).cells) == {"ME": 130}
    assert figures(account(donor, receiver, partner="ME"))[NET] == 130


def test_the_factor_is_used_only_without_a_link_and_marks_an_estimate() -> None:
    plain = one("B", ("committed", 100), ("incoming", 60))
    found = account(plain)
    assert figures(found) == {GROSS: 100, NET: 40, Fate.ESTIMATED: 60}
    assert found.figure(Measure.COMMITTED, NET).estimated
    linked = one("B", ("committed", 100), ("incoming", 60), funded_by=frozenset({"A"}))
    assert figures(account(one("A", ("committed", 30)), linked)) == {GROSS: 130, NET: 100, Fate.PASSED_ON: 30}


def test_a_budget_stands_in_only_where_there_is_no_commitment() -> None:
    budget = MoneyFlow(1, "committed", Decimal(500), "EUR", source="EU", budget=True)
    commitment = MoneyFlow(2, "committed", Decimal(480), "EUR", source="EU")
    found = account(MoneyAction("A", (budget, commitment), {"AL": None}))
    assert figures(found) == {GROSS: 980, NET: 480, Fate.BUDGET_BESIDE: 500}
    assert figures(account(MoneyAction("A", (budget,), {"AL": None})))[NET] == 500


def test_internal_outgoing_and_unknown_sides_stand_apart() -> None:
    def paid(ref: str, key: int, **facts: Any) -> MoneyAction:
        partners = facts.pop("partners", {"AL": None})
        flow = MoneyFlow(key, "committed", Decimal(10), "EUR", **facts)
        return MoneyAction(ref, (flow,), partners)

    own = paid("A", 1, source="Albania", source_partner="AL")
    out = paid("B", 2, source="Albania", source_partner="AL", partners={"XK": None})
    nobody = paid("C", 3)
    nowhere = paid("D", 4, source="EU", partners={})
    found = account(own, out, nobody, nowhere)
    assert figures(found) == {
        GROSS: 30, Fate.OWN_MONEY: 20, PAYER_UNKNOWN: 10,
        f"{Standing.UNKNOWN}_{GROSS}": 10, Standing.UNKNOWN: 10,
    }  # fmt: skip
    albania = account(own, out, nobody, nowhere, partner="AL")
    assert figures(albania)[OUTGOING] == 10
    assert figures(account(own, out, partner="XK")) == {GROSS: 10, NET: 10}


def test_pledges_and_kind_stand_apart() -> None:
    found = account(one("A", ("pledge", 7), ("in_kind", 3), ("committed", 5)))
    assert figures(found) == {GROSS: 5, NET: 5}
    assert figures(found, Measure.PLEDGED)[NET] == 7
    assert figures(found, Measure.IN_KIND)[NET] == 3


def test_what_is_for_several_partners_or_pillars_is_not_attributed() -> None:
    several = one("A", ("committed", 60), partners={"AL": None, "ME": None}, pillars=frozenset(PILLARS[:2]))
    assert figures(account(several)) == {GROSS: 60, NET: 60}
    for scope in ({"partner": "AL"}, {"pillar": "WBCTi"}):
        found = account(several, **scope)
        assert figures(found) == {f"{Standing.UNATTRIBUTED}_{GROSS}": 60, Standing.UNATTRIBUTED: 60}
    assert not figures(account(several, partner="RS"))


def test_a_need_asks_about_its_actions_and_still_counts_once() -> None:
    whole, part = one("A", ("committed", 100)), one("B", ("committed", 60), parents=frozenset({"A"}))
    found = account(whole, part, actions=frozenset({"B"}))
    assert figures(found) == {GROSS: 60, Fate.IN_WHOLE: 60}
    assert found.with_sum == {"B"}


def test_unconverted_sums_stay_in_their_own_line() -> None:
    flow = MoneyFlow(1, "committed", Decimal(5000), "ALL", date(2024, 1, 1), source="EU")
    found = account(MoneyAction("A", (flow,), {"AL": None}))
    assert figures(found) == {}
    assert [(v.flow.amount, v.flow.currency, v.converted.why) for v in found.unconverted] == [
        (Decimal(5000), "ALL", "rate")
    ]
    assert (found.with_sum, found.without_sum) == ({"A"}, set())


# ---- two reports of one flow


def test_flows_that_fit_are_proposed_as_one() -> None:
    def flow(key: int, amount: str, currency: str = "EUR", month: int = 5, **facts: Any) -> MoneyFlow:
        return MoneyFlow(key, "spent", Decimal(amount), currency, date(2024, month, 2), **facts)

    exchange = Exchange()
    ours = valued(MoneyAction("A", (flow(1, "100", source="EU"), flow(2, "55"))), exchange)
    theirs = valued(
        MoneyAction(
            "B", (flow(3, "100", source="EU"), flow(4, "60", "USD"), flow(5, "55", month=12), flow(6, "1"))
        ),
        exchange,
    )
    found = list(proposals(ours, theirs))
    assert [(p.first, p.second, p.reasons) for p in found] == [
        (1, 3, ("amount", "day", "payer")),
        (2, 4, ("near_amount", "day")),
    ]


def test_a_sum_lies_on_its_own_sectors_and_places_before_those_of_its_action() -> None:
    own = MoneyFlow(
        1, "spent", Decimal("100.01"), "EUR", date(2024, 5, 2), source="EU",
        sectors={"15210": Decimal(60), "15130": Decimal(40)}, where=Where({"RS": None}),
    )  # fmt: skip
    silent = MoneyFlow(2, "spent", Decimal(10), "EUR", date(2024, 5, 2), source="EU")
    action = MoneyAction("A", (own, silent), partners={"AL": None}, sectors={"11110": None})
    net = account(action).figure(Measure.SPENT, NET)
    assert net.sectors == {"15210": Decimal("60.01"), "15130": Decimal("40.00"), "11110": 10}
    assert net.places == {"RS": Decimal("100.01"), "AL": 10}
    assert account(action, partner="RS").with_sum == {"A"}
    assert account(action, sector="15130").figure(Measure.SPENT, NET).eur == 40


def test_money_passed_on_lies_where_its_receiver_says() -> None:
    stated = MoneyFlow(
        1, "spent", Decimal(100), "EUR", date(2024, 5, 2), source="EU",
        sectors={"15210": None}, where=Where(regional=frozenset(PARTNERS), region_itself=True),
    )  # fmt: skip
    funder = MoneyAction("F", (stated,), partners={"AL": None, "RS": None})
    receiver = one(
        "R", ("spent", 30), partners={"ME": None}, sectors={"15130": None}, funded_by=frozenset({"F"})
    )
    net = account(funder, receiver).figure(Measure.SPENT, NET)
    assert net.places == {"shared": 70, "ME": 30}
    assert net.sectors == {"15210": 70, "15130": 30}
