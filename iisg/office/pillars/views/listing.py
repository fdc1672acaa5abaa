"""Who speaks for whom: the list for members, and the same as a file."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from iisg.foundations.access.carrying import MarkedResponse
from iisg.foundations.access.doors import SignedInRequest, members_only
from iisg.foundations.access.roles import Can
from iisg.foundations.core.handling import Marking
from iisg.foundations.core.templatetags.addresses import chosen
from iisg.office.pillars import operations
from iisg.office.pillars.forms import FocalPointFilters
from iisg.office.pillars.lists import CONTENT_TYPES, made_list
from iisg.office.pillars.who_speaks import as_table, missing, places

PAGE = 25


@members_only
def focal_points(request: SignedInRequest) -> HttpResponse:
    """Who speaks for whom, for what?"""
    day = timezone.localdate()
    form = FocalPointFilters(request.GET, request.user, day)
    found = places(form.sought, request.user, day)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    office = Can.NOMINATE in request.user.powers
    context = {
        "day": day,
        "form": form,
        "page": page,
        "office": office,
        "missing": sum(1 for _place in missing(day)) if office else None,
    }
    return render(request, "pillars/focal_points.html", context)


@members_only
@require_POST
def export_focal_points(request: SignedInRequest) -> HttpResponseBase:
    """The list with exactly what the filters show, as a file."""
    at = timezone.now()
    day = timezone.localdate(at)
    asked = request.POST.get("format", "xlsx")
    if asked not in CONTENT_TYPES:
        raise Http404
    form = FocalPointFilters(request.GET, request.user, day)
    found = places(form.sought, request.user, day)
    if not found:
        messages.info(request, _("There is nothing to export: nobody fits these filters."))
        return redirect("focal_points")
    words = "; ".join(f"{each.label}: {each.text}" for each in chosen(form, request.GET))
    table = as_table(found, _("Focal points"), request.user)
    made = made_list(table, "focal-points", asked, Marking.MEMBERS, words, request.user.label, at)
    operations.take_list(made, by=request.user, at=at)
    return MarkedResponse(made.content, made.name, CONTENT_TYPES[made.form], made.marking)
