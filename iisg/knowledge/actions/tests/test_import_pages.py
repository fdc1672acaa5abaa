"""The pages of an import: sending in, what is shown, who may see it, how much the database is asked."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.orgs.factories import make_organisation, make_partners
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions import previews
from iisg.knowledge.actions.models import Import, ImportState
from iisg.knowledge.actions.tests.uploads import apply, row, send, work_off_the_queue, workbook

pytestmark = pytest.mark.django_db

DOCTYPE = b"""<?xml version="1.0"?>
<!DOCTYPE iati-activities [<!ENTITY a "b">]>
<iati-activities version="2.03"/>"""
IATI = """<?xml version="1.0"?><iati-activities version="2.03"><iati-activity>
<iati-identifier>XX-1</iati-identifier><reporting-org ref="XX" type="10"><narrative>{reporter}</narrative>
</reporting-org><title><narrative>Border posts</narrative></title><recipient-country code="AL"/>
</iati-activity></iati-activities>"""


@pytest.fixture
def agency() -> Organisation:
    """A member that reports, beside the six partners."""
    make_partners()
    return make_organisation("Agency for Borders")


@pytest.fixture
def reporter(agency: Organisation, client: Client) -> Client:
    """The agency's focal point, signed in."""
    client.force_login(make_person(Role.FOCAL_POINT, agency))
    return client


@pytest.fixture
def secretariat() -> Client:
    """Somebody of the Secretariat, signed in."""
    client = Client()
    client.force_login(make_person(Role.SECRETARIAT))
    return client


def text_of(client: Client, address: str) -> str:
    """A page that answers."""
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_file_without_a_name_or_too_large_is_told_at_its_field(
    reporter: Client, settings: Settings
) -> None:
    assert "Choose a file." in reporter.post("/imports/", {}).content.decode()
    settings.IMPORT_LIMIT_BYTES = 10
    page = reporter.post(
        "/imports/", {"file": SimpleUploadedFile("x.csv", b"ref,title,more")}
    ).content.decode()
    assert "The file has 14 bytes; at most 10 bytes can be sent." in page
    assert not Import.objects.exists()


def test_a_focal_point_reports_for_its_own_organisation_only(reporter: Client, agency: Organisation) -> None:
    other = make_organisation("Another agency")
    imported = send(reporter, workbook([row("A-1")]), reporter=other.ref)
    assert imported.reporter == agency


def test_the_secretariat_chooses_who_reports(secretariat: Client, agency: Organisation) -> None:
    assert send(secretariat, workbook([row("A-1")]), reporter=agency.ref).reporter == agency
    assert send(secretariat, workbook([row("A-1")])).reporter is None


def test_a_waiting_file_shows_its_progress_and_comes_back_by_itself(reporter: Client) -> None:
    address = reporter.post("/imports/", {"file": workbook([row("A-1")])}).headers["Location"]
    waiting = reporter.get(address)
    assert waiting.headers["Refresh"] == "5"
    assert "Look again" in waiting.content.decode()
    fragment = reporter.get(address, headers={"HX-Request": "true"})
    assert "hx-get" in fragment.content.decode()
    assert "<html" not in fragment.content.decode()
    work_off_the_queue()
    assert reporter.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert "What would this file change?" in text_of(reporter, address)


def test_a_doctype_is_refused_with_its_cure(reporter: Client) -> None:
    imported = send(reporter, SimpleUploadedFile("evil.xml", DOCTYPE))
    assert imported.state == ImportState.REFUSED
    page = text_of(reporter, f"/imports/{imported.pk}/")
    assert "DOCTYPE" in page
    assert "Remove the declaration" in page
    assert "Send another file" in page


def test_a_focal_point_cannot_speak_for_another_reporter(reporter: Client) -> None:
    make_organisation("Other Agency")
    imported = send(reporter, SimpleUploadedFile("other.xml", IATI.format(reporter="Other Agency").encode()))
    assert (imported.created, imported.refused) == (0, 1)
    assert "for which you do not speak" in text_of(reporter, f"/imports/{imported.pk}/")


def test_the_same_reference_of_another_reporter_is_another_record(
    reporter: Client, secretariat: Client
) -> None:
    apply(secretariat, send(secretariat, workbook([row("A-1", "Compiled title")])))
    imported = apply(reporter, send(reporter, workbook([row("A-1", "Own title")])))
    assert (imported.created, imported.changed) == (1, 0)
    assert imported.rows.get().record_ref != "A-1"


def test_what_the_examination_refused_stays_out_whoever_applies(
    reporter: Client, secretariat: Client
) -> None:
    make_organisation("Other Agency")
    imported = send(reporter, SimpleUploadedFile("other.xml", IATI.format(reporter="Other Agency").encode()))
    imported = apply(secretariat, imported)
    assert (imported.state, imported.created, imported.refused) == (ImportState.APPLIED, 0, 1)


