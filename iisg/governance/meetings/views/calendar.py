"""The calendar of all bodies, and a person's own feed of it."""

from __future__ import annotations

from io import BytesIO
from itertools import groupby

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from iisg.foundations.access.carrying import MarkedResponse
from iisg.foundations.access.doors import SignedInRequest, by_personal_link, members_only
from iisg.foundations.core.handling import Marking
from iisg.governance.meetings import operations
from iisg.governance.meetings.calendar_keys import holder_of
from iisg.governance.meetings.entries import entries_for, where_of
from iisg.governance.meetings.forms.planning import CalendarFilters
from iisg.governance.meetings.ical import CONTENT_TYPE, as_ical
from iisg.governance.meetings.models import ActionPoint, AgendaItem, CalendarKey, Meeting
from iisg.governance.meetings.telling import hours

PAGE = 50


def _line(one: Meeting) -> dict[str, object]:
    return {"one": one, "hours": hours(one.starts_at, one.ends_at, one.zone), "where": where_of(one)}


@members_only
@require_safe
def meetings(request: SignedInRequest) -> HttpResponse:
    """Who meets when, what comes next, what was before?"""
    filters = CalendarFilters(request.GET)
    seen = Meeting.objects.visible_to(request.user)
    found = seen
    for name in ("body", "pillar"):
        if chosen := filters.chosen(name):
            found = found.filter(**{name: chosen})
    ahead = list(found.ahead())
    before = found.exclude(pk__in=[one.pk for one in ahead]).order_by("-starts_at", "-pk")
    page = Paginator(before, PAGE).get_page(request.GET.get("page"))
    years = groupby(page.object_list, key=lambda one: one.starts_there.year)
    points = (
        ActionPoint.objects.visible_to(request.user)
        .open()
        .select_related("meeting", "organisation", "person")
    )
    day = timezone.localdate()
    context = {
        "form": filters,
        "page": page,
        "ahead": [_line(one) for one in ahead],
        "years": [(year, [_line(one) for one in of_year]) for year, of_year in years],
        "any": seen.exists(),
        "points": [(point, point.is_late(day)) for point in points[:20]],
        "waiting": AgendaItem.objects.visible_to(request.user).filter(meeting=None),
    }
    return render(request, "meetings/meetings.html", context)


@members_only
@require_http_methods(["GET", "POST"])
def my_calendar(request: SignedInRequest) -> HttpResponse:
    """By which address does my own calendar follow the meetings? It is shown once, when it is made."""
    address = ""
    if request.method == "POST":
        at, deed = timezone.now(), request.POST.get("deed", "")
        if deed == "make":
            key = operations.make_calendar_key(request.user, by=request.user, at=at)
            address = settings.HOUSE_ADDRESS + reverse("calendar_feed", args=[key])
        elif deed == "revoke":
            operations.revoke_calendar_key(request.user, by=request.user, at=at)
            messages.success(request, _("The address of your feed is void."))
            return redirect("my_calendar")
    context = {
        "address": address,
        "key": CalendarKey.objects.filter(user=request.user, revoked_at__isnull=True).first(),
        "alarms": [alarm.days for alarm in settings.MEETING_ALARMS],
        "entries": len(entries_for(request.user, timezone.now())),
    }
    return render(request, "meetings/my_calendar.html", context)


@by_personal_link
@require_safe
def calendar_feed(request: HttpRequest, key: str) -> MarkedResponse:
    """All that the holder of the key may see, for a calendar program; no session is asked for."""
    reader = holder_of(key)
    if reader is None:
        raise Http404
    content = as_ical(entries_for(reader, timezone.now()), _("IISG meetings"))
    return MarkedResponse(BytesIO(content), "meetings.ics", CONTENT_TYPE, Marking.MEMBERS)
