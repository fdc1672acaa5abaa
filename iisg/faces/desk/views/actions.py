"""Actions: the register and the page of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from iisg.faces.desk.action_record import action_facts
from iisg.faces.desk.actions_register import find_actions, lines_of
from iisg.faces.desk.forms import AbsenceForm, ActionFilters, DayForm
from iisg.faces.desk.history import happenings
from iisg.faces.desk.vouching import absence_of, may_change_by_hand, may_vouch, standings
from iisg.foundations.access.actors import Actor
from iisg.foundations.access.doors import SignedInRequest, members_only, reporters_only
from iisg.foundations.access.permits import RuleRefused
from iisg.knowledge.actions.models import Absence, Action
from iisg.knowledge.actions.operations import confirm_action, decide_absences
from iisg.knowledge.analysis.carrying import carry_out
from iisg.knowledge.analysis.exporting.records import actions_extract

PAGE = 25


@members_only
def actions(request: SignedInRequest) -> HttpResponse:
    """Who does what, for whom, does it run on this day, and for how much?"""
    filters = ActionFilters(request.GET)
    day = filters.day(timezone.localdate())
    found = find_actions(filters, request.user, day, request.GET.get("sort", ""))
    page = Paginator[int](cast(Any, found.listed), PAGE).get_page(request.GET.get("page"))
    lines = lines_of(page.object_list, request.user, day, found.groups)
    context = {"form": filters, "day": day, "found": found, "page": page, "lines": lines}
    return render(request, "desk/actions.html", context)


@members_only
@require_POST
def export_actions(request: SignedInRequest) -> HttpResponseBase:
    """All actions that the filters let through, as a file."""
    filters = ActionFilters(request.GET)
    day = filters.day(timezone.localdate())
    found = find_actions(filters, request.user, day, request.GET.get("sort", ""))
    extract = actions_extract(found.listed.refs(), request.user)
    return carry_out(request, extract, filters, day, "actions", at=timezone.now())


@members_only
def action(request: SignedInRequest, ref: str) -> HttpResponse:
    """One action: its facts, money, relations, and the needs that it answers or may answer."""
    found = get_object_or_404(Action.objects.visible_to(request.user).with_facts(), ref=ref)
    form = DayForm(request.GET)
    day, absence = form.day(timezone.localdate()), absence_of(found)
    context = {
        "action": found,
        "form": form,
        "day": day,
        "facts": action_facts(found, request.user, day),
        "standings": standings(found),
        "absence": absence,
        "absence_form": AbsenceForm(absence=absence),
        "vouching": may_vouch(found, request.user),
        "changing": may_change_by_hand(found, request.user),
        "happenings": happenings(f"actions.action:{found.ref}", request.user),
    }
    return render(request, "desk/action.html", context)


@reporters_only
@require_POST
def action_confirm(request: SignedInRequest, ref: str) -> HttpResponse:
    """Say that the record, or one part of it, is still right."""
    found = get_object_or_404(Action.objects.visible_to(request.user), ref=ref)
    topic = request.POST.get("topic", "")
    topics = [topic] if topic else None
    return _carry_out(
        request,
        found,
        lambda by, at: confirm_action(found, topics, by=by, at=at),
        _("It is noted that this is still right."),
    )


@reporters_only
@require_POST
def action_absence(request: SignedInRequest, ref: str) -> HttpResponse:
    """Say what it means that the record is no longer in its source's file."""
    found = get_object_or_404(Action.objects.visible_to(request.user), ref=ref)
    absence = get_object_or_404(Absence.objects.visible_to(request.user).standing(), action=found)
    said_of_absence(request, absence)
    return redirect("action", ref)


def said_of_absence(request: SignedInRequest, absence: Absence) -> None:
    """Keep what was said of a record that vanished; what is wrong with it is told on the record's page."""
    form = AbsenceForm(request.POST, absence=absence)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.warning(request, " ".join(str(error) for error in errors))
        return
    fate, reason = form.cleaned_data["fate"], form.cleaned_data["reason"].strip()
    try:
        decide_absences([absence], fate, reason, by=request.user, at=timezone.now())
    except RuleRefused as refused:
        for finding in refused.findings:
            messages.warning(request, str(finding))
    else:
        messages.success(request, _("The decision is kept; it can be changed here."))


def _carry_out(
    request: SignedInRequest, found: Action, deed: Callable[[Actor, datetime], object], done: str
) -> HttpResponse:
    """Do it and go back to the record; what a rule forbids is told there."""
    try:
        deed(request.user, timezone.now())
    except RuleRefused as refused:
        for finding in refused.findings:
            messages.warning(request, str(finding))
    else:
        messages.success(request, done)
    return redirect("action", found.ref)
