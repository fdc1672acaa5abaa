"""Finding what a reader may see, or nothing; and handing out papers that are made on the spot."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from iisg.foundations.access.carrying import MarkedResponse
from iisg.foundations.access.doors import SignedInRequest
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.core.handling import Marking
from iisg.governance.meetings import operations
from iisg.governance.meetings.models import AgendaItem, Meeting


def meeting_seen(request: HttpRequest, ref: str) -> Meeting:
    """The meeting with this reference, if the reader may see it."""
    return get_object_or_404(Meeting.objects.visible_to(request.user), ref=ref)


def item_seen(request: HttpRequest, ref: str, pk: int) -> AgendaItem:
    """The item of that meeting."""
    seen = AgendaItem.objects.visible_to(request.user).select_related("meeting", "parent")
    return get_object_or_404(seen, meeting__ref=ref, pk=pk)


def paper_made(
    request: SignedInRequest, one: Meeting, name: str, make: Callable[[], bytes]
) -> HttpResponseBase:
    """A paper made now, noted as taken; where it cannot be set, the meeting's page says why."""
    try:
        content = make()
    except RuleRefused as refused:
        for finding in refused.findings:
            messages.error(request, f"{finding.message} {finding.cure}".strip())
        return redirect("meeting", one.ref)
    operations.take_paper(name, one, by=request.user, at=timezone.now())
    return MarkedResponse(BytesIO(content), name, "application/pdf", Marking.MEMBERS)
