"""The page of overlaps: pairs in words, what is not known of them, filters, order, pages, queries."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from iisg.foundations.accounts.factories import make_person
from iisg.foundations.orgs.factories import PARTNER_NAMES, make_organisation, make_partners
from iisg.knowledge.actions.factories import add_party, make_action
from iisg.knowledge.actions.models import Action, PartyRole
from iisg.knowledge.analysis.overlap_list import PairLine
from iisg.knowledge.needs.factories import make_measure, make_need, make_objective
from iisg.knowledge.needs.models import Measure
from iisg.knowledge.responses.factories import make_relation, make_response
from tests.growing import growing

pytestmark = pytest.mark.django_db
ON = "2026-11-23"


@pytest.fixture
def reader(client: Client) -> Client:
    """A member's reader, with the six partners entered."""
    make_partners()
    client.force_login(make_person())
    return client


def funded(funder: str, measure: Measure | None = None, **facts: Any) -> Action:
    """An action of its own funder under the measure."""
    action = make_action(measures=[measure or make_measure()], **facts)
    if funder:
        add_party(action, make_organisation(funder), PartyRole.FUNDING)
    return action


def lines(reader: Client, **query: str) -> list[PairLine]:
    """The lines of a page."""
    return list(reader.get("/overlaps/", {"on": ON, **query}).context["lines"])


def test_an_overlap_tells_who_what_for_whom_and_when(reader: Client) -> None:
    funded("Donor one", named=["AL", "XK"], start_on=date(2025, 2, 1))
    funded("Donor two", named=["AL"], regional=["XK"], end_on=date(2027, 6, 30))
    (line,) = lines(reader)
    assert line.kind_words == "overlap"
    assert [side.funders for side in line.sides] == [("Donor one",), ("Donor two",)]
    assert line.sentence == "Both give equipment for Albania; as part of the region also Kosovo*."
    assert line.shared == ("Same measure: “Measure BS-PRO-1”.",)
    assert line.together == "1 February 2025 to 30 June 2027"
    assert line.unknown == ""


def test_different_kinds_are_a_complement(reader: Client) -> None:
    funded("Donor one", assistance=["training"])
    funded("Donor two", assistance=["equipment"])
    (line,) = lines(reader)
    assert line.kind_words == "complement"
    assert line.sentence == "Different kinds of assistance for Albania."


def test_what_is_not_known_makes_a_possible_overlap_and_is_named(reader: Client) -> None:
    funded("", named=[], regional=PARTNER_NAMES, assistance=[])
    funded("Donor two", named=[], regional=PARTNER_NAMES, end_on=None, end_printed="")
    (line,) = lines(reader)
    assert line.kind_words == "possible overlap"
    assert line.sentence == "Both work for all six partners, as a region."
    assert line.unknown == (
        "whether they run on the same days, whether their funders differ "
        "and whether they give the same kind of assistance"
    )
    assert "funder not known" in reader.get("/overlaps/", {"on": ON}).content.decode()


def test_a_need_that_both_answer_makes_a_pair(reader: Client) -> None:
    need = make_need("Thermal cameras")
    for donor in ("Donor one", "Donor two"):
        action = make_action()
        add_party(action, make_organisation(donor), PartyRole.FUNDING)
        make_response(need, action)
    assert lines(reader)[0].shared == ("Same need: “Thermal cameras”.",)


def test_parts_of_a_whole_are_no_pair(reader: Client) -> None:
    make_relation(funded("Donor one"), funded("Donor two"))
    assert lines(reader) == []
    assert "No such pair" in reader.get("/overlaps/", {"on": ON}).content.decode()


def test_on_a_day_both_must_be_able_to_run(reader: Client) -> None:
    funded("Donor one", start_on=None, start_printed="", end_on=None, end_printed="", stage="")
    funded("Donor two", end_on=date(2026, 1, 31))
    assert len(lines(reader, on="2026-01-31")) == 1
    assert lines(reader, on="2026-02-01") == []
    assert len(lines(reader, on="2026-02-01", any_day="on")) == 1


def test_filters_keep_to_kind_partner_and_pillar(reader: Client) -> None:
    crime = make_measure("CS-PRO-1", make_objective(pillar="WBCSCi", title="Weapons"))
    funded("Donor one", named=["AL", "RS"])
    funded("Donor two", named=["AL"])
    funded("Donor three", crime, named=["ME"])
    funded("", crime, named=["ME"])
    assert [line.kind_words for line in lines(reader)] == ["overlap", "possible overlap"]
    assert [line.partners for line in lines(reader, kind="possible")] == ["Montenegro"]
    assert [line.partners for line in lines(reader, partner="AL")] == ["Albania"]
    assert [line.partners for line in lines(reader, pillar="WBCSCi")] == ["Montenegro"]
    assert len(lines(reader, kind="nonsense", partner="ZZ")) == 2
    counts = reader.get("/overlaps/", {"on": ON}).context["counts"]
    assert counts == {"overlaps": 1, "complements": 0, "possible": 1}


def test_order_follows_the_heads_and_days_not_known_come_last(reader: Client) -> None:
    for code, start in (("M-1", None), ("M-2", date(2025, 1, 1)), ("M-3", date(2026, 1, 1))):
        measure = make_measure(code)
        funded("Donor a" + code, measure, ref=f"{code}-A")
        funded("Donor b" + code, measure, ref=f"{code}-B", start_on=start)
    found = [line.pair.first for line in lines(reader)]
    assert found == ["M-2-A", "M-3-A", "M-1-A"]
    assert [line.pair.first for line in lines(reader, sort="first")] == ["M-1-A", "M-2-A", "M-3-A"]
    assert [line.pair.first for line in lines(reader, sort="-first")] == ["M-3-A", "M-2-A", "M-1-A"]
    assert [line.pair.first for line in lines(reader, sort="since")] == ["M-2-A", "M-3-A", "M-1-A"]
    assert [line.pair.first for line in lines(reader, sort="-since")] == ["M-3-A", "M-2-A", "M-1-A"]


def test_an_empty_house_says_what_to_do_first(reader: Client) -> None:
    assert "No actions to compare yet" in reader.get("/overlaps/").content.decode()


def fill(rounds: int) -> None:
    """A pair under a measure of its own, with two funders on one side."""
    for _ in range(rounds):
        measure = make_measure(f"M-{make_organisation().pk}")
        first = funded("Donor one", measure)
        add_party(first, make_organisation(), PartyRole.FUNDING)
        make_response(make_need(measures=[measure]), funded("Donor two", measure))


def test_the_page_asks_as_many_questions_at_1_as_at_50(reader: Client) -> None:
    fill(1)
    with CaptureQueriesContext(connection) as few:
        assert len(lines(reader)) == 1
    with growing():
        fill(49)
    with CaptureQueriesContext(connection) as many:
        page = reader.get("/overlaps/", {"on": ON})
    assert len(many) == len(few)
    assert len(page.context["lines"]) == 25
    assert page.context["page"].paginator.count == 50
