"""The pages of a newer file: what came before it, what vanished, what speaks against what was confirmed."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.orgs.factories import make_organisation, make_partners
from iisg.foundations.orgs.models import Alias, Organisation
from iisg.knowledge.actions.models import Absence, Action, Fate, Import
from iisg.knowledge.actions.tests.uploads import apply, row, send, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    """A member that reports."""
    make_partners()
    return make_organisation("Agency for Borders")


@pytest.fixture
def reporter(agency: Organisation, client: Client) -> Client:
    """Its focal point, signed in."""
    client.force_login(make_person(Role.FOCAL_POINT, agency))
    return client


def text_of(client: Client, address: str) -> str:
    """A page that answers."""
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def sent(client: Client, refs: Iterable[str], name: str, title: str = "Training") -> Import:
    """A workbook with these records, sent in and examined."""
    return send(client, workbook([row(ref, title) for ref in refs], name=name))


def test_a_newer_file_says_what_came_before_and_what_is_gone(reporter: Client) -> None:
    apply(reporter, sent(reporter, ["A-1", "A-2", "A-3"], "may.xlsx"))
    imported = sent(reporter, ["A-1", "A-4"], "june.xlsx")
    page = text_of(reporter, f"/imports/{imported.pk}/")
    assert "This is a newer file of <strong>Agency for Borders</strong>" in page
    assert "may.xlsx</a>" in page
    assert ", 3 records." in page
    assert "<strong>2 records</strong> of the last file are not in this one" in page
    assert "notes 2 records as no longer in their source&#x27;s file" in page
    missing = text_of(reporter, f"/imports/{imported.pk}/missing/")
    assert "A-2" in missing
    assert "Save these decisions" not in missing
    apply(reporter, imported)
    assert "Say what that means: 2 wait" in text_of(reporter, f"/imports/{imported.pk}/")


def test_the_very_same_file_says_so_at_once(reporter: Client) -> None:
    content = workbook([row("A-1")], name="may.xlsx").read()
    first, again = (send(reporter, SimpleUploadedFile("may.xlsx", content)) for _ in range(2))
    page = text_of(reporter, f"/imports/{again.pk}/")
    assert "This very file came in before" in page
    assert f'href="/imports/{first.pk}/"' in page
    assert "This very file" not in text_of(reporter, f"/imports/{first.pk}/")


def test_an_older_file_is_warned_of(reporter: Client) -> None:
    older = sent(reporter, ["A-1", "A-2"], "may.xlsx")
    apply(reporter, sent(reporter, ["A-1", "A-2"], "june.xlsx", "Other words"))
    apply(reporter, older)
    page = text_of(reporter, f"/imports/{older.pk}/")
    assert "june.xlsx is newer. Applying this file would set its records back." in page


def test_what_vanished_is_decided_one_by_one_with_a_reason(reporter: Client) -> None:
    apply(reporter, sent(reporter, ["A-1", "A-2", "A-3"], "may.xlsx"))
    imported = apply(reporter, sent(reporter, ["A-1"], "june.xlsx"))
    where = f"/imports/{imported.pk}/missing/"
    second, third = Absence.objects.all()
    told = reporter.post(where, {f"fate_{second.pk}": "ended"}).content.decode()
    assert "Say why in a few words." in told
    reporter.post(where, {f"fate_{second.pk}": "ended", f"fate_{third.pk}": "", "reason": "It is over"})
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.fate, second.reason, third.fate) == (Fate.ENDED, "It is over", "")
    page = text_of(reporter, where)
    assert "It is over" in page
    assert Action.objects.get(ref="A-2").stage == "completed"


def test_all_that_are_undecided_are_decided_at_once(reporter: Client) -> None:
    stayed = [f"A-{n}" for n in range(10)]
    apply(reporter, sent(reporter, [*stayed, *(f"B-{n}" for n in range(30))], "may.xlsx"))
    imported = apply(reporter, sent(reporter, stayed, "june.xlsx"))
    where = f"/imports/{imported.pk}/missing/"
    assert "The same for all 30 that are not decided" in text_of(reporter, where)
    told = reporter.post(where, {"everyone": "1", "all-fate": "", "all-reason": "Gone"}).content.decode()
    assert "There is a problem" in told
    reporter.post(where, {"everyone": "1", "all-fate": "withdrawn", "all-reason": "Gone"})
    assert Absence.objects.filter(fate=Fate.WITHDRAWN).count() == 30
    assert Action.objects.counted().count() == 10


def test_differences_from_what_was_confirmed_are_shown_and_chosen(reporter: Client) -> None:
    apply(reporter, sent(reporter, ["A-1", "A-2"], "may.xlsx"))
    for ref in ("A-1", "A-2"):
        reporter.post(f"/actions/{ref}/confirm/")
    imported = sent(reporter, ["A-1", "A-2"], "june.xlsx", "Other words")
    page = text_of(reporter, f"/imports/{imported.pk}/")
    assert "<strong>2 records</strong> say otherwise than a person confirmed" in page
    assert "Nothing to apply" in page
    where = f"/imports/{imported.pk}/conflicts/"
    assert "Take the file&#x27;s value: Title of A-1" in text_of(reporter, where)
    first, second = imported.rows.all()
    reporter.post(where, {f"take_{first.pk}_title": "on"})
    assert "Applying it changes 1 record" in text_of(reporter, f"/imports/{imported.pk}/")
    reporter.post(where, {"everything": "take"})
    second.refresh_from_db()
    assert second.taken == ["title"]
    reporter.post(where, {"everything": "keep", f"take_{first.pk}_title": "on"})
    imported.refresh_from_db()
    assert (imported.changed, imported.unchanged) == (0, 2)


def test_a_small_part_of_a_file_is_no_newer_version_of_it(reporter: Client) -> None:
    apply(reporter, sent(reporter, [f"A-{n}" for n in range(20)], "may.xlsx"))
    imported = sent(reporter, ["A-1", "A-2", "A-3", "A-4"], "june.xlsx")
    assert (imported.earlier, imported.vanished) == (None, 0)
    imported = sent(reporter, [f"A-{n}" for n in range(5)], "june.xlsx")
    assert imported.vanished == 15


def test_what_nobody_publishes_is_compared_with_files_of_the_same_columns_or_name(reporter: Client) -> None:
    secretariat = Client()
    secretariat.force_login(make_person(Role.SECRETARIAT))
    apply(secretariat, sent(secretariat, ["A-1", "A-2", "A-3"], "actions.xlsx"))
    other = ("ref", "title", "beneficiaries", "donor")
    rows = [["A-1", "Training", "AL", "Norway"]]
    resembling = send(secretariat, workbook(rows, other, name="other.xlsx"))
    assert (resembling.earlier, resembling.vanished) == (None, 0)
    assert send(secretariat, workbook(rows, other, name="actions.xlsx")).vanished == 2
    assert sent(secretariat, ["A-1"], "newer.xlsx").vanished == 2


def test_a_person_says_that_a_file_is_no_newer_version(reporter: Client) -> None:
    apply(reporter, sent(reporter, ["A-1", "A-2", "A-3"], "may.xlsx"))
    imported = sent(reporter, ["A-1", "A-4"], "june.xlsx")
    where = f"/imports/{imported.pk}/"
    assert "It is no newer version of that file" in text_of(reporter, where)
    reporter.post(f"{where}version/", {"alone": "1"})
    page = text_of(reporter, where)
    assert "You have said that this file is no newer version of another" in page
    assert "no longer in their source" not in page
    reporter.post(f"{where}version/", {"alone": "0"})
    imported.refresh_from_db()
    assert imported.vanished == 2
    reporter.post(f"{where}version/", {"alone": "1"})
    assert apply(reporter, imported).vanished == 0
    assert not Absence.objects.exists()


def test_others_see_none_of_it(reporter: Client) -> None:
    apply(reporter, sent(reporter, ["A-1", "A-2"], "may.xlsx"))
    imported = apply(reporter, sent(reporter, ["A-1"], "june.xlsx"))
    other = Client()
    other.force_login(make_person(Role.FOCAL_POINT, make_organisation("Another member")))
    for page in ("missing", "conflicts"):
        assert other.get(f"/imports/{imported.pk}/{page}/").status_code == 404
    told = other.post("/actions/A-1/confirm/", follow=True).content.decode()
    assert "for which you do not speak" in told
    assert Action.objects.get(ref="A-1").confirmed == {}


@pytest.mark.parametrize("page", ["", "missing/", "conflicts/"])
def test_one_row_or_fifty_ask_the_database_alike(page: str, reporter: Client) -> None:
    counts: list[int] = []
    for number in (1, 50):
        gone, kept = ([f"{letter}{number}-{n}" for n in range(number)] for letter in "AB")
        apply(reporter, sent(reporter, [*gone, *kept], f"first-{number}.xlsx"))
        for ref in kept:
            reporter.post(f"/actions/{ref}/confirm/")
        imported = sent(reporter, kept, f"second-{number}.xlsx", "Other words")
        assert (imported.vanished, imported.conflicts) == (number, number)
        for _state in ("examined", "applied"):
            with CaptureQueriesContext(connection) as queries:
                text_of(reporter, f"/imports/{imported.pk}/{page}")
            counts.append(len(queries))
            imported = apply(reporter, imported)
    assert counts[:2] == counts[2:]


def test_a_member_is_told_of_the_secretariats_file_and_not_led_to_it(
    reporter: Client, agency: Organisation
) -> None:
    Alias.objects.create(organisation=agency, name=agency.name, folded="agency for borders")
    secretariat = Client()
    secretariat.force_login(make_person(Role.SECRETARIAT))
    first = apply(secretariat, send(secretariat, published("2025-05-01", "A-1", "A-2")))
    assert first.publisher == agency
    imported = send(reporter, published("2025-06-01", "A-1"))
    page = text_of(reporter, f"/imports/{imported.pk}/")
    assert "published.xml of 1 May 2025, 2 records." in page
    assert f'href="/imports/{first.pk}/"' not in page
    assert f'href="/imports/{first.pk}/"' in text_of(secretariat, f"/imports/{imported.pk}/")
    apply(reporter, imported)
    assert "Nobody has said yet what that means." in text_of(reporter, "/actions/A-2/")
    reporter.post("/actions/A-2/absence/", {"fate": "kept", "reason": "It runs"})
    assert Absence.objects.get().fate == Fate.KEPT


def published(day: str, *refs: str) -> SimpleUploadedFile:
    """An IATI file of the agency, dated."""
    activities = "".join(
        f"<iati-activity><iati-identifier>{ref}</iati-identifier><reporting-org ref='XX' type='10'>"
        "<narrative>Agency for Borders</narrative></reporting-org>"
        "<title><narrative>Border posts</narrative></title></iati-activity>"
        for ref in refs
    )
    text = (
        f"<iati-activities version='2.03' generated-datetime='{day}T10:00:00'>{activities}</iati-activities>"
    )
    return SimpleUploadedFile("published.xml", text.encode())
