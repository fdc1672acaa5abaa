"""The Secretariat's pages: requests for focal points, nominations from letters, ends of terms."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from iisg.foundations.access.doors import SignedInRequest, secretariat_only
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.orgs.models import Organisation
from iisg.office.documents.several_files import contents
from iisg.office.pillars import operations
from iisg.office.pillars.asked import requests_shown
from iisg.office.pillars.correspondence import addressees_of, correspondents
from iisg.office.pillars.forms import BasisForm, EndForm, NamingForm, RequestFilters, RequestForm
from iisg.office.pillars.models import FocalPoint, FocalPointRequest, Purpose

PAGE = 25
TIME_TO_ANSWER = timedelta(days=21)
"""What a new request proposes."""


@secretariat_only
def focal_point_requests(request: SignedInRequest) -> HttpResponse:
    """Which members are asked, by when, and who is late?"""
    day = timezone.localdate()
    form = RequestFilters(request.GET)
    shown = form.cleaned_data["show"] if form.is_valid() else ""
    page = Paginator(requests_shown(shown, day), PAGE).get_page(request.GET.get("page"))
    context = {"day": day, "form": form, "page": page, "shown": shown}
    return render(request, "pillars/requests.html", context)


@secretariat_only
@require_http_methods(["GET", "POST"])
def new_focal_point_request(request: SignedInRequest) -> HttpResponse:
    """Whom to ask, for what, by when?"""
    day = timezone.localdate()
    initial = {"members": request.GET.getlist("member"), "due_on": day + TIME_TO_ANSWER}
    form = RequestForm(request.POST or None, day=day, initial=initial)
    if form.is_valid() and _asked(request, form):
        return redirect("focal_point_requests")
    return render(request, "pillars/new_request.html", {"form": form})


@transaction.atomic
def _asked(request: SignedInRequest, form: RequestForm) -> bool:
    """Ask all of them or, where one may not be asked, none."""
    at, said = timezone.now(), form.cleaned_data
    for ref in said["members"]:
        body = form.bodies[ref]
        people = correspondents(body, form.day)
        try:
            operations.request_focal_points(
                body, said["purposes"], said["due_on"], people, by=request.user, at=at
            )
        except RuleRefused as refused:
            transaction.set_rollback(True)
            form.add_error(None, str(refused))
            return False
    number = len(said["members"])
    told = ngettext(
        "%(number)d member is asked by letter.", "%(number)d members are asked by letter.", number
    )
    messages.success(request, told % {"number": number})
    return True


@secretariat_only
@require_POST
def remind_of_focal_points(request: SignedInRequest, pk: int) -> HttpResponse:
    """Remind a member now."""
    asked = get_object_or_404(FocalPointRequest.objects.select_related("organisation", "letter"), pk=pk)
    at = timezone.now()
    people = addressees_of(asked, timezone.localdate(at))
    if not people:
        messages.error(request, _("No address of %(body)s is known.") % {"body": asked.organisation})
        return redirect("focal_point_requests")
    try:
        operations.remind_of_request(asked, people, by=request.user, at=at)
    except RuleRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(body)s is reminded by letter.") % {"body": asked.organisation})
    return redirect("focal_point_requests")


@secretariat_only
@require_POST
def close_focal_point_request(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask no longer."""
    asked = get_object_or_404(FocalPointRequest.objects.select_related("organisation"), pk=pk)
    try:
        operations.close_request(asked, by=request.user, at=timezone.now())
    except RuleRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, _("%(body)s is not asked any longer; its link is void.") % {"body": asked.organisation}
        )
    return redirect("focal_point_requests")


@secretariat_only
@require_http_methods(["GET", "POST"])
def enter_focal_points(request: SignedInRequest, ref: str) -> HttpResponse:
    """Whom does a member's letter name?"""
    day = timezone.localdate()
    member = get_object_or_404(Organisation.objects.members_on(day), ref=ref)
    purposes = [p for p in Purpose.values if p in request.GET.getlist("for")] or list(Purpose.values)
    form = NamingForm(request.POST or None, purposes=purposes, alone=True)
    basis = BasisForm(
        request.POST or None, request.FILES or None, initial={"valid_from": day, "received_on": day}
    )
    if form.is_valid() & basis.is_valid():
        try:
            named = _named(request, member, form, basis)
        except RuleRefused as refused:
            form.refuse(refused.findings)
        else:
            names = ", ".join(point.name for point in named)
            messages.success(request, _("Named, and written to: %(names)s.") % {"names": names})
            return redirect("focal_points")
    asked = FocalPointRequest.objects.open().filter(organisation=member).first()
    form.begin_with(asked.suggested if asked else {})
    held = FocalPoint.objects.on(day).filter(organisation=member, purpose__in=purposes)
    context = {"member": member, "form": form, "basis": basis, "held": list(held), "day": day}
    return render(request, "pillars/enter_focal_points.html", context)


def _named(
    request: SignedInRequest, member: Organisation, form: NamingForm, basis: BasisForm
) -> list[FocalPoint]:
    """By a letter that is entered now, or one that stands in the register."""
    said, by, at = basis.cleaned_data, request.user, timezone.now()
    if said["letter"]:
        files = contents(said["letter"])
        received_on = said["received_on"] or timezone.localdate(at)
        return operations.nominate_by_letter(
            member, form.nominees, files, received_on, said["valid_from"], by=by, at=at
        )
    return operations.nominate_focal_points(
        member, form.nominees, said["basis"], said["valid_from"], by=by, at=at
    )


@secretariat_only
@require_http_methods(["GET", "POST"])
def end_focal_point(request: SignedInRequest, pk: int) -> HttpResponse:
    """From which day on does somebody no longer speak for a member?"""
    point = get_object_or_404(FocalPoint.objects.select_related("organisation"), pk=pk)
    form = EndForm(request.POST or None, initial={"ended_on": timezone.localdate()})
    if form.is_valid():
        try:
            operations.end_focal_point(
                point, form.cleaned_data["ended_on"], by=request.user, at=timezone.now()
            )
        except RuleRefused as refused:
            for finding in refused.findings:
                form.add_error("ended_on", f"{finding.message} {finding.cure}".strip())
        else:
            messages.success(request, _("The term of %(name)s has its last day.") % {"name": point.name})
            return redirect("focal_points")
    return render(request, "pillars/end_focal_point.html", {"point": point, "form": form})
