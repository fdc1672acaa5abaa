"""The first page and the page about the mechanism: what the public learns at a glance."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings

from iisg.faces.public.region_map import region_map
from iisg.foundations.orgs.factories import make_partners
from iisg.knowledge.actions.factories import make_action

pytestmark = pytest.mark.django_db


def test_public_pages_answer_even_when_nothing_is_recorded(client: Client) -> None:
    for address in ("/", "/projects/", "/organisations/", "/about/"):
        assert client.get(address).status_code == 200


def test_the_map_tells_projects_that_name_a_partner_from_those_for_the_region() -> None:
    make_partners()
    make_action(named=["ME"], regional=["AL", "RS"])
    make_action(named=["ME"])
    make_action(named=[])
    make_action(named=["ME"], is_public=False)
    picture = region_map()
    assert [(r.partner.code, r.named, r.regional) for r in picture.reaches] == [
        ("AL", 0, 1),
        ("BA", 0, 0),
        ("XK", 0, 0),
        ("ME", 2, 0),
        ("MK", 0, 0),
        ("RS", 0, 1),
    ]
    assert picture.nobody_named == 1
    assert all(shape.shade <= 4 for shape in picture.drawn)
    assert [(step.first, step.last) for step in picture.steps] == [(1, 1), (2, 2)]


def test_the_table_stands_below_its_question_and_names_everybody(client: Client) -> None:
    make_partners()
    page = client.get("/").content.decode()
    assert "How many public projects reach each partner?" in page
    assert "Kosovo*" in page
    assert page.count('id="kosovo-note"') == 1


def test_the_demonstration_says_that_it_is_one(client: Client) -> None:
    assert "not the lists of needs" not in client.get("/").content.decode()
    with override_settings(DEMO=True):
        assert "not the lists of needs" in client.get("/").content.decode()
        assert "This is a demonstration." in client.get("/about/").content.decode()
