"""Columns that nobody knows are named once and remembered for every file with the same headers."""

from __future__ import annotations

import pytest
from django.test import Client

from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.orgs.factories import make_organisation, make_partners
from iisg.knowledge.actions.models import Action, HeaderMapping, Import, ImportState
from iisg.knowledge.actions.tests.uploads import apply, send, work_off_the_queue, workbook

pytestmark = pytest.mark.django_db

HEADERS = ("Kennziffer", "Bezeichnung", "Land")
ROWS = [["B-1", "Grenzschutz", "AL"], ["B-2", "Schulung", "RS"]]


@pytest.fixture
def reporter(client: Client) -> Client:
    """A focal point, signed in."""
    make_partners()
    client.force_login(make_person(Role.FOCAL_POINT, make_organisation("Agency for Borders")))
    return client


def name_columns(client: Client, imported: Import, **columns: str) -> str:
    """Fill in the page of columns; returns the page that answers."""
    address = f"/imports/{imported.pk}/columns/?subject=actions"
    return client.post(address, columns, follow=True).content.decode()


def test_unknown_columns_are_named_once_and_remembered(reporter: Client) -> None:
    imported = send(reporter, workbook(ROWS, HEADERS))
    assert imported.state == ImportState.NEEDS_MAPPING
    page = reporter.get(f"/imports/{imported.pk}/", follow=True).content.decode()
    assert "Which column of this file means what?" in page
    assert "Grenzschutz" in page
    name_columns(reporter, imported, column_0="ref", column_1="title", column_2="beneficiaries")
    work_off_the_queue()
    imported.refresh_from_db()
    assert (imported.state, imported.created) == (ImportState.EXAMINED, 2)
    apply(reporter, imported)
    assert Action.objects.reaching("RS").get().title == "Schulung"
    again = send(reporter, workbook([["B-3", "Ausbildung", "ME"]], HEADERS))
    assert (again.state, again.created) == (ImportState.EXAMINED, 1)
    page = reporter.get(f"/imports/{again.pk}/").content.decode()
    assert "As a person named them for files with these headers." in page


def test_required_fields_must_be_named_and_none_twice(reporter: Client) -> None:
    imported = send(reporter, workbook(ROWS, HEADERS))
    page = name_columns(reporter, imported, column_0="title", column_1="title", column_2="")
    assert "was already chosen for the column" in page
    assert "Say which column holds: Reference of the record." in page
    assert not HeaderMapping.objects.exists()


def test_a_file_of_needs_is_asked_for_the_fields_of_needs(reporter: Client) -> None:
    imported = send(reporter, workbook(ROWS, HEADERS))
    page = reporter.get(f"/imports/{imported.pk}/columns/?subject=needs").content.decode()
    assert "Need, in words" in page
    assert "Implementers" not in page
