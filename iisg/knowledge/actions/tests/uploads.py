"""Real files for tests of the import, and the way they are sent in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from iisg.knowledge.actions.models import Import
from tests.worker import work_off_the_queue as work_off_the_queue

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
