"""Finding what a reader may see, or nothing."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from iisg.governance.meetings.models import AgendaItem, Meeting


def meeting_seen(request: HttpRequest, ref: str) -> Meeting:
    """The meeting with this reference, if the reader may see it."""
    return get_object_or_404(Meeting.objects.visible_to(request.user), ref=ref)


def item_seen(request: HttpRequest, ref: str, pk: int) -> AgendaItem:
    """The item of that meeting."""
    seen = AgendaItem.objects.visible_to(request.user).select_related("meeting", "parent")
    return get_object_or_404(seen, meeting__ref=ref, pk=pk)
