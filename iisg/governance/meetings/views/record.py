"""A meeting for everybody who may see it, and what can be taken along."""

from __future__ import annotations

from io import BytesIO

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from iisg.foundations.access.carrying import MarkedResponse
from iisg.foundations.access.doors import SignedInRequest, members_only
from iisg.foundations.core.handling import Marking
from iisg.governance.meetings import operations
from iisg.governance.meetings.ical import CONTENT_TYPE
from iisg.governance.meetings.meeting_page import (
    agenda_for,
    announced_dates,
    attendance_of,
    happened,
    head_of,
    points_of,
)
from iisg.governance.meetings.models import ItemPaper
from iisg.governance.meetings.pack import pack_as_pdf
from iisg.governance.meetings.telling import as_calendar_file
from iisg.governance.meetings.views.finding import meeting_seen, paper_made
from iisg.office.letters.models import Letter


@members_only
@require_safe
def meeting(request: SignedInRequest, ref: str) -> HttpResponse:
    """When and where is it, what is on the agenda, who comes, what was concluded?"""
    one, at = meeting_seen(request, ref), timezone.now()
    context = {
        "meeting": one,
        "head": head_of(one, at),
        "dates": announced_dates(one),
        "agenda": agenda_for(one, request.user),
        "points": points_of(one, timezone.localdate()),
        "edition": one.editions.last() if one.minutes_are_out else None,
        **attendance_of(one),
    }
    if "run_meetings" in request.user.powers:
        context |= {
            "happened": happened(one),
            "letters": Letter.objects.visible_to(request.user).about(one).defer("body"),
        }
    return render(request, "meetings/meeting.html", context)


@members_only
@require_POST
def calendar_file(request: SignedInRequest, ref: str) -> MarkedResponse:
    """The meeting for one's own calendar."""
    one = meeting_seen(request, ref)
    operations.take_paper(f"{one.ref}.ics", one, by=request.user, at=timezone.now())
    return MarkedResponse(BytesIO(as_calendar_file(one)), f"{one.ref}.ics", CONTENT_TYPE, Marking.MEMBERS)


@members_only
@require_POST
def meeting_pack(request: SignedInRequest, ref: str) -> HttpResponseBase:
    """Agenda and papers as one PDF with bookmarks."""
    one, at = meeting_seen(request, ref), timezone.now()
    return paper_made(request, one, f"{one.ref}-papers.pdf", lambda: pack_as_pdf(one, request.user, at))


@members_only
@require_POST
def item_paper(request: SignedInRequest, ref: str, pk: int) -> MarkedResponse:
    """A paper of an item."""
    one = meeting_seen(request, ref)
    seen = ItemPaper.objects.visible_to(request.user).filter(item__meeting=one).select_related("version")
    paper = get_object_or_404(seen, pk=pk)
    version = paper.version
    operations.take_paper(version.file_name, one, by=request.user, at=timezone.now())
    marking = Marking.PUBLIC if paper.marking == Marking.PUBLIC else Marking.MEMBERS
    return MarkedResponse(BytesIO(bytes(version.content)), version.file_name, version.content_type, marking)
