"""Templates and files with what was found in them, asked for on their pages."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.response import HttpResponseBase
from django.test import Client
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.audit.models import Event
from iisg.foundations.orgs.factories import make_organisation, make_partners
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.factories import make_action
from iisg.knowledge.actions.models import Import
from iisg.knowledge.actions.tests.uploads import row, send, work_off_the_queue, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    """A member that reports, with one action; another body has one too."""
    make_partners()
    body = make_organisation("Agency for Borders", ref="agency")
    make_action("Cameras at the border", ("AL",), reporter=body, reporter_ref="A-1")
    make_action("Somebody else's", ("ME",), reporter=make_organisation("Other"), reporter_ref="X-1")
    return body


@pytest.fixture
def reporter(agency: Organisation, client: Client) -> Client:
    """The agency's focal point, signed in."""
    client.force_login(make_person(Role.FOCAL_POINT, agency))
    return client


def book_in(response: HttpResponseBase) -> Workbook:
    """The workbook that the answer hands out."""
    assert response.status_code == 200
    assert response.headers["X-IISG-Marking"] == "TLP:GREEN"
    assert response.headers["Content-Disposition"].startswith("attachment;")
    return load_workbook(io.BytesIO(response.getvalue()))


def test_a_member_takes_the_template_with_its_own_records(reporter: Client, agency: Organisation) -> None:
    response = reporter.post("/imports/templates/", {"subject": "actions"})
    assert f"iisg-actions-{agency.ref}-" in response.headers["Content-Disposition"]
    said = [cell.value for line in book_in(response)["Actions"].iter_rows() for cell in line]
    assert "Cameras at the border" in said
    assert "Somebody else's" not in said
    event = Event.objects.get(name="imports.template_taken")
    assert (event.facts["records"], event.facts["subject"]) == (1, "actions")


def test_the_template_sent_back_through_the_page_changes_nothing(reporter: Client) -> None:
    content = reporter.post("/imports/templates/", {"subject": "actions"}).getvalue()
    imported = send(reporter, SimpleUploadedFile("template.xlsx", content))
    assert imported.counts == {"created": 0, "changed": 0, "unchanged": 1, "refused": 0, "left_out": 0}


def test_the_page_says_how_many_records_stand_in_the_template(reporter: Client) -> None:
    page = reporter.get("/imports/templates/").content.decode()
    assert "Actions: 1 record stands in it." in page
    assert "Needs: no record of yours yet; the workbook is empty but for instructions." in page


def test_nobody_takes_the_records_of_a_body_for_which_it_does_not_speak(reporter: Client) -> None:
    response = reporter.post("/imports/templates/", {"subject": "actions", "reporter": "other"})
    assert "Somebody else" not in str(list(book_in(response)["Actions"].values))


def test_the_secretariat_takes_the_template_of_any_organisation(agency: Organisation, client: Client) -> None:
    client.force_login(make_person(Role.SECRETARIAT))
    for reporter, subject, titles in (
        (agency.ref, "actions", "Cameras"), ("", "actions", None), ("albania", "needs", None)
    ):  # fmt: skip
        chosen = {"subject": subject, "reporter": reporter}
        said = str([list(sheet.values) for sheet in book_in(client.post("/imports/templates/", chosen))])
        assert ("Cameras" in said) is bool(titles)


def test_what_was_found_stands_at_the_cells_of_the_senders_own_file(reporter: Client) -> None:
    bad = row("B-2")
    bad[5] = "31 September 2025"
    imported = send(reporter, workbook([row("B-1"), bad]))
    assert "Save my file with the findings" in reporter.get(f"/imports/{imported.pk}/").content.decode()
    book = book_in(reporter.post(f"/imports/{imported.pk}/copy/"))
    comment = book["Actions"]["F3"].comment
    assert comment is not None
    assert "year-month-day" in comment.text
    assert book["Actions"]["B2"].value == "Training of border guards"
    assert Event.objects.filter(name="imports.copy_taken").count() == 1


def test_a_warning_of_a_refused_row_does_not_say_that_it_is_taken(reporter: Client) -> None:
    bad, doubtful = row("B-2", place="Narnia"), row("B-3")
    bad[5] = doubtful[5] = "31 September 2025"
    imported = send(reporter, workbook([bad, doubtful]))
    book = book_in(reporter.post(f"/imports/{imported.pk}/copy/"))
    said = [(record, kind) for _where, record, kind, *_rest in book.worksheets[0].values]
    assert sorted(map(str, said[1:])) == sorted(
        map(
            str,
            [
                ("B-2", "refused"),
                ("B-2", "refused or left out; this is only a warning"),
                ("B-3", "taken, with a warning"),
            ],
        )
    )


def test_delimited_text_comes_back_as_a_workbook(reporter: Client) -> None:
    text = b"ref,title,donor,beneficiaries,start_date\nB-1,Boats,,AL,yesterday\n"
    imported = send(reporter, SimpleUploadedFile("ours.csv", text))
    book = book_in(reporter.post(f"/imports/{imported.pk}/copy/"))
    assert book.worksheets[1]["E2"].comment is not None


def test_a_file_without_cells_is_told_so_and_its_page_offers_no_copy(reporter: Client) -> None:
    text = (
        b'<?xml version="1.0"?><iati-activities version="2.03"><iati-activity>'
        b"<iati-identifier>XX-1</iati-identifier></iati-activity></iati-activities>"
    )
    imported = send(reporter, SimpleUploadedFile("a.xml", text))
    assert "Save my file" not in reporter.get(f"/imports/{imported.pk}/").content.decode()
    response = reporter.post(f"/imports/{imported.pk}/copy/", follow=True)
    assert "workbooks and delimited text only" in response.content.decode()
    assert not Event.objects.filter(name="imports.copy_taken").exists()


def test_another_bodys_file_is_not_handed_out(reporter: Client) -> None:
    secretariat = Client()
    secretariat.force_login(make_person(Role.SECRETARIAT))
    imported = send(secretariat, workbook([row("B-1", place="Narnia")]))
    assert reporter.post(f"/imports/{imported.pk}/copy/").status_code == 404
    work_off_the_queue()
    assert Import.objects.count() == 1
