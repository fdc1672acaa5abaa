"""A figure of money leaves as a file: its rows add up to it, marked, noted, nothing in it is calculated."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest
from django.test import Client
from openpyxl import load_workbook

from iisg.faces.desk.tests.conftest import SignIn
from iisg.foundations.access.roles import Role
from iisg.foundations.audit.models import Event
from iisg.foundations.orgs.factories import make_organisation
from iisg.knowledge.actions.factories import add_flow, add_party, make_action
from iisg.knowledge.actions.models import PartyRole

pytestmark = pytest.mark.django_db
NET = "/export/money-figure/?measure=committed&line=net"


@pytest.fixture(autouse=True)
def _money() -> None:
    donor = make_organisation("=SUM(A1) Donor")
    for ref, codes, amount in (
        ("A-1", ("AL",), "1000.01"),
        ("A-2", ("RS",), "70"),
        ("A-3", ("AL", "ME"), "9"),
    ):
        action = make_action(f"+{ref}", codes, ref=ref)
        add_party(action, donor, PartyRole.FUNDING)
        add_flow(action, Decimal(amount))


def test_its_rows_add_up_to_the_figure_and_nothing_in_it_is_calculated(sign_in: SignIn) -> None:
    client: Client = sign_in(Role.MEMBER_READER)
    answer = client.post(NET, {"format": "csv"})
    assert answer.status_code == 200
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"), newline="")))
    assert sum(Decimal(row["in_this_figure_eur"]) for row in rows if row["action"]) == Decimal("1079.01")
    assert {row["action"] for row in rows} >= {"A-1", "A-2", "A-3"}
    assert all(not str(value).startswith(("=", "+")) for row in rows for value in row.values())
    event = Event.objects.get(name="exports.file_taken")
    assert event.facts["marking"]
    assert event.on == "exports.money-figure"


def test_the_boundary_and_the_place_choose_its_rows(sign_in: SignIn) -> None:
    client = sign_in(Role.MEMBER_READER)
    plain = json.loads(client.post(f"{NET}&place=RS", {"format": "json"}).getvalue())
    assert {row["action"] for row in plain["flows"]} == {"A-2"}
    book = load_workbook(io.BytesIO(client.post(f"{NET}&partner=AL", {"format": "xlsx"}).getvalue()))
    sheet = book["Flows"]
    assert {row[0].value for row in sheet.iter_rows(min_row=2)} == {"A-1"}


def test_what_is_no_figure_is_not_found_and_an_empty_one_leads_back(sign_in: SignIn) -> None:
    client = sign_in(Role.MEMBER_READER)
    assert client.post("/export/money-figure/?measure=x&line=net").status_code == 404
    assert client.post(f"{NET}&year=1999", {"format": "csv"}).status_code == 302
    assert not Event.objects.filter(name="exports.file_taken").exists()


def test_the_page_offers_it(sign_in: SignIn) -> None:
    page = sign_in(Role.MEMBER_READER).get("/money/figure/?measure=committed&line=net").content.decode()
    assert "/export/money-figure/?measure=committed&amp;line=net" in page
