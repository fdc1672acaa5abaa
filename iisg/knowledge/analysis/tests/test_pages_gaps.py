"""The page of gaps: what is a gap and why, what is not known and why, filters, order, pages, queries."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from iisg.foundations.accounts.factories import make_person
from iisg.foundations.orgs.factories import make_organisation, make_partner, make_partners
from iisg.knowledge.actions.factories import make_action
from iisg.knowledge.analysis.gap_list import GapLine
from iisg.knowledge.cycles.factories import make_cycle, make_return
from iisg.knowledge.needs.factories import make_measure, make_need, make_objective
from iisg.knowledge.responses.factories import make_response
from tests.growing import growing

pytestmark = pytest.mark.django_db
ON = "2026-11-23"


@pytest.fixture
def reader(client: Client) -> Client:
    """A member's reader, with the six partners entered."""
    make_partners()
    client.force_login(make_person())
    return client


def lines(reader: Client, **query: str) -> list[GapLine]:
    """The lines of a page."""
    return list(reader.get("/gaps/", {"on": ON, **query}).context["lines"])


def titles(reader: Client, **query: str) -> list[str]:
    return [line.need.title for line in lines(reader, **query)]


def why(reader: Client, **query: str) -> dict[str, str]:
    """Partners and reasons of the first line."""
    return {r.partners_in_words: " ".join(r.sentences) for r in lines(reader, **query)[0].reasons}


def test_partners_with_the_same_reason_stand_together(reader: Client) -> None:
    need = make_need(partners=["RS", "XK", "AL"])
    over = make_action(ref="A-OVER", named=["RS"], end_on=date(2025, 3, 31), end_printed="2025-03-31")
    make_response(need, over)
    assert why(reader) == {
        "Albania and Kosovo*": "No action has been judged to answer it.",
        "Serbia": "A-OVER (until 31 March 2025) was judged to answer it, but has finished.",
    }


def test_planned_finished_by_word_and_stopped_say_so(reader: Client) -> None:
    need = make_need()
    make_response(need, make_action(ref="A-LATER", start_on=date(2027, 1, 1), start_printed="2027-01-01"))
    make_response(need, make_action(ref="A-DONE", stage="completed"))
    make_response(need, make_action(ref="A-STOP", stage="suspended"))
    assert why(reader)["Albania"] == (
        "A-DONE was judged to answer it, but has finished. A-LATER (from 1 January 2027) would answer it, "
        "but has not begun. A-STOP was stopped."
    )


def test_what_is_not_known_stands_apart_with_its_reason(reader: Client) -> None:
    make_response(make_need("Open"), make_action(ref="A-1", stage="", start_on=None, end_on=None))
    make_need("A gap", partners=["BA"])
    make_need("Silent partner", partners=["RS"])
    make_return(make_cycle(), make_partner("RS"))
    assert titles(reader) == ["A gap"]
    assert titles(reader, list="not_known") == ["Open", "Silent partner"]
    assert why(reader, list="not_known") == {"Albania": "Whether A-1 runs on this day is not known."}
    assert why(reader, list="not_known", partner="RS") == {"Serbia": "Serbia has not answered in this round."}
    page = reader.get("/gaps/", {"on": ON, "list": "not_known"}).content.decode()
    assert "2 of 3 answers are not known" in page
    assert f'href="/coverage/?on={ON}#not-answered"' in page


def test_a_covered_need_is_in_neither_list(reader: Client) -> None:
    make_response(make_need(), make_action())
    assert titles(reader) == titles(reader, list="not_known") == []
    assert "No gaps here" in reader.get("/gaps/").content.decode()
    assert "Nothing is left open" in reader.get("/gaps/", {"list": "not_known"}).content.decode()


def test_filters_keep_to_pillar_partner_kind_and_priority(reader: Client) -> None:
    crime = make_measure("CS-PRO-1", make_objective(pillar="WBCSCi", title="Weapons"))
    make_need("Urgent", partners=["AL"], priority="high")
    make_need("Law", partners=["AL", "ME"], is_legislative=True, is_operational=False)
    make_need("Weapons", partners=["RS"], measures=[crime])
    assert titles(reader) == ["Urgent", "Weapons", "Law"]
    assert titles(reader, pillar="WBCSCi") == ["Weapons"]
    assert titles(reader, partner="ME") == ["Law"]
    assert why(reader, partner="ME") == {"Montenegro": "No action has been judged to answer it."}
    assert titles(reader, kind="legislative") == ["Law"]
    assert titles(reader, priority="high") == ["Urgent"]
    assert titles(reader, priority="not_stated") == ["Weapons", "Law"]
    assert "By priority: 1 high, 2 not stated." in reader.get("/gaps/").content.decode()
    assert "No need fits these filters" in reader.get("/gaps/", {"priority": "low"}).content.decode()
    assert titles(reader, pillar="none", partner="ZZ") == ["Urgent", "Weapons", "Law"]


def test_order_follows_the_heads(reader: Client) -> None:
    make_need("B", partners=["AL"], priority="low")
    make_need("A", partners=["AL", "RS"])
    make_need("C", partners=["AL", "ME", "RS"], priority="high")
    assert titles(reader) == ["C", "B", "A"]
    assert titles(reader, sort="-priority") == ["A", "B", "C"]
    assert titles(reader, sort="title") == ["A", "B", "C"]
    assert titles(reader, sort="-partners") == ["C", "A", "B"]
    assert titles(reader, sort="nonsense") == ["C", "B", "A"]


def test_an_empty_house_says_what_to_do_first(reader: Client) -> None:
    assert "No needs are recorded yet" in reader.get("/gaps/").content.decode()


def fill(rounds: int) -> None:
    """Needs that a finished action answered, and needs that are not known."""
    for _ in range(rounds):
        over = make_action(stage="completed")
        make_response(make_need(partners=["AL", "RS"]), over)
        unknown = make_action(named=["AL"], stage="", start_on=None, end_on=None)
        make_response(make_need(partners=["AL"]), unknown)
        make_return(make_cycle(), make_organisation(), "WBCTi")


@pytest.mark.parametrize("query", [{}, {"list": "not_known"}])
def test_the_page_asks_as_many_questions_at_1_as_at_50(reader: Client, query: dict[str, str]) -> None:
    fill(1)
    with CaptureQueriesContext(connection) as few:
        assert len(reader.get("/gaps/", query).context["lines"]) == 1
    with growing():
        fill(49)
    with CaptureQueriesContext(connection) as many:
        page = reader.get("/gaps/", query)
    assert len(many) == len(few)
    assert len(page.context["lines"]) == 25
    assert page.context["page"].paginator.count == 50
