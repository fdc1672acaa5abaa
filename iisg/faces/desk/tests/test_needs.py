"""The register of needs and the page of one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from iisg.foundations.orgs.factories import PARTNER_NAMES, make_organisation, make_partner, make_partners
from iisg.knowledge.actions.factories import make_action
from iisg.knowledge.cycles.factories import make_cycle, make_return
from iisg.knowledge.needs.factories import make_measure, make_need, make_objective
from iisg.knowledge.needs.models import Priority
from iisg.knowledge.responses.factories import make_response
from iisg.knowledge.responses.models import Degree


def shown(client: Client, query: str = "") -> list[str]:
    """References in the list, in order."""
    return [line.need.ref for line in client.get(f"/needs/{query}").context["lines"]]


def test_each_filter_keeps_what_fits(reader: Client) -> None:
    make_partners()
    crime = make_measure("CSC-1", make_objective("WBCSCi", "Respond", "Asset recovery"))
    boats = make_need("Patrol boats", ("AL",), priority=Priority.HIGH, perspective="prevention", ref="N-A")
    law = make_need("A law on assets", ("RS",), [crime], is_operational=False, is_legislative=True, ref="N-B")
    make_response(law, make_action(named=("RS",)))
    found = {
        "?words=patrol": [boats],
        "?words=PATRÓL+boats": [boats],
        "?partner=RS": [law],
        "?pillar=WBBSi": [boats],
        "?four_p=Respond": [law],
        f"?objective={crime.objective_id}": [law],
        "?measure=CSC-1": [law],
        "?kind=legislative": [law],
        "?perspective=prevention": [boats],
        "?priority=high": [boats],
        "?priority=not_stated": [law],
        "?state=gap": [boats],
        "?state=covered": [law],
        "?state=gap&on=2035-01-01": [boats, law],
        "?partner=AL&pillar=WBCSCi": [],
    }
    for query, needs in found.items():
        assert shown(reader, query) == [need.ref for need in needs], query


def test_a_value_that_is_no_choice_is_told_and_does_not_filter(reader: Client) -> None:
    need = make_need()
    response = reader.get("/needs/?pillar=nonsense&on=yesterday&partner=ZZ&objective=x&page=99&sort=drop")
    assert response.status_code == 200
    assert [line.need.ref for line in response.context["lines"]] == [need.ref]
    assert {"pillar", "on", "partner", "objective"} <= set(response.context["form"].errors)


def test_order_turns_round_and_puts_the_urgent_first(reader: Client) -> None:
    make_need("Zebra", ref="N-1", priority=Priority.LOW)
    make_need("Apple", ref="N-2")
    make_need("Mango", ref="N-3", priority=Priority.HIGH)
    assert shown(reader) == ["N-1", "N-2", "N-3"]
    assert shown(reader, "?sort=-ref") == ["N-3", "N-2", "N-1"]
    assert shown(reader, "?sort=title") == ["N-2", "N-3", "N-1"]
    assert shown(reader, "?sort=priority") == ["N-3", "N-1", "N-2"]


def test_pages_hold_25_and_keep_the_filters(reader: Client) -> None:
    for _number in range(30):
        make_need("Cameras")
    make_need("Boats")
    response = reader.get("/needs/?words=cameras")
    assert len(response.context["page"]) == 25
    assert response.context["page"].paginator.count == 30
    assert "words=cameras&amp;page=2" in response.content.decode()
    assert len(shown(reader, "?words=cameras&page=2")) == 5


def test_totals_count_one_answer_for_each_partner(reader: Client) -> None:
    make_partners()
    covered = make_need(partners=PARTNER_NAMES)
    make_need(partners=("AL", "RS"))
    make_response(covered, make_action(named=("AL",), regional=("RS",)))
    totals = reader.get("/needs/").context["totals"]
    assert (totals["covered"], totals["gap"], totals["answers"], totals["no_priority"]) == (2, 6, 8, 2)
    chosen = reader.get("/needs/?partner=AL").context["totals"]
    assert (chosen["covered"], chosen["gap"], chosen["answers"]) == (1, 1, 2)


def test_a_register_without_needs_says_what_to_do(reader: Client) -> None:
    page = reader.get("/needs/").content.decode()
    assert "No need fits" in page
    assert "import needs" in page


def test_a_need_tells_why_for_each_partner(reader: Client) -> None:
    member = make_organisation("Border Centre")
    need = make_need("Thermal cameras", ("AL", "RS"))
    make_response(need, make_action(ref="A-run", named=("AL",)))
    make_response(need, make_action(ref="A-end", named=("RS",), end_on=date(2025, 1, 1)))
    make_return(make_cycle(), member)
    facts = reader.get(f"/needs/{need.ref}/?on=2026-11-23").context["facts"]
    albania, serbia = facts.answers
    assert (albania.partner.code, str(albania.coverage.state)) == ("AL", "covered")
    assert albania.sentences[0] == "A-run runs and answers it."
    assert (serbia.partner.code, str(serbia.coverage.state)) == ("RS", "not_known")
    assert serbia.sentences == [
        "A-end was judged to answer it, but has finished.",
        "Border Centre has not answered in this round.",
    ]


def test_the_day_decides(reader: Client) -> None:
    need = make_need()
    make_response(need, make_action(start_on=date(2024, 1, 1), end_on=date(2025, 6, 30)))
    states = {
        day: str(reader.get(f"/needs/{need.ref}/?on={day}").context["facts"].answers[0].coverage.state)
        for day in ("2023-12-31", "2024-01-01", "2025-06-30", "2025-07-01")
    }
    assert list(states.values()) == ["gap", "covered", "covered", "gap"]


def test_unknown_is_said_and_never_zero(reader: Client) -> None:
    need = make_need("Something", measures=[], is_operational=False)
    page = reader.get(f"/needs/{need.ref}/").content.decode()
    assert page.count("not known") > 8
    assert "not stated" in page
    assert "It does not say by when it is needed." in page
    assert "not an adopted list" in page


def test_quantities_are_told_in_sentences(reader: Client) -> None:
    need = make_need("Vehicles", quantity=Decimal(100), unit="vehicles")
    make_response(need, make_action(), Degree.PARTIAL, quantity=Decimal(40))
    make_response(need, make_action(ref="A-none"), Degree.FULL)
    answer = reader.get(f"/needs/{need.ref}/").context["facts"].answers[0]
    assert "40 of 100 vehicles are provided by what runs." in answer.sentences
    assert any("How much A-none provides is not stated" in sentence for sentence in answer.sentences)


def test_suggestions_never_count(reader: Client) -> None:
    need = make_need("Thermal cameras at the crossing points")
    make_action("Thermal cameras at the crossing points", measures=[make_measure()])
    facts = reader.get(f"/needs/{need.ref}/").context["facts"]
    offer, _time = facts.offers[0]
    assert offer.percent > 50
    assert any("Thermal" in reason for reason in offer.reasons)
    assert "names Albania" in offer.reasons
    assert str(facts.answers[0].coverage.state) == "gap"
    assert reader.get("/needs/").context["totals"]["gap"] == 1


def test_what_was_judged_is_no_suggestion_any_more(reader: Client) -> None:
    need = make_need("Thermal cameras at the crossing points")
    action = make_action("Thermal cameras at the crossing points")
    make_response(need, action, Degree.NONE)
    facts = reader.get(f"/needs/{need.ref}/").context["facts"]
    assert facts.offers == []
    assert [one.response.degree for one in facts.judged] == [Degree.NONE]


@pytest.mark.parametrize("code", list(PARTNER_NAMES))
def test_kosovo_alone_carries_its_footnote(code: str, reader: Client) -> None:
    need = make_need(partners=(code,))
    make_partner("AL")
    page = reader.get(f"/needs/{need.ref}/").content.decode()
    assert ('id="kosovo-note"' in page) == (code == "XK")
