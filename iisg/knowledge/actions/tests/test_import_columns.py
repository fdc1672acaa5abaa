"""Columns that nobody knows are named once and remembered for every file with the same headers."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.orgs.factories import make_organisation, make_partners
from iisg.knowledge.actions.models import Action, HeaderMapping, Import, ImportState
from iisg.knowledge.actions.tests.uploads import apply, row, send, work_off_the_queue, workbook

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


def test_many_refusals_for_one_reason_are_told_as_one_and_the_columns_can_be_named_again(
    reporter: Client,
) -> None:
    rows = [[f"B-{n}", "Nutrition", "Batha"] for n in range(40)]
    imported = send(reporter, workbook(rows, HEADERS))
    name_columns(reporter, imported, column_0="ref", column_1="title", column_2="beneficiaries")
    work_off_the_queue()
    page = reporter.get(f"/imports/{imported.pk}/").content.decode()
    assert "Why records are refused" in page
    assert "<strong>40 records</strong>" in page
    assert "a column of other places is one of other beneficiaries" in page
    assert "or name its columns differently" in page
    assert f"/imports/{imported.pk}/columns/" in page
    name_columns(reporter, imported, column_0="ref", column_1="title", column_2="other_beneficiaries")
    work_off_the_queue()
    imported.refresh_from_db()
    assert (imported.left_out, imported.refused, imported.warnings) == (40, 0, 3)
    page = reporter.get(f"/imports/{imported.pk}/").content.decode()
    assert "Why records are refused" not in page
    assert "names none of the Western Balkans partners" in page


def test_a_sheet_that_shares_its_headers_says_so_and_one_without_a_reference_is_left_out(
    reporter: Client,
) -> None:
    book, out = Workbook(), BytesIO()
    book.remove(book.worksheets[0])
    sheets: dict[str, list[Sequence[str]]] = {
        "Vorhaben": [HEADERS, *ROWS],
        "Orte": [("Land", "Bezeichnung"), ("AL", "Tirana")],
    }
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for values in rows:
            sheet.append(list(values))
    book.save(out)
    imported = send(reporter, SimpleUploadedFile("zwei.xlsx", out.getvalue()))
    page = reporter.get(f"/imports/{imported.pk}/columns/").content.decode()
    assert "Sheet “Orte” also has these columns, which mean the same as above: Land, Bezeichnung." in page
    name_columns(reporter, imported, column_0="ref", column_1="title", column_2="beneficiaries")
    work_off_the_queue()
    imported.refresh_from_db()
    assert imported.created == 2
    page = reporter.get(f"/imports/{imported.pk}/").content.decode()
    assert "has no column that was named as the reference of the record; it was not read" in page


def test_headers_in_french_are_known(reporter: Client) -> None:
    headers = ("Référence", "Intitulé", "Bailleur de fonds", "Mis en œuvre par", "Pays", "Date de début")
    rows = [["B-1", "Formation", "Donateur", "École", "AL", "2025-01-01"]]
    imported = send(reporter, workbook(rows, headers))
    assert (imported.state, imported.created) == (ImportState.EXAMINED, 1)


def test_an_organisation_file_is_looked_at_and_nothing_is_taken(reporter: Client) -> None:
    text = (
        "<iati-organisations version='2.03'><iati-organisation><x/></iati-organisation></iati-organisations>"
    )
    imported = send(reporter, SimpleUploadedFile("publisher.xml", text.encode()))
    page = reporter.get(f"/imports/{imported.pk}/").content.decode()
    assert (imported.state, imported.created, imported.subject) == (ImportState.EXAMINED, 0, "publisher")
    assert "The file states no needs and no actions." in page
    assert "IATI organisation file" in page
    assert "Expected is ( organisation-identifier )" in page
    assert f"/imports/{imported.pk}/apply/" not in page


@pytest.mark.parametrize(("values", "guess"), [(["TD19", "TD01"], ""), (["Training 2025", "TD01"], "title")])
def test_a_column_called_title_that_holds_codes_is_not_guessed_to_be_the_title(
    reporter: Client, values: list[str], guess: str
) -> None:
    rows = [[value, "Barh El Gazel", str(number)] for number, value in enumerate(values)]
    imported = send(reporter, workbook(rows, ("Title", "Provinz", "Nummer")))
    form = reporter.get(f"/imports/{imported.pk}/columns/").context["form"]
    assert form["column_0"].initial == guess


def test_large_figures_are_written_as_the_registers_write_them(reporter: Client) -> None:
    rows = [row(f"B-{number}") for number in range(1001)]
    page = reporter.get(f"/imports/{send(reporter, workbook(rows)).pk}/").content.decode()
    assert '<span class="iisg-figure__value">1,001</span>' in page
    assert "Applying it enters 1,001 new records." in page
