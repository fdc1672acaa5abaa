"""Requests for focal points as the Secretariat reads them: what is still open of each, and how late it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iisg.office.pillars.models import FocalPoint, FocalPointRequest, Purpose


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: for what, what nobody is named for yet, days until its day (negative: late), reminders."""

    request: FocalPointRequest
    purposes: list[str]
    left: list[str]
    days_left: int
    reminded_on: list[date]

    @property
    def how_far(self) -> str:
        """How far away its day is, in words."""
        number = abs(self.days_left)
        if self.days_left < 0:
            return ngettext("%(days)d day late", "%(days)d days late", number) % {"days": number}
        if not number:
            return _("today")
        return ngettext("in %(days)d day", "in %(days)d days", number) % {"days": number}


def requests_shown(shown: str, day: date) -> list[Asked]:
    """Open ones, those overdue, answered or closed, in a constant number of queries."""
    found = FocalPointRequest.objects.all()
    if shown == "overdue":
        found = found.overdue(day)
    elif shown == "answered":
        found = found.filter(answered_at__isnull=False).order_by("-answered_at")
    elif shown == "closed":
        found = found.filter(closed_at__isnull=False).order_by("-closed_at")
    else:
        found = found.open()
    standing = FocalPoint.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), is_deputy=False)
    held = Prefetch("organisation__focal_points", standing, to_attr="standing")
    return [
        _asked(each, day) for each in found.select_related("organisation", "letter").prefetch_related(held)
    ]


def _asked(request: FocalPointRequest, day: date) -> Asked:
    asked_on = request.asked_on
    held = {
        point.purpose
        for point in request.organisation.standing  # type: ignore[attr-defined]
        if point.request_id == request.pk or point.valid_from >= asked_on
    }
    words = {purpose: str(Purpose(purpose).label) for purpose in request.purposes}
    return Asked(
        request,
        list(words.values()),
        [label for purpose, label in words.items() if purpose not in held],
        (request.due_on - day).days,
        [date.fromisoformat(each) for each in request.reminded_on],
    )
