"""The desk: what a person should do, what waits for others, what is new."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from iisg.faces.desk.administration import administration
from iisg.faces.desk.desk_of import desk_of
from iisg.foundations.access.doors import SignedInRequest, signed_in_only
from iisg.foundations.access.roles import Can


@signed_in_only
def desk_home(request: SignedInRequest) -> HttpResponse:
    """Each office sees its own: duties from real records, the state of the mapping, what is new."""
    now = timezone.now()
    day = timezone.localdate(now)
    context: dict[str, Any] = {"day": day}
    if Can.READ_NEEDS in request.user.powers:
        context["desk"] = desk_of(request.user, day)
    if Can.MANAGE_PEOPLE in request.user.powers:
        context["administration"] = administration(day)
    return render(request, "desk/home.html", context)
