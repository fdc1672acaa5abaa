"""What a register shows leaves as a file: only what the reader may see, marked, and noted in the record."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree
from openpyxl import load_workbook

from iisg.faces.desk.tests.conftest import SignIn
from iisg.foundations.access.carrying import SANDBOX
from iisg.foundations.access.roles import Role
from iisg.foundations.audit import trail
from iisg.foundations.audit.models import Event
from iisg.foundations.orgs.factories import make_organisation
from iisg.knowledge.actions.factories import add_flow, add_party, make_action
from iisg.knowledge.actions.models import PartyRole
from iisg.knowledge.needs.factories import make_measure, make_need
from iisg.knowledge.responses.factories import make_relation

pytestmark = pytest.mark.django_db
WHAT = ("needs", "actions", "coverage", "gaps", "overlaps", "relations")


@pytest.fixture(autouse=True)
def _register() -> None:
    """Two needs, three actions with a donor and money, a relation."""
    measure = make_measure()
    make_need("Cameras at the border", ("AL", "ME"), [measure], priority="high")
    make_need("=HYPERLINK(1)", ("RS",), [measure])
    donor = make_organisation("Generous Donor")
    first = make_action("Cameras", ("AL",), ref="A-1", measures=[measure])
    second = make_action("+Training", ("AL",), ref="A-2", measures=[measure])
    elsewhere = make_action("Elsewhere", ("RS",), ref="A-3")
    add_party(first, donor, PartyRole.FUNDING, Decimal(60))
    add_party(second, make_organisation("Other; Donor"), PartyRole.FUNDING)
    add_flow(first, Decimal("1234.50"))
    make_relation(elsewhere, first)


def taken(client: Client, what: str, form: str = "xlsx", query: str = "") -> tuple[Any, bytes]:
    """The answer and the file."""
    answer = client.post(f"/export/{what}/{query}", {"format": form})
    assert answer.status_code == 200
    return answer, answer.getvalue()


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("what", WHAT)
def test_every_file_is_marked_named_and_noted(secretariat: Client, what: str) -> None:
    answer, content = taken(secretariat, what, "csv")
    assert answer.headers["X-IISG-Marking"] == "TLP:GREEN"
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="iisg-{what}-20')
    assert answer.headers["Content-Disposition"].endswith('-tlp-green.csv"')
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"] == SANDBOX
    rows = table(content)
    assert rows[0]["info_marking"].count("TLP:GREEN") == 1
    assert "UNSCR 1244/1999" in rows[0]["info_marking"]
    assert {row["info_marking"] for row in rows[1:]} <= {"TLP:GREEN"}
    event = Event.objects.get(name="exports.file_taken")
    assert (event.on, event.facts["form"], event.facts["size"]) == (f"exports.{what}", "csv", len(content))
    assert event.facts["records"] == len(rows)
    assert trail.first_broken() is None


@pytest.mark.parametrize("what", WHAT)
def test_a_workbook_has_a_cover_and_no_formula(secretariat: Client, what: str) -> None:
    _, content = taken(secretariat, what)
    book = load_workbook(io.BytesIO(content))
    cover = {str(row[0]): str(row[1]) for row in book["About this file"].iter_rows(values_only=True)}
    assert cover["Marking"].startswith("TLP:GREEN")
    assert "UNSCR 1244/1999" in cover["Kosovo*"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert book.active != book["About this file"]


def test_the_file_holds_exactly_what_the_filters_show(secretariat: Client) -> None:
    _, content = taken(secretariat, "actions", "csv", "?partner=AL&sort=-ref")
    assert [row["ref"] for row in table(content)] == ["A-2", "A-1"]
    _, content = taken(secretariat, "actions", "json", "?words=cameras")
    found = json.loads(content)
    assert (found["about"]["records"], found["about"]["chosen_by"]) == (1, "Words: cameras")
    assert found["actions"][0]["parties"][0] == {"role": "funding", "name": "Generous Donor", "share": 60}
    assert found["actions"][0]["flows"][0]["amount"] == 1234.5
    assert (
        Event.objects.get(name="exports.file_taken", facts__form="json").facts["chosen"] == "Words: cameras"
    )
    _, content = taken(secretariat, "gaps", "json", "?partner=RS")
    assert {row["partner"] for row in json.loads(content)["gaps"]} <= {"Serbia"}


def test_actions_leave_as_iati_and_needs_do_not(secretariat: Client) -> None:
    _, content = taken(secretariat, "actions", "iati")
    root = etree.fromstring(content)
    assert root.get("version") == "2.03"
    assert len(root) == 3
    assert secretariat.post("/export/needs/", {"format": "iati"}).status_code == 404
    assert secretariat.post("/export/actions/", {"format": "exe"}).status_code == 404


def test_nothing_to_export_is_told_and_leaves_no_event(secretariat: Client) -> None:
    answer = secretariat.post("/export/actions/?words=nosuchword", {"format": "csv"}, follow=True)
    assert "There is nothing to export" in answer.content.decode()
    assert not Event.objects.filter(name="exports.file_taken").exists()


@pytest.mark.parametrize("what", WHAT)
@pytest.mark.parametrize("role", [Role.APPLICANT, Role.ADMINISTRATOR])
def test_who_may_not_read_may_not_export(sign_in: SignIn, role: Role, what: str) -> None:
    assert sign_in(role).post(f"/export/{what}/").status_code == 403
    assert Client().post(f"/export/{what}/").headers["Location"].startswith("/accounts/login/")
    assert not Event.objects.filter(name="exports.file_taken").exists()


def test_pages_offer_what_they_show(reader: Client) -> None:
    page = reader.get("/actions/?partner=AL").content.decode()
    assert "Export these 2 actions" in page
    assert 'action="/export/actions/?partner=AL"' in page
    assert "Export these 2 needs" in reader.get("/needs/").content.decode()
    assert 'action="/export/coverage/"' in reader.get("/coverage/").content.decode()


@pytest.mark.parametrize("what", ["needs", "actions"])
def test_more_records_ask_no_more_queries(secretariat: Client, what: str) -> None:
    with CaptureQueriesContext(
        connection,
    ) as few:
        taken(secretariat, what)
    for number in range(30):
        add_party(make_action(f"Many {number}"), make_organisation(f"Body {number}"), PartyRole.FUNDING)
        make_need(f"Many {number}", ("AL",))
    taken(secretariat, what)
    with CaptureQueriesContext(connection) as many:
        taken(secretariat, what)
    assert len(many) == len(few)
