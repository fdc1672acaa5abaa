"""Money: the account of a boundary, the flows of a figure, and which reports tell of the same money."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from iisg.faces.desk.money_figure_file import figure_extract
from iisg.faces.desk.money_forms import Boundary, RatesForm, SameMoneyForm
from iisg.faces.desk.money_page import (
    KNOWN_LINES,
    figure_of,
    flow_lines,
    line_words,
    lines_named,
    money_page,
    place_in_words,
)
from iisg.faces.desk.money_pictures import money_pictures
from iisg.faces.desk.money_rates import known_sources
from iisg.faces.desk.money_words import MEASURE_WORDS
from iisg.faces.desk.sector_words import sector_in_words
from iisg.foundations.access.doors import SignedInRequest, members_only, secretariat_only
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.core.findings import Finding
from iisg.knowledge.actions import operations
from iisg.knowledge.actions.models import Flow
from iisg.knowledge.analysis.carrying import carry_out
from iisg.knowledge.analysis.engine.money.rates import ecb_range
from iisg.knowledge.analysis.engine.money.rules import VERSION, Measure
from iisg.knowledge.analysis.money_account import KeptMoney
from iisg.knowledge.analysis.rendering import live_answer

PAGE = 25
ASKED = ("partner", "pillar", "year", "sector", "need")


@members_only
def money(request: SignedInRequest) -> HttpResponse:
    """How much money comes in from outside, for whom, and what of it is counted?"""
    form = Boundary(request.GET, request.user)
    found = KeptMoney(request.user, form.scope)
    pictures = money_pictures(found)
    if alive := live_answer(request, *pictures):
        return alive
    context = {
        "form": form,
        "pictures": pictures,
        "found": money_page(found, _query(form)),
        "partner": form.partners.get(form.scope.partner, ""),
        "version": VERSION,
    }
    return render(request, "desk/money.html", context)


@members_only
def figure(request: SignedInRequest) -> HttpResponse:
    """Which flows does a figure add up, at which rates and by which rule?"""
    form = Boundary(request.GET, request.user)
    measure, line = request.GET.get("measure", ""), request.GET.get("line", "")
    if measure not in MEASURE_WORDS or line not in KNOWN_LINES:
        raise Http404
    found = KeptMoney(request.user, form.scope)
    place, sector = request.GET.get("place", ""), request.GET.get("sector_of", "")
    shown = figure_of(found.account, Measure(measure), line, place, sector)
    parts = found.parts(Measure(measure), lines_named(line), place, sector)
    page = Paginator(parts.values_list("pk", flat=True), PAGE).get_page(request.GET.get("page"))
    words, rule = line_words(line)
    context = {
        "form": form,
        "figure": shown,
        "words": words,
        "rule": rule,
        "measure": MEASURE_WORDS[measure],
        "page": page,
        "lines": flow_lines(page.object_list, request.user),
        "partner": form.partners.get(form.scope.partner, ""),
        "place": place_in_words(place) if place else sector_in_words(sector) if sector else "",
        "query": _query(form),
        "version": shown.version,
    }
    return render(request, "desk/money_figure.html", context)


@members_only
@require_POST
def export_figure(request: SignedInRequest) -> HttpResponseBase:
    """The flows that a figure adds up, as a file."""
    form = Boundary(request.GET, request.user)
    measure, line = request.GET.get("measure", ""), request.GET.get("line", "")
    if measure not in MEASURE_WORDS or line not in KNOWN_LINES:
        raise Http404
    place, sector = request.GET.get("place", ""), request.GET.get("sector_of", "")
    found = KeptMoney(request.user, form.scope).parts(Measure(measure), lines_named(line), place, sector)
    keys = list(found.values_list("pk", flat=True))
    words, rule = line_words(line)
    extract = figure_extract(keys, request.user, words, MEASURE_WORDS[measure], rule, VERSION)
    return carry_out(request, extract, form, timezone.localdate(), "money", at=timezone.now())


@secretariat_only
@require_POST
def tie(request: SignedInRequest) -> HttpResponse:
    """Say that two flows are two reports of the same money; one is chosen."""
    form = SameMoneyForm(request.POST)
    own = get_object_or_404(Flow.objects.select_related("action"), pk=_number(request.POST.get("report")))
    try:
        if form.is_valid():
            said = form.cleaned_data
            operations.tie_report(
                said["chosen"], form.second, said["reason"], by=request.user, at=timezone.now()
            )
            messages.success(
                request, _("The sums are two reports of the same money now; the chosen one counts.")
            )
        for field in form.errors.values():
            messages.error(request, " ".join(str(error) for error in field))
    except RuleRefused as refused:
        messages.error(request, str(refused))
    return redirect(f"{reverse('action', args=[own.action.ref])}#money")


@secretariat_only
@require_POST
def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a second report count in the place of the chosen one."""
    flow = get_object_or_404(Flow.objects.select_related("action"), pk=pk)
    try:
        operations.choose_report(flow, by=request.user, at=timezone.now())
        messages.success(request, _("The other report counts now."))
    except RuleRefused as refused:
        messages.error(request, str(refused))
    return redirect(f"{reverse('action', args=[flow.action.ref])}#money")


@secretariat_only
@require_POST
def untie(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a second report count by itself again."""
    flow = get_object_or_404(Flow.objects.select_related("action"), pk=pk)
    operations.untie_report(flow, by=request.user, at=timezone.now())
    messages.success(request, _("The sum counts by itself again."))
    return redirect(f"{reverse('action', args=[flow.action.ref])}#money")


@secretariat_only
@require_http_methods(["GET", "POST"])
def rates(request: SignedInRequest) -> HttpResponse:
    """Exchange rates: what the house knows, and taking in a file of others."""
    form = RatesForm(request.POST, request.FILES) if request.method == "POST" else RatesForm()
    findings: list[Finding] = []
    if request.method == "POST" and form.is_valid():
        found, findings = form.read()
        if found:
            new, changed = operations.enter_rates(
                found, by=request.user, at=timezone.now(), file_name=form.cleaned_data["file"].name
            )
            words = {"new": new, "changed": changed, "read": len(found)}
            messages.success(request, _("Rates read: %(read)s; new: %(new)s; replaced: %(changed)s.") % words)
    first, last = ecb_range()
    context = {"form": form, "findings": findings, "sources": known_sources(), "first": first, "last": last}
    return render(request, "desk/money_rates.html", context)


def _number(text: str | None) -> int:
    """A key as a form sends it; what is none belongs to nothing."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0


def _query(form: Boundary) -> dict[str, str]:
    """The boundary as an address carries it, without what was not chosen or not readable."""
    return {name: str(form.chosen(name)) for name in ASKED if form.chosen(name)}