def test_others_imports_do_not_exist_for_a_focal_point(reporter: Client, secretariat: Client) -> None:
    imported = send(secretariat, workbook([row("A-1")], name="secret-name.xlsx"))
    for part in ("", "columns/", "names/"):
        assert reporter.get(f"/imports/{imported.pk}/{part}").status_code == 404
    for part in ("apply/", "discard/"):
        assert reporter.post(f"/imports/{imported.pk}/{part}").status_code == 404
    assert "secret-name" not in text_of(reporter, "/imports/")


@pytest.mark.parametrize("role", [Role.MEMBER_READER, Role.APPLICANT, Role.ADMINISTRATOR])
def test_those_who_report_nothing_stay_outside(role: Role, client: Client) -> None:
    client.force_login(make_person(role))
    assert client.get("/imports/").status_code == 403


def test_changes_are_shown_in_words(reporter: Client) -> None:
    make_organisation("Border School")
    apply(reporter, send(reporter, workbook([row("A-1", place="AL;XK")])))
    imported = send(reporter, workbook([row("A-1", "Training of guards", "Border School", "AL;RS")]))
    page = text_of(reporter, f"/imports/{imported.pk}/")
    assert imported.changed == 1
    for words in (
        "Training of border guards",
        "implementing: Border School",
        "Kosovo*, named",
        "Serbia, named",
    ):
        assert words in page
    assert "Albania, named" not in page


def test_records_are_filtered_in_the_address(reporter: Client) -> None:
    imported = send(reporter, workbook([row("A-1", "Sound one"), row("A-2", "Bad one", place="Atlantis")]))
    page = text_of(reporter, f"/imports/{imported.pk}/?verdict=refused")
    assert "Bad one" in page
    assert "Sound one" not in page
    assert "sheet &#x27;Actions&#x27;, cell E3" in page
    assert "Bad one" not in text_of(reporter, f"/imports/{imported.pk}/?grade=warning")
    assert "Sound one" in text_of(reporter, f"/imports/{imported.pk}/?verdict=nonsense")


def test_a_file_put_away_changes_nothing_and_cannot_be_applied(reporter: Client) -> None:
    imported = send(reporter, workbook([row("A-1")]))
    reporter.post(f"/imports/{imported.pk}/discard/")
    told = reporter.post(f"/imports/{imported.pk}/apply/", follow=True).content.decode()
    imported.refresh_from_db()
    assert imported.state == ImportState.DISCARDED
    assert "so it cannot be applied" in told


@pytest.mark.parametrize("page", ["/imports/", "/imports/{pk}/", "/imports/{pk}/names/"])
def test_one_row_or_fifty_ask_the_database_alike(page: str, reporter: Client) -> None:
    counts = []
    for number in (1, 50):
        names = [f"{chr(65 + n % 26)}{n} Zukunft{n * 7919}" for n in range(number)]
        imported = send(reporter, workbook([row(f"A-{n}", "", name) for n, name in enumerate(names)]))
        good = send(reporter, workbook([row(f"A-{n}", "Title", name) for n, name in enumerate(names)]))
        assert (imported.refused, len(good.new_organisations)) == (number, number)
        for _ in range(number):
            reporter.post("/imports/", {"file": workbook([row("A-1")])})
        with CaptureQueriesContext(connection) as queries:
            text_of(reporter, page.format(pk=good.pk))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_one_changed_day_is_one_change(client: Client) -> None:
    make_partners()
    client.force_login(make_person(Role.SECRETARIAT))
    head = ("ref", "title", "start_date", "end_date", "duration_months")
    apply(client, send(client, workbook([["A-1", "Training", "2025-01", "2025-12", ""]], head)))
    imported = send(client, workbook([["A-1", "Training", "2025-01", "2026-03-03", ""]], head))
    [kept] = imported.rows.all()
    assert [name for name, *_values in kept.changes] == ["end_on", "end_precision", "end_printed"]
    assert shown(imported) == [("Ends", ["December 2025"], ["3 March 2026"])]
    imported = send(client, workbook([["A-1", "Training", "", "", "6"]], head))
    assert shown(imported) == [
        ("Duration in months", [], ["6"]),
        ("Starts", ["January 2025"], []),
        ("Ends", ["December 2025"], []),
    ]


def test_an_end_computed_from_the_duration_says_so(client: Client) -> None:
    make_partners()
    client.force_login(make_person(Role.SECRETARIAT))
    head = ("ref", "title", "start_date", "duration_months")
    apply(client, send(client, workbook([["A-1", "Training", "2025-01-01", "12"]], head)))
    imported = send(client, workbook([["A-1", "Training", "2025-01-01", "18"]], head))
    assert shown(imported)[-1] == ("Ends", ["31 December 2025"], ["30 June 2026"])
    head = ("ref", "title", "end_date", "kind")
    imported = send(client, workbook([["A-1", "Training", "2027-03-31", ""]], head))
    assert shown(imported) == [("Ends", ["31 December 2025 (computed from the duration)"], ["31 March 2027"])]


def shown(imported: Import) -> list[tuple[str, list[str], list[str]]]:
    """The changes of the first record as the page has them."""
    [line] = previews.lines(imported.rows.all())
    return [(change.name, change.before, change.after) for change in line.changes]
