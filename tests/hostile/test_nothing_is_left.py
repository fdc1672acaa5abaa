"""What a hostile file leaves behind: a clear page, and nothing in the records."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.orgs.factories import make_organisation, make_partners
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.models import Action, Import, ImportState
from iisg.knowledge.actions.tests.uploads import send, work_off_the_queue
from iisg.knowledge.needs.models import Need
from tests.hostile.case import Hostile
from tests.hostile.text_files import HEAD, TEXTS
from tests.hostile.workbook_files import WORKBOOKS
from tests.hostile.xml_files import ACTIVITY, XML, file

pytestmark = pytest.mark.django_db
SLOW = {
    "one-line-of-48-mb.csv",
    "larger-than-allowed.csv",
    "over-200-mb.xlsx",
    "wide.xml",
    "row-beyond-the-last.xlsx",
}
CASES = [case for case in (*XML, *WORKBOOKS, *TEXTS) if case.name not in SLOW]


@pytest.fixture
def secretariat(client: Client) -> Client:
    """The Secretariat, signed in."""
    make_partners()
    client.force_login(make_person(Role.SECRETARIAT, make_organisation("Office")))
    return client


def records() -> tuple[int, int, int]:
    """How much is recorded."""
    return Action.objects.count(), Need.objects.count(), Organisation.objects.count()


def by_name(case: Hostile) -> str:
    """How a case is called in the list of tests."""
    return case.name


@pytest.mark.parametrize("case", [c for c in CASES if c.verdict == "refused"][::4], ids=by_name)
def test_a_refusal_is_a_clear_page_and_nothing_is_recorded(case: Hostile, secretariat: Client) -> None:
    before = records()
    content = case.build()
    if not content:
        assert (
            "The file is empty."
            in secretariat.post("/imports/", {"file": SimpleUploadedFile(case.name, b"")}).content.decode()
        )
        return
    imported = send(secretariat, SimpleUploadedFile(case.name, content))
    answer = secretariat.get(f"/imports/{imported.pk}/", follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    if case.code == "columns":
        assert imported.state == ImportState.NEEDS_MAPPING
        assert "Which column of this file means what?" in page
    else:
        assert imported.state == ImportState.REFUSED
        assert imported.file_findings[0]["code"] == case.code
        assert "Send another file" in page
    assert "<script>alert" not in page
    assert records() == before


@pytest.mark.parametrize("case", [c for c in CASES if c.verdict != "refused"][::5], ids=by_name)
def test_what_is_taken_is_shown_before_anything_is_recorded(case: Hostile, secretariat: Client) -> None:
    before = records()
    imported = send(secretariat, SimpleUploadedFile(case.name, case.build()))
    page = secretariat.get(f"/imports/{imported.pk}/", follow=True).content.decode()
    assert imported.state == ImportState.EXAMINED
    assert "What would this file change?" in page
    assert "<script>alert" not in page
    assert records() == before


def test_a_fault_after_ten_thousand_sound_rows_lets_nothing_in(secretariat: Client) -> None:
    sound = "".join(f"A-{n},Sound,,regional\n" for n in range(10_000))
    imported = send(secretariat, SimpleUploadedFile("late.csv", f'{HEAD}{sound}A-x,"never closed'.encode()))
    assert imported.state == ImportState.REFUSED
    assert "line 10002" in imported.file_findings[0]["place"]
    assert not imported.rows.exists()
    assert records()[0] == 0


def test_a_reader_that_dies_while_a_file_is_applied_leaves_it_as_it_was(
    secretariat: Client, settings: LazySettings
) -> None:
    text = file(activities="".join(ACTIVITY.format(number=n, title="Sound") for n in range(2, 400)))
    imported = send(secretariat, SimpleUploadedFile("sound.xml", text.encode()))
    assert imported.state == ImportState.EXAMINED
    secretariat.post(f"/imports/{imported.pk}/apply/")
    settings.READING_SECONDS = 0
    work_off_the_queue()
    imported.refresh_from_db()
    assert imported.state == ImportState.EXAMINED
    assert "Nothing of the file was recorded." in imported.file_findings[0]["message"]
    assert "it was stopped" in imported.file_findings[0]["message"]
    assert records()[0] == 0


def test_the_limit_is_a_setting_and_is_told_before_the_file_is_read(
    secretariat: Client, settings: LazySettings
) -> None:
    settings.IMPORT_LIMIT_BYTES = 1_000
    answer = secretariat.post("/imports/", {"file": SimpleUploadedFile("large.csv", b"a" * 1_001)})
    assert "at most 1,000 bytes can be sent" in answer.content.decode()
    assert not Import.objects.exists()
