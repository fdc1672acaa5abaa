"""Needs: the register and the page of one."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from iisg.faces.desk.forms import AbsenceForm, DayForm, NeedFilters
from iisg.faces.desk.history import happenings
from iisg.faces.desk.need_record import need_facts
from iisg.faces.desk.needs_register import answered_needs, in_order, lines_of, totals
from iisg.faces.desk.views.actions import said_of_absence
from iisg.faces.desk.vouching import absence_of, may_vouch, standings
from iisg.foundations.access.doors import SignedInRequest, members_only, reporters_only
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.models import Absence
from iisg.knowledge.analysis.carrying import carry_out
from iisg.knowledge.analysis.exporting.records import needs_extract
from iisg.knowledge.needs.models import Need
from iisg.knowledge.needs.operations import confirm_need
from iisg.knowledge.needs.rules import what_is_missing

PAGE = 25


@members_only
def needs(request: SignedInRequest) -> HttpResponse:
    """What do the partners need, and is it covered on this day?"""
    filters = NeedFilters(request.GET)
    day = filters.day(timezone.localdate())
    found = in_order(answered_needs(filters, request.user, day), request.GET.get("sort", ""))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": filters,
        "day": day,
        "page": page,
        "lines": lines_of(page.object_list, request.user),
        "totals": totals(found),
        "partner": Organisation.objects.partners().filter(code=filters.chosen("partner")).first(),
    }
    return render(request, "desk/needs.html", context)


@members_only
@require_POST
def export_needs(request: SignedInRequest) -> HttpResponseBase:
    """All needs that the filters let through, as a file."""
    filters = NeedFilters(request.GET)
    day = filters.day(timezone.localdate())
    found = in_order(answered_needs(filters, request.user, day), request.GET.get("sort", ""))
    extract = needs_extract([one.row.ref for one in found], request.user)
    return carry_out(request, extract, filters, day, "needs", at=timezone.now())


@members_only
def need(request: SignedInRequest, ref: str) -> HttpResponse:
    """One need: its answer for each partner, what was judged, what may answer it."""
    found = get_object_or_404(Need.objects.visible_to(request.user).with_facts(), ref=ref)
    form = DayForm(request.GET)
    today = timezone.localdate()
    day, absence = form.day(today), absence_of(found)
    context = {
        "need": found,
        "form": form,
        "day": day,
        "facts": need_facts(found, request.user, day, today),
        "missing": list(what_is_missing(found)),
        "standings": standings(found),
        "absence": absence,
        "absence_form": AbsenceForm(absence=absence),
        "vouching": may_vouch(found, request.user),
        "happenings": happenings(f"needs.need:{found.ref}", request.user),
    }
    return render(request, "desk/need.html", context)


@reporters_only
@require_POST
def need_confirm(request: SignedInRequest, ref: str) -> HttpResponse:
    """Say that the need, or one part of it, is still right."""
    found = get_object_or_404(Need.objects.visible_to(request.user), ref=ref)
    topic = request.POST.get("topic", "")
    try:
        confirm_need(found, [topic] if topic else None, by=request.user, at=timezone.now())
    except RuleRefused as refused:
        for finding in refused.findings:
            messages.warning(request, str(finding))
    else:
        messages.success(request, _("It is noted that this is still right."))
    return redirect("need", ref)


@reporters_only
@require_POST
def need_absence(request: SignedInRequest, ref: str) -> HttpResponse:
    """Say what it means that the need is no longer in its source's file."""
    found = get_object_or_404(Need.objects.visible_to(request.user), ref=ref)
    said_of_absence(
        request, get_object_or_404(Absence.objects.visible_to(request.user).standing(), need=found)
    )
    return redirect("need", ref)
