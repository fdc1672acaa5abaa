"""Real files for tests of the import, the way they are sent in, and the queue that works on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from openpyxl import Workbook

from iisg.knowledge.actions.models import Import

HEADERS = ("ref", "title", "donor", "implementer", "beneficiaries", "start_date", "assistance_type")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(
    rows: Iterable[Sequence[object]], headers: Sequence[str] = HEADERS, name: str = "actions.xlsx"
) -> SimpleUploadedFile:
    """A workbook with one sheet, "Actions"."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Actions"
    sheet.append(list(headers))
    for row in rows:
        sheet.append(list(row))
    stream = BytesIO()
    book.save(stream)
    return SimpleUploadedFile(name, stream.getvalue(), content_type=XLSX)


def row(
    ref: str, title: str = "Training of border guards", implementer: str = "", place: str = "AL"
) -> list[str]:
    """A sound row under HEADERS."""
    return [ref, title, "", implementer, place, "2025-01-01", "training"]


def work_off_the_queue() -> None:
    """Run every job that waits as the queue's own worker does.

    The worker's loop is left out: it drops the connection between jobs, and with it the test's transaction.
    """
    worker = Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="tests",
        excluded_queue_names=[],
    )
    while (waiting := DBTaskResult.objects.ready().first()) is not None:
        waiting.claim(worker.worker_id)
        worker.run_task(waiting)


def send(client: Client, file: SimpleUploadedFile, **fields: str) -> Import:
    """Send a file in by the page and let the queue examine it."""
    response = client.post("/imports/", {"file": file, **fields})
    assert response.status_code == 302, response.content.decode()
    work_off_the_queue()
    return Import.objects.get(pk=int(response.headers["Location"].rstrip("/").rsplit("/", 1)[1]))


def apply(client: Client, imported: Import) -> Import:
    """Press the button of the page and let the queue apply the file."""
    client.post(f"/imports/{imported.pk}/apply/")
    work_off_the_queue()
    imported.refresh_from_db()
    return imported
