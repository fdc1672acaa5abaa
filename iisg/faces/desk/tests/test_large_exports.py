"""A file of very many records is written by the worker, for the person who asked for it alone, and forgotten."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from iisg.faces.desk.tests.conftest import SignIn
from iisg.foundations.access.actors import HOUSE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.models import User
from iisg.foundations.audit import trail
from iisg.foundations.audit.models import Event
from iisg.knowledge.actions.factories import make_action
from iisg.knowledge.actions.tests.uploads import work_off_the_queue
from iisg.knowledge.analysis import jobs, operations
from iisg.knowledge.analysis.models import Export, ExportState
from iisg.knowledge.needs.factories import make_need

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _many(settings: Any) -> None:
    """Three needs and three actions, where two are the most that are written at once."""
    settings.EXPORT_AT_ONCE = 2
    for number in range(3):
        make_action(f"Cameras {number}", ("AL",), ref=f"A-{number}")
        make_need(f"Cameras {number}", ("AL",))


def asked(client: Client, what: str = "actions", form: str = "csv", query: str = "") -> Export:
    """The file that was asked for, not written yet."""
    answer = client.post(f"/export/{what}/{query}", {"format": form})
    assert answer.status_code == 302
    export = Export.objects.get()
    assert answer.headers["Location"] == f"/export/{export.pk}/"
    return export


@pytest.mark.parametrize(("what", "form"), [("actions", "csv"), ("actions", "iati"), ("needs", "xlsx")])
def test_a_large_file_is_written_by_the_worker_and_then_taken(
    secretariat: Client, what: str, form: str
) -> None:
    export = asked(secretariat, what, form, "?words=cameras")
    waiting = secretariat.get(f"/export/{export.pk}/")
    assert "The file is being written" in waiting.content.decode()
    assert waiting.headers["Refresh"] == "5"
    work_off_the_queue()
    page = secretariat.get(f"/export/{export.pk}/").content.decode()
    assert "Chosen by: Words: cameras." in page
    assert "The file is ready" in page
    answer = secretariat.post(f"/export/{export.pk}/take/")
    content = answer.getvalue()
    assert answer.headers["X-IISG-Marking"] == "TLP:GREEN"
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="iisg-{what}-20')
    event = Event.objects.get(name="exports.file_taken")
    assert (event.on, event.facts["form"], event.facts["records"]) == (f"exports.{what}", form, 3)
    assert (event.facts["size"], event.facts["chosen"]) == (len(content), "Words: cameras")
    assert trail.first_broken() is None
    assert not Export.objects.get().refs, "the list of records is not kept beside the file"


def test_it_holds_what_the_filters_show_in_their_order(secretariat: Client) -> None:
    export = asked(secretariat, query="?sort=-ref")
    work_off_the_queue()
    content = secretariat.post(f"/export/{export.pk}/take/").getvalue()
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert [row["ref"] for row in rows] == ["A-2", "A-1", "A-0"]


def test_few_records_are_still_written_at_once(secretariat: Client) -> None:
    answer = secretariat.post("/export/actions/?words=cameras+1", {"format": "csv"})
    assert answer.headers["X-IISG-Marking"] == "TLP:GREEN"
    assert not Export.objects.exists()


def test_it_is_for_the_person_who_asked_and_nobody_else(sign_in: SignIn, secretariat: Client) -> None:
    export = asked(sign_in(Role.MEMBER_READER))
    work_off_the_queue()
    for other in (secretariat, sign_in(Role.NATIONAL_COORDINATOR)):
        assert other.get(f"/export/{export.pk}/").status_code == 404
        assert other.post(f"/export/{export.pk}/take/").status_code == 404
    export.refresh_from_db()
    with pytest.raises(RuleRefused):
        operations.take_written_file(export, by=HOUSE, at=timezone.now())
    assert not Event.objects.filter(name="exports.file_taken").exists()


def test_what_is_not_written_cannot_be_taken(secretariat: Client) -> None:
    export = asked(secretariat)
    answer = secretariat.post(f"/export/{export.pk}/take/")
    assert answer.headers["Location"] == f"/export/{export.pk}/"
    assert not Event.objects.filter(name="exports.file_taken").exists()


def test_who_lost_the_right_to_read_gets_nothing(sign_in: SignIn) -> None:
    client = sign_in(Role.MEMBER_READER)
    export = asked(client)
    reader = User.objects.get(pk=export.asked_by_id)
    reader.appointments.update(valid_to=timezone.localdate() - timedelta(days=1))
    work_off_the_queue()
    assert client.post(f"/export/{export.pk}/take/").status_code == 403
    assert b"A-1" not in bytes(Export.objects.get().content)


def test_it_is_forgotten_a_day_later(secretariat: Client) -> None:
    export = asked(secretariat)
    work_off_the_queue()
    export.refresh_from_db()
    waiting = DBTaskResult.objects.get(task_path="iisg.knowledge.analysis.jobs.forget_file", status="READY")
    assert waiting.run_after == export.kept_until
    assert export.kept_until is not None
    assert export.kept_until - timezone.now() > timedelta(hours=23)
    DBTaskResult.objects.filter(pk=waiting.pk).update(run_after=timezone.now())
    work_off_the_queue()
    assert not Export.objects.exists()
    assert secretariat.get(f"/export/{export.pk}/").status_code == 404
    assert Event.objects.filter(name="exports.file_forgotten").count() == 1


def test_a_file_that_cannot_be_written_is_told(secretariat: Client) -> None:
    export = asked(secretariat)
    Export.objects.update(form="exe")
    with pytest.raises(KeyError):
        jobs.write_file.func(export.pk)
    assert Export.objects.get().state == ExportState.GIVEN_UP
    assert "The file could not be written" in secretariat.get(f"/export/{export.pk}/").content.decode()
