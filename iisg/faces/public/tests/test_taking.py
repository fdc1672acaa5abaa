"""What everybody may take along: the public facts of published projects, marked TLP:CLEAR."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from lxml import etree

from iisg.foundations.audit.models import Event
from iisg.foundations.orgs.factories import make_organisation
from iisg.knowledge.actions.factories import add_flow, add_party, make_action
from iisg.knowledge.actions.models import PartyRole

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _projects() -> None:
    shown = make_action("Cameras", ref="A-1", summary="membersonly", stage_printed="membersonly")
    add_party(shown, make_organisation("Generous Donor"), PartyRole.FUNDING)
    add_party(shown, make_organisation("membersonly"), PartyRole.BENEFICIARY)
    add_flow(shown, None, printed="membersonly")
    make_action("membersonly", ref="A-2", is_public=False)


@pytest.mark.parametrize("form", ["csv", "json", "iati"])
def test_only_public_facts_of_published_actions_leave(client: Client, form: str) -> None:
    answer = client.get(f"/open-data/projects.{form}")
    content = answer.getvalue().decode()
    assert answer.headers["X-IISG-Marking"] == "TLP:CLEAR"
    assert "membersonly" not in content
    assert "2024-01-01" not in content
    assert "Cameras" in content
    assert "Generous Donor" in content
    assert not Event.objects.filter(name="exports.file_taken").exists()


def test_the_filters_of_the_page_hold_for_the_file(client: Client) -> None:
    content = client.get("/open-data/projects.csv?partner=AL").getvalue().decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(content, newline=""))
    assert (row["project"], row["donors"], row["partners_named"]) == ("Cameras", "Generous Donor", "Albania")
    assert client.get("/open-data/projects.csv?words=nosuchword").status_code == 404
    assert client.get("/open-data/projects.exe").status_code == 404
    assert client.post("/open-data/projects.csv").status_code == 405
    assert 'href="/open-data/projects.csv?partner=AL"' in client.get("/projects/?partner=AL").content.decode()


def test_the_public_iati_says_that_it_is_a_part(client: Client) -> None:
    root = etree.fromstring(client.get("/open-data/projects.iati").getvalue())
    assert root.get("{https://wb-iisg.com/xml/export/1}part") == "public"
    assert root.find("iati-activity/transaction") is None
