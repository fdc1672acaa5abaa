"""Completing and changing a need by hand: only what was touched is written, never over what somebody else changed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from iisg.faces.desk.changing_need import NeedForm, Recorded, bodies_for, recorded
from iisg.faces.desk.needs_register import to_complete
from iisg.faces.desk.vouching import may_vouch
from iisg.foundations.access.doors import SignedInRequest, reporters_only
from iisg.foundations.access.permits import RuleRefused
from iisg.knowledge.actions.fact_words import topic_words
from iisg.knowledge.analysis.wording import several
from iisg.knowledge.needs.models import Need
from iisg.knowledge.needs.operations import change_need
from iisg.knowledge.needs.provenance import NEEDS
from iisg.knowledge.needs.rules import CHANGED_MEANWHILE


@reporters_only
@require_http_methods(["GET", "POST"])
def change(request: SignedInRequest, ref: str) -> HttpResponse:
    """What does this need still have to say? Only what is touched changes."""
    found = get_object_or_404(Need.objects.visible_to(request.user).with_facts(), ref=ref)
    if not may_vouch(found, request.user):
        raise PermissionDenied
    now = recorded(found)
    form = NeedForm(request.POST or None, reader=request.user, now=now)
    if request.method == "POST" and form.is_valid():
        refused = _changed(request, found, form, now)
        if refused is None:
            return _onward(request, found)
        meanwhile = any(finding.code == CHANGED_MEANWHILE for finding in refused.findings)
        form = form.anew(request.user, now) if meanwhile else form
        for finding in refused.findings:
            form.add_error(None, f"{finding.message} {finding.cure}".strip())
    waiting = to_complete(request.user).exclude(pk=found.pk).count()
    context = {"form": form, "need": found, "now": now, "bodies": bodies_for(found), "waiting": waiting}
    return render(request, "desk/change_need.html", context)


def _changed(request: SignedInRequest, need: Need, form: NeedForm, now: Recorded) -> RuleRefused | None:
    """Write what was touched and tell what it was; a refusal is handed back."""
    seen = form.cleaned_data["seen"]
    try:
        changes = change_need(need, form.stated(now), form.facts, seen, by=request.user, at=timezone.now())
    except RuleRefused as refused:
        return refused
    words = topic_words("needs")
    topics = dict.fromkeys(str(words[NEEDS.of[name]]) for name, *_values in changes)
    if topics:
        said = _("%(ref)s changed by hand: %(topics)s.") % {"ref": need.ref, "topics": several(topics)}
        messages.success(request, said)
    else:
        messages.info(request, _("Nothing was different, so nothing was changed."))
    return None


def _onward(request: SignedInRequest, need: Need) -> HttpResponse:
    """To the need, or to the next one that is not complete: the next by its reference, then from the first again."""
    if "next" not in request.POST:
        return redirect("need", need.ref)
    waiting = to_complete(request.user).exclude(pk=need.pk).order_by("ref")
    following = waiting.filter(ref__gt=need.ref).first() or waiting.first()
    if following is None:
        messages.info(request, _("No other need waits to be completed."))
        return redirect("need", need.ref)
    return redirect("change_need", following.ref)
