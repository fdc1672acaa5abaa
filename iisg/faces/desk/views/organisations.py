"""Organisations that imports named: the list, and the decision about each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from iisg.faces.desk.forms import OwnBodyForm, SameBodyForm, SearchForm, UnconfirmedFilters
from iisg.faces.desk.unconfirmed import doubt_about, lines_of, unconfirmed
from iisg.foundations.access.doors import SignedInRequest, secretariat_only
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.orgs import operations
from iisg.foundations.orgs.models import Organisation
from iisg.governance.membership.models import Case
from iisg.governance.membership.operations import recognise_applicant
from iisg.knowledge.actions.operations import same_organisation

PAGE = 25
FIELD_OF = {
    "orgs.no-kind": "kind",
    "orgs.no-new-partner": "kind",
    "orgs.circle": "parent",
    "orgs.not-confirmed": "parent",
    "orgs.name-taken": "short_name",
}
"""The field at which a finding about a body of its own stands."""


@secretariat_only
def unconfirmed_organisations(request: SignedInRequest) -> HttpResponse:
    """Which organisations did imports name that nobody has confirmed yet?"""
    filters = UnconfirmedFilters(request.GET)
    found = unconfirmed(filters.chosen_words(), request.GET.get("sort", ""), request.user)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"form": filters, "page": page, "lines": lines_of(page.object_list, request.user)}
    return render(request, "desk/unconfirmed.html", context)


@secretariat_only
@require_http_methods(["GET", "POST"])
def confirm_organisation(request: SignedInRequest, ref: str) -> HttpResponse:
    """Whom does this name mean: a body of its own, or one that is known?"""
    body = get_object_or_404(Organisation.objects.select_related("parent"), ref=ref)
    if body.confirmed:
        return redirect("organisation", body.ref)
    search = SearchForm(request.GET)
    search.fields["q"].label = _("Look for another body by its name")
    case = Case.objects.open().filter(organisation=body).first()
    doubt = doubt_about(body, search.words(), request.user)
    deed = request.POST.get("deed")
    said = {"parent": body.parent.ref if body.parent else "", "short_name": body.short_name}
    own = OwnBodyForm(request.POST if deed == "own" else None, initial=said)
    same = SameBodyForm(request.POST if deed == "same" else None, offered=doubt.offered)
    if own.is_valid() and _tried(own, lambda: _confirm(request, body, own), FIELD_OF):
        return _back(case)
    if same.is_valid() and _tried(same, lambda: _recognise(request, body, same), {}):
        return _back(case)
    context = {"body": body, "doubt": doubt, "search": search, "own": own, "same": same, "case": case}
    return render(request, "desk/confirm.html", context)


def _back(case: Case | None) -> HttpResponse:
    """To the case that waits for the answer, else to the list."""
    return redirect("case", case.ref) if case is not None else redirect("unconfirmed_organisations")


def _confirm(request: SignedInRequest, body: Organisation, form: OwnBodyForm) -> None:
    operations.confirm_organisation(body, **form.cleaned_data, by=request.user, at=timezone.now())
    messages.success(request, _("%(body)s is confirmed as a body of its own.") % {"body": body})


@transaction.atomic
def _recognise(request: SignedInRequest, body: Organisation, form: SameBodyForm) -> None:
    known, at = form.cleaned_data["known"], timezone.now()
    for case in Case.objects.open().filter(organisation=body):
        recognise_applicant(case, known, by=request.user, at=at)
    known = same_organisation(body, known, by=request.user, at=at)
    told = _("“%(name)s” is %(known)s: all that named it leads there now.")
    messages.success(request, told % {"name": body.name, "known": known})


def _tried(form: forms.Form, deed: Callable[[], None], field_of: Mapping[str, str]) -> bool:
    """Do it; where a rule refuses, its findings stand on the form."""
    try:
        deed()
    except RuleRefused as refused:
        for finding in refused.findings:
            form.add_error(field_of.get(finding.code), f"{finding.message} {finding.cure}".strip())
        return False
    return True
