"""What the Secretariat should do about focal points: overdue requests, members to whom no letter finds its way."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import ngettext

from iisg.faces.desk.duties import Duty
from iisg.knowledge.analysis.wording import several
from iisg.office.pillars.models import CORRESPONDENCE, FocalPointRequest
from iisg.office.pillars.who_speaks import MISSING, missing


def focal_point_duties(day: date) -> list[Duty]:
    """Each leads to the list that shows exactly these (methodology 2.1, last indent)."""
    return [*_overdue(day), *_nobody(day)]


def _overdue(day: date) -> list[Duty]:
    late = list(FocalPointRequest.objects.overdue(day).select_related("organisation"))
    if not late:
        return []
    what = ngettext(
        "%(count)d request for focal points is overdue",
        "%(count)d requests for focal points are overdue",
        len(late),
    )
    return [
        Duty(
            what=what % {"count": len(late)},
            why=several((asked.organisation.name for asked in late), most=4),
            href=reverse("focal_point_requests") + "?show=overdue",
            due_on=min(asked.due_on for asked in late),
            weight=2,
        )
    ]


def _nobody(day: date) -> list[Duty]:
    names = [place.member.name for place in missing(day) if place.purpose == CORRESPONDENCE]
    if not names:
        return []
    what = ngettext(
        "%(count)d member has no focal point for correspondence",
        "%(count)d members have no focal point for correspondence",
        len(names),
    )
    return [
        Duty(
            what=what % {"count": len(names)},
            why=several(names, most=4),
            href=f"{reverse('focal_points')}?{urlencode({'show': MISSING, 'purpose': CORRESPONDENCE})}",
            weight=4,
        )
    ]
