"""The pack of a meeting: agenda and papers as one PDF with bookmarks, as far as its reader may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.utils.translation import gettext as _
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from iisg.foundations.access.actors import Actor
from iisg.governance.meetings.meeting_page import Shown, agenda_for
from iisg.governance.meetings.models import ItemPaper, Meeting
from iisg.governance.meetings.papers import head_of_paper, set_paper
from iisg.office.documents.models import Version

_BROKEN = (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError)
"""What reading a PDF that breaks its own rules may raise."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A paper in the pack: the reader of its PDF, None where it stays a file of its own, and its number of pages."""

    paper: ItemPaper
    pdf: PdfReader | None
    pages: int = 0


def pack_as_pdf(meeting: Meeting, reader: Actor, at: datetime) -> bytes:
    """Front page with the agenda and the page of each paper, then the papers; what is no readable PDF is named only."""
    agenda = agenda_for(meeting, reader)
    keys = [paper.version_id for shown in agenda for paper in shown.papers]
    contents = dict(Version.objects.filter(pk__in=keys).values_list("pk", "content"))
    bound = {
        paper.pk: _bound(paper, bytes(contents[paper.version_id]))
        for shown in agenda
        for paper in shown.papers
    }
    front = _front(meeting, agenda, bound, 1, at)
    length = len(PdfReader(BytesIO(front)).pages)
    front = _front(meeting, agenda, bound, length, at)
    return _joined(meeting, front, agenda, bound)


def _bound(paper: ItemPaper, content: bytes) -> Bound:
    """A paper that can be joined: it opens without a password and all its pages can be copied."""
    if not content.startswith(b"%PDF"):
        return Bound(paper, None)
    try:
        pdf = PdfReader(BytesIO(content))
        PdfWriter().append(pdf, import_outline=False)
        return Bound(paper, pdf, len(pdf.pages))
    except _BROKEN:
        return Bound(paper, None)


def _front(
    meeting: Meeting, agenda: list[Shown], bound: dict[int, Bound], length: int, at: datetime
) -> bytes:
    """The front page; `length` is how many pages it takes itself."""
    page = length + 1
    items = []
    for shown in agenda:
        papers = []
        for paper in shown.papers:
            one = bound[paper.pk]
            where = _("page %(number)d") % {"number": page} if one.pages else _("as a file of its own")
            papers.append([f"{paper.title} ({paper.version.number})", where])
            page += one.pages
        item = shown.line.item
        items.append(
            {
                "title": f"{shown.line.number}. {item.title}",
                "depth": shown.line.depth,
                "kind": str(item.get_kind_display()),
                "text": item.text,
                "papers": papers,
            }
        )
    facts = head_of_paper(meeting, _("Papers"), at) | {"agenda_label": _("Agenda"), "items": items}
    return set_paper("pack.typ", facts, at)


def _joined(meeting: Meeting, front: bytes, agenda: list[Shown], bound: dict[int, Bound]) -> bytes:
    writer = PdfWriter()
    writer.append(PdfReader(BytesIO(front)), import_outline=False)
    writer.add_outline_item(title=_("Agenda"), page_number=0)
    for shown in agenda:
        joined = [one for one in (bound[paper.pk] for paper in shown.papers) if one.pdf is not None]
        begins = len(writer.pages) if joined else 0
        for one in joined:
            if one.pdf is not None:
                writer.append(one.pdf, import_outline=False)
        above = writer.add_outline_item(
            title=f"{shown.line.number}. {shown.line.item.title}", page_number=begins
        )
        for one in joined:
            writer.add_outline_item(title=one.paper.title, page_number=begins, parent=above)
            begins += one.pages
    writer.add_metadata({"/Title": f"{meeting.ref}: {meeting.title}", "/Keywords": "TLP:GREEN"})
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
