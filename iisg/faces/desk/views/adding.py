"""Adding an action by hand: what is stated, what it looks like, and only then the record."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from iisg.faces.desk.adding import PLACE, ActionForm, record_of
from iisg.faces.desk.relation_forms import TwinsForm
from iisg.foundations.access.doors import SignedInRequest, reporters_only
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.orgs.matching import Directory
from iisg.knowledge.actions.models import Action
from iisg.knowledge.actions.operations import enter_action
from iisg.knowledge.analysis.twins import likely_twins_of
from iisg.knowledge.responses.operations import relate_new_action

SAVE = "save"


@reporters_only
@require_http_methods(["GET", "POST"])
def add_action(request: SignedInRequest) -> HttpResponse:
    """What does this action do, for whom, when? Actions that look like it are shown before it is recorded."""
    form = ActionForm(request.POST or None, reader=request.user)
    if request.method != "POST" or not form.is_valid() or request.POST.get("step") == "back":
        return render(request, "desk/add_action.html", {"form": form})
    near = _near(form)
    said = TwinsForm(request.POST if request.POST.get("step") == SAVE else None, twins=near, decided={})
    if near and not (said.is_bound and said.is_valid()):
        return render(request, "desk/add_action_twins.html", {"form": form, "twins": said})
    decision = said.decisions.get(near[0]["key"]) if near else None
    action = _recorded(request, form, near, decision)
    if action is None:
        return render(request, "desk/add_action.html", {"form": form})
    messages.success(request, _("The action is recorded."))
    return redirect("action", action.ref)


def _near(form: ActionForm) -> list[dict[str, Any]]:
    """The action as one entry of a list of likely twins, empty where it looks like none."""
    record = record_of(form.cleaned_data, timezone.now())
    found = likely_twins_of([record], form.cleaned_data["reporter"])[0]
    return [{"key": "by-hand", "title": record.title, "near": found}] if found else []


def _recorded(
    request: SignedInRequest, form: ActionForm, near: list[dict[str, Any]], decision: str | None
) -> Action | None:
    """Record it with what was said of its twins; where a rule refuses, its findings stand on the form."""
    by, at = request.user, timezone.now()
    record = record_of(form.cleaned_data, at)
    try:
        with transaction.atomic():
            action = enter_action(
                record, form.cleaned_data["reporter"], Directory(), by=by, at=at, source_name=str(PLACE)
            )
            for twin in near:
                relate_new_action(action, twin["near"], decision, str(PLACE), by=by, at=at)
    except RuleRefused as refused:
        for finding in refused.findings:
            form.add_error(None, f"{finding.message} {finding.cure}".strip())
        return None
    return action
