"""Values of facts in plain words: bodies by their names, partners in their order, only what differs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.comparing import days, recorded
from iisg.knowledge.actions.fact_words import FACT_NAMES, FactWords, fact_name
from iisg.knowledge.actions.models import Action
from iisg.knowledge.actions.records import ActionRecord
from iisg.knowledge.needs import comparing as needs_comparing
from iisg.knowledge.needs.records import NeedRecord

BODIES = {
    1: Organisation(pk=1, name="European Union"),
    2: Organisation(pk=2, name="Kosovo*", code="XK"),
    3: Organisation(pk=3, name="Serbia", code="RS"),
    4: Organisation(pk=4, name="Montenegro", code="ME"),
}
WORDS = FactWords(BODIES)
FLOW = ("committed", Decimal("1500000.00"), "EUR", 1, "EU", None, "Police of Albania")
NOWHEN = (None, "", None, None, "")


def flow(*facts: object) -> tuple[object, ...]:
    """One flow as comparing writes it."""
    state, amount, currency, source, source_printed, destination, destination_printed = facts
    head = (state, "total", amount, currency, source, source_printed, destination, destination_printed)
    return (*head, *NOWHEN)


def test_every_fact_that_is_compared_has_a_name() -> None:
    facts = {*days(ActionRecord("", "")), *needs_comparing.stated(NeedRecord("", ""))}
    facts |= {"parties", "places", "flows", "sectors", "pillars", "assistance"}
    assert facts <= set(FACT_NAMES)
    assert (fact_name("title", "needs"), fact_name("title", "actions")) == ("Need", "Title")


def test_nothing_that_recorded_actions_state_is_left_without_a_name(db: None) -> None:
    action = Action.objects.create(
        ref="A", title="A", recorded_at="2026-01-01T00:00Z", changed_at="2026-01-01T00:00Z"
    )
    assert set(recorded([action])[action.pk]) <= set(FACT_NAMES)


def test_parties_are_named_and_only_those_that_differ_are_told() -> None:
    before = (("funding", 1, None, "EU"), ("implementing", 3, Decimal("50.0000"), "Serbia"))
    after = (("funding", 1, None, "EU"), ("implementing", "Nobody yet (new)", None, "Nobody yet"))
    assert WORDS.change("parties", before, after) == (
        "implementing: Serbia, 50 %",
        "implementing: Nobody yet (new)",
    )


def test_the_same_parties_in_another_order_are_told_whole() -> None:
    one, two = ("funding", 1, None, "European Union"), ("funding", 3, None, "Serbia")
    first, second = "funding: European Union", "funding: Serbia"
    assert WORDS.change("parties", (one, two), (two, one)) == (f"{first}\n{second}", f"{second}\n{first}")


def test_partners_stand_in_the_order_of_their_names() -> None:
    places = (("ME", True, None), ("RS", False, Decimal("40.0000")), ("XK", True, None))
    told = "Kosovo*, named\nMontenegro, named\nSerbia, as part of the region, 40 %"
    assert WORDS.change("places", (), places) == ("", told)


def test_money_names_both_ends_and_an_unknown_amount_stays_unknown() -> None:
    known = flow(*FLOW)
    unknown = flow("pledge", None, "", None, "", None, "")
    assert WORDS.change("flows", (unknown,), (known,)) == (
        "pledge: amount not known",
        "committed: EUR 1,500,000.00, from European Union, to Police of Albania",
    )


def test_closed_lists_days_and_switches_read_as_words() -> None:
    assert WORDS.change("stage", "implementation", "") == ("under way", "")
    assert WORDS.change("assistance", ("advice",), ("training",)) == ("legal and policy advice", "training")
    assert WORDS.change("start_on", None, date(2024, 5, 1)) == ("", "1 May 2024")
    assert WORDS.change("end_derived", False, True) == ("no", "yes")
    assert WORDS.change("quantity", Decimal("12.00"), None) == ("12", "")
    assert WORDS.change("end_precision", "day", "month") == ("to the day", "to the month")
    line = ("WBBSi", "Protect", "green border", "")
    assert WORDS.change("placements", (), (line,)) == ("", "WBBSi · Protect · green border")
