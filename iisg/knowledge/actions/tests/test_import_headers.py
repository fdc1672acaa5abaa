"""A damaged header loses no record: the row is guessed well, shown, and chosen; columns without a header are mapped."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.orgs.factories import make_organisation, make_partners
from iisg.knowledge.actions.models import Action, HeaderMapping, Import, ImportState
from iisg.knowledge.actions.tests.uploads import apply, send, work_off_the_queue, workbook

pytestmark = pytest.mark.django_db

HEADER = "ref,title,kind,donor,scope,implementer,start_date,summary,source_url"
RECORDS = [
    f"ACT-00{n},{title},project,European Union,regional,{body},2025-0{n}-01,It trains guards,https://example.org/{n}"
    for n, (title, body) in enumerate([("Training", "UNODC"), ("Patrols", "IOM"), ("Cameras", "")], start=1)
]


@pytest.fixture
def reporter(client: Client) -> Client:
    """A focal point, signed in."""
    make_partners()
    client.force_login(make_person(Role.FOCAL_POINT, make_organisation("Agency for Borders")))
    return client


def sent(client: Client, *lines: str) -> Import:
    return send(client, SimpleUploadedFile("actions.csv", "\n".join(lines).encode()))


def columns_page(client: Client, imported: Import) -> str:
    return " ".join(client.get(f"/imports/{imported.pk}/columns/").content.decode().split())


def name(client: Client, imported: Import, **said: str) -> Import:
    """Fill in the page of columns as it stands."""
    client.post(f"/imports/{imported.pk}/columns/?subject=actions", said)
    work_off_the_queue()
    imported.refresh_from_db()
    return imported


@pytest.mark.parametrize(
    ("first", "row"),
    [
        ("", 1),
        ("@@@@@@", 1),
        ("r,t,k,d,s,i,sd,su,so", 1),
        (HEADER.replace("title", ""), 1),
        (None, 0),
    ],
    ids=["emptied", "mangled", "other words", "one blank", "gone"],
)
def test_no_record_becomes_headers(first: str | None, row: int, reporter: Client) -> None:
    imported = sent(reporter, *([] if first is None else [first]), *RECORDS)
    assert imported.state == ImportState.NEEDS_MAPPING
    [sheet] = imported.mapping["sheets"]
    assert sheet["row"] == row
    page = columns_page(reporter, imported)
    assert f"Headers in row {row}" in page or (not row and "Without headers" in page)
    assert "ACT-001" in page
    name(reporter, imported, column_0="ref", column_1="title", column_5="implementer", row_0=str(row))
    assert (imported.created, imported.refused) == (3, 0)
    apply(reporter, imported)
    assert list(Action.objects.values_list("ref", flat=True)) == ["ACT-001", "ACT-002", "ACT-003"]
    assert [str(body) for body in Action.objects.get(ref="ACT-001").implementers] == ["UNODC"]


def test_a_title_above_the_headers_is_passed_over(reporter: Client) -> None:
    imported = sent(reporter, "Actions of 2025", "", HEADER, *RECORDS)
    assert (imported.state, imported.created) == (ImportState.EXAMINED, 3)
    assert "sheet.rows-above" not in str(imported.file_findings)


def test_records_above_the_headers_are_told_of(reporter: Client) -> None:
    imported = sent(reporter, RECORDS[0], HEADER, *RECORDS[1:])
    assert imported.created == 2
    page = reporter.get(f"/imports/{imported.pk}/").content.decode()
    assert "Above the headers in row 2 stands a row like a record: &#x27;ACT-001 · Training" in page
    assert "say in which row the headers stand" in page


@pytest.mark.parametrize("row", ["1", "0"])
def test_another_row_is_chosen(row: str, reporter: Client) -> None:
    head = HEADER.replace("ref", "Nummer").replace("title", "Titel")
    imported = sent(reporter, "Bericht,Liste,Art,Geld,Raum,Wer,Wann,Was,Wo", head, *RECORDS)
    assert imported.mapping["sheets"][0]["row"] == 1
    page = columns_page(reporter, imported)
    assert "Row 2: Nummer · Titel" in page
    assert "None: the records begin in the first row" in page
    name(reporter, imported, headers="1", row_0="2", column_0="ref")
    assert (imported.state, imported.mapping["sheets"][0]["row"]) == (ImportState.NEEDS_MAPPING, 2)
    page = columns_page(reporter, imported)
    assert "Headers in row 2" in page
    assert "row 1: Bericht · Liste" in page
    name(reporter, imported, row_0=row, column_0="ref", column_1="title")
    assert (imported.state, imported.mapping["sheets"][0]["row"]) == (ImportState.NEEDS_MAPPING, int(row))
    assert not HeaderMapping.objects.exists()


def test_a_row_that_is_not_there_is_not_chosen(reporter: Client) -> None:
    imported = sent(reporter, "", *RECORDS)
    said = {"headers": "1", "row_0": "900"}
    page = reporter.post(f"/imports/{imported.pk}/columns/", said, follow=True).content.decode()
    assert "No other row was chosen for the headers." in page


def test_nothing_is_remembered_of_a_file_without_headers(reporter: Client) -> None:
    imported = sent(reporter, "", *RECORDS)
    name(reporter, imported, column_0="ref", column_1="title", row_0="1")
    assert imported.created == 3
    assert not HeaderMapping.objects.exists()
    assert sent(reporter, "", "x,B-1,y,z,a,b,c,d,e").state == ImportState.NEEDS_MAPPING


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_column_with_a_blank_header_is_listed_and_mapped(form: str, reporter: Client) -> None:
    head = HEADER.replace("implementer", "").split(",")
    if form == "csv":
        imported = sent(reporter, ",".join(head), *RECORDS)
    else:
        imported = send(reporter, workbook([record.split(",") for record in RECORDS], head))
    assert imported.created == 3
    page = reporter.get(f"/imports/{imported.pk}/").content.decode()
    assert "Nothing was read from the columns &#x27;column F (no header)&#x27;." in page
    page = columns_page(reporter, imported)
    assert "column F (no header)" in page
    assert "UNODC<br>IOM" in page
    fields = {f"column_{n}": field for n, field in enumerate(HEADER.split(","))}
    name(reporter, imported, row_0="1", **fields)
    apply(reporter, imported)
    assert [str(body) for body in Action.objects.get(ref="ACT-001").implementers] == ["UNODC"]


def test_two_columns_of_one_header_are_two(reporter: Client) -> None:
    imported = sent(reporter, "Nr,Name,Name", "B-1,Training,UNODC", "B-2,Patrols,IOM")
    name(reporter, imported, row_0="1", column_0="ref", column_1="title", column_2="implementer")
    apply(reporter, imported)
    assert [str(body) for body in Action.objects.get(ref="B-2").implementers] == ["IOM"]
