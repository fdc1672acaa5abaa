"""Changing an action by hand: only what was touched is written, and never over what somebody else changed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from iisg.faces.desk.changing import ChangeForm, Recorded, recorded
from iisg.faces.desk.vouching import may_change_by_hand
from iisg.foundations.access.doors import SignedInRequest, reporters_only
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.orgs.matching import Directory
from iisg.knowledge.actions.fact_words import TOPIC_WORDS
from iisg.knowledge.actions.models import Action
from iisg.knowledge.actions.operations import change_action
from iisg.knowledge.actions.provenance import TOPIC_OF
from iisg.knowledge.actions.rules import CHANGED_MEANWHILE
from iisg.knowledge.analysis.wording import several


@reporters_only
@require_http_methods(["GET", "POST"])
def change(request: SignedInRequest, ref: str) -> HttpResponse:
    """What is known of this action today? Only what is touched changes."""
    found = get_object_or_404(Action.objects.visible_to(request.user), ref=ref)
    if not may_change_by_hand(found, request.user):
        raise PermissionDenied
    now = recorded(found)
    form = ChangeForm(request.POST or None, reader=request.user, now=now)
    if request.method == "POST" and form.is_valid():
        refused = _changed(request, found, form, now)
        if refused is None:
            return redirect("action", found.ref)
        form = form.anew(request.user, now) if _meanwhile(refused) else form
        for finding in refused.findings:
            form.add_error(None, f"{finding.message} {finding.cure}".strip())
    return render(request, "desk/change_action.html", {"form": form, "action": found, "now": now})


def _changed(request: SignedInRequest, action: Action, form: ChangeForm, now: Recorded) -> RuleRefused | None:
    """Write what was touched and tell what it was; a refusal is handed back."""
    try:
        changes = change_action(
            action,
            form.facts(now, Directory()),
            form.cleaned_data["seen"],
            by=request.user,
            at=timezone.now(),
        )
    except RuleRefused as refused:
        return refused
    topics = dict.fromkeys(str(TOPIC_WORDS[TOPIC_OF[name]]) for name, *_values in changes)
    if topics:
        messages.success(request, _("Changed by hand: %(topics)s.") % {"topics": several(topics)})
    else:
        messages.info(request, _("Nothing was different, so nothing was changed."))
    return None


def _meanwhile(refused: RuleRefused) -> bool:
    return any(finding.code == CHANGED_MEANWHILE for finding in refused.findings)
