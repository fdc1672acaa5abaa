"""What fails in the queue is told on the import's page, and leaves nothing half done."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.accounts.models import User
from iisg.foundations.orgs.factories import make_organisation, make_partners
from iisg.knowledge.actions import jobs
from iisg.knowledge.actions.models import Action, Import, ImportState
from iisg.knowledge.actions.tests.uploads import row, send, work_off_the_queue, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    """A focal point."""
    make_partners()
    return make_person(Role.FOCAL_POINT, make_organisation("Agency for Borders"))


@pytest.fixture
def reporter(client: Client, person: User) -> Client:
    """The focal point, signed in."""
    client.force_login(person)
    return client


def end_offices(person: User) -> None:
    """From now on the person holds no office."""
    person.appointments.update(valid_to=date(2020, 2, 1))


def test_who_lost_the_office_applies_nothing_and_the_file_waits_again(reporter: Client, person: User) -> None:
    imported = send(reporter, workbook([row("A-1")]))
    reporter.post(f"/imports/{imported.pk}/apply/")
    end_offices(person)
    work_off_the_queue()
    imported.refresh_from_db()
    assert imported.state == ImportState.EXAMINED
    assert not Action.objects.exists()
    assert "Nothing of the file was recorded." in str(imported.file_findings)


def test_a_file_that_cannot_be_examined_is_refused_with_the_reason(reporter: Client, person: User) -> None:
    reporter.post("/imports/", {"file": workbook([row("A-1")])})
    end_offices(person)
    work_off_the_queue()
    imported = Import.objects.get()
    assert imported.state == ImportState.REFUSED
    assert "The file was not examined." in str(imported.file_findings)


def test_a_job_that_comes_twice_or_too_late_does_nothing(reporter: Client) -> None:
    imported = send(reporter, workbook([row("A-1")]))
    reporter.post(f"/imports/{imported.pk}/discard/")
    jobs.examine.call(import_id=imported.pk)
    jobs.apply.call(import_id=imported.pk, user_id=None)
    imported.refresh_from_db()
    assert imported.state == ImportState.DISCARDED


def test_a_large_file_tells_how_far_it_was_read(reporter: Client) -> None:
    imported = send(reporter, workbook([row(f"A-{n}") for n in range(120)]))
    assert imported.progress == 120
