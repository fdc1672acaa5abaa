"""The pack: one PDF with bookmarks, holding what its reader may see."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from time import perf_counter
from typing import Any

import pytest
from django.test import Client
from docx import Document as WordFile
from pypdf import PdfReader, PdfWriter

from iisg.foundations.access.actors import CONSOLE
from iisg.governance.meetings import operations
from iisg.governance.meetings.factories import NOW, PDF, make_item, make_meeting
from iisg.governance.meetings.pack import pack_as_pdf
from iisg.governance.meetings.papers import sheet_as_pdf

pytestmark = pytest.mark.django_db


def blank(pages: int, password: str = "") -> bytes:
    """A PDF of so many pages."""
    writer, made = PdfWriter(), BytesIO()
    for _page in range(pages):
        writer.add_blank_page(595, 842)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(made)
    return made.getvalue()


def outline(pdf: PdfReader) -> list[tuple[str, int | None]]:
    """Bookmarks in reading order with the index of their page."""

    def walk(entries: Any) -> list[tuple[str, int | None]]:
        found: list[tuple[str, int | None]] = []
        for entry in entries:
            found += (
                walk(entry)
                if isinstance(entry, list)
                else [(str(entry.title), pdf.get_destination_page_number(entry))]
            )
        return found

    return walk(pdf.outline)


def test_the_pack_joins_what_can_be_read_and_names_the_rest(board_member: Client) -> None:
    meeting = make_meeting()
    first, second = (
        make_item(meeting, "The report", text="Kosovo* takes part."),
        make_item(meeting, "The budget"),
    )
    word = BytesIO()
    WordFile().save(word)
    for item, title, name, content, marking in (
        (first, "Report", "a.pdf", blank(3), "members"),
        (first, "Annex", "b.pdf", blank(2), "members"),
        (first, "Notes", "c.docx", word.getvalue(), "members"),
        (second, "Locked", "d.pdf", blank(1, "secret"), "members"),
        (second, "Torn", "e.pdf", PDF, "members"),
        (second, "Briefing", "f.pdf", blank(7), "internal"),
        (second, "Figures", "g.pdf", blank(1), "members"),
    ):
        operations.add_paper(item, title, name, content, marking, by=CONSOLE, at=NOW)
    response = board_member.post(f"/meetings/{meeting.ref}/pack/")
    assert response.headers["X-IISG-Marking"] == "TLP:GREEN"
    pdf = PdfReader(BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    assert len(pdf.pages) == 1 + 3 + 2 + 1
    assert outline(pdf) == [
        ("Agenda", 0), ("1. The report", 1), ("Report", 1), ("Annex", 4), ("2. The budget", 6), ("Figures", 6),
    ]  # fmt: skip
    front = " ".join(pdf.pages[0].extract_text().split())
    for said in ("Report (1) page 2", "Annex (1) page 5", "Notes (1) as a file of its own", "Locked (1) as a file",
                 "Torn (1) as a file", "Figures (1) page 7", "* This designation"):  # fmt: skip
        assert said in front
    assert "Briefing" not in front
    assert len(PdfReader(BytesIO(pack_as_pdf(meeting, CONSOLE, NOW))).pages) == 14


def test_three_hundred_pages_take_less_than_twenty_seconds() -> None:
    meeting = make_meeting()
    for number in range(30):
        operations.register(meeting, f"Person {number}", "guest", by=CONSOLE, at=NOW)
    real = PdfReader(BytesIO(sheet_as_pdf(meeting, NOW)))
    for number in range(10):
        writer, made = PdfWriter(), BytesIO()
        while len(writer.pages) < 30:
            writer.append(real)
        writer.write(made)
        item = make_item(meeting, f"Item {number}")
        operations.add_paper(item, f"Paper {number}", "p.pdf", made.getvalue(), "members", by=CONSOLE, at=NOW)
    began = perf_counter()
    pdf = PdfReader(BytesIO(pack_as_pdf(meeting, CONSOLE, datetime(2027, 6, 1, tzinfo=UTC))))
    assert perf_counter() - began < 20
    assert len(pdf.pages) >= 300
