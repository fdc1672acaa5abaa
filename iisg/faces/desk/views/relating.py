"""Relating by hand: another action to relate to, what the two are to each other, and whose report speaks."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from iisg.faces.desk import relation_record
from iisg.faces.desk.action_reports import reports
from iisg.faces.desk.forms import SearchForm
from iisg.faces.desk.relation_forms import NOT_RELATED, DecisionForm, SpeakingForm
from iisg.foundations.access.doors import SignedInRequest, secretariat_only
from iisg.foundations.access.permits import RuleRefused
from iisg.knowledge.actions.models import Action
from iisg.knowledge.responses import operations
from iisg.knowledge.responses.models import Relation

PAGE = 25


@secretariat_only
def find_related(request: SignedInRequest, ref: str) -> HttpResponse:
    """To which other action does this one stand in a relation?"""
    user = request.user
    action = get_object_or_404(Action.objects.visible_to(user), ref=ref)
    form = SearchForm(request.GET)
    words = form.words()
    others = Action.objects.visible_to(user).exclude(pk=action.pk).order_by("ref")
    found = others.matching(words) if words else others.none()
    page = Paginator(found.select_related("reporter"), PAGE).get_page(request.GET.get("page"))
    return render(
        request, "desk/find_related.html", {"action": action, "form": form, "words": words, "page": page}
    )


@secretariat_only
@require_http_methods(["GET", "POST"])
def state_relation(request: SignedInRequest) -> HttpResponse:
    """Two records side by side that nobody proposed; what waits or was decided of them comes first."""
    user, asked = request.user, request.GET
    visible = Action.objects.visible_to(user).with_facts()
    left = get_object_or_404(visible, ref=asked.get("left", ""))
    right = get_object_or_404(visible.exclude(pk=left.pk), ref=asked.get("right", ""))
    known = Relation.objects.visible_to(user).between(left, right).proposed().first()
    if known is not None:
        return redirect("relation", known.pk)
    form = DecisionForm(request.POST or None, initial={"source": left.ref})
    form.fields["reason"].required = True
    form.fields["reason"].help_text = _("Say in a sentence what shows that the two belong together.")
    if request.method == "POST" and form.is_valid() and _stated(request, left, right, form):
        return redirect("action", left.ref)
    day = timezone.localdate()
    context = {
        "pair": relation_record.pair_of(left, right, None, user, day),
        "day": day,
        "form": form,
        "decided": Relation.objects.visible_to(user).between(left, right).select_related("source", "target"),
    }
    return render(request, "desk/state_relation.html", context)


def _stated(request: SignedInRequest, left: Action, right: Action, form: DecisionForm) -> bool:
    """State the relation; where a rule refuses, its findings stand on the form."""
    said = form.cleaned_data
    if said["choice"] == NOT_RELATED:
        form.add_error("choice", _("Nothing was proposed, so there is nothing to reject."))
        return False
    try:
        relation = operations.relate_actions(
            left, right, said["choice"], said["reason"], by=request.user, at=timezone.now()
        )
    except RuleRefused as refused:
        for finding in refused.findings:
            form.add_error(None, str(finding))
        return False
    messages.success(request, _("Confirmed: %(said)s.") % {"said": relation_record.sentence_of(relation)})
    return True


@secretariat_only
@require_http_methods(["GET", "POST"])
def action_reports(request: SignedInRequest, ref: str) -> HttpResponse:
    """Of several reports of one action, whose value speaks for each field?"""
    action = get_object_or_404(Action.objects.visible_to(request.user), ref=ref)
    found = reports(action, request.user)
    if found is None:
        return redirect("action", action.ref)
    form = SpeakingForm(request.POST or None, reports=found)
    if request.method == "POST" and form.is_valid():
        by_ref, at = {one.ref: one for one in found.actions}, timezone.now()
        for field, chosen in form.changes.items():
            if chosen:
                reason = form.cleaned_data["reason"]
                operations.choose_report(by_ref[chosen], field, by=request.user, at=at, reason=reason)
            else:
                operations.take_back_choice(action, field, by=request.user, at=at)
        messages.success(request, _("The choices are saved."))
        return redirect("action", action.ref)
    return render(request, "desk/action_reports_page.html", {"action": action, "found": found, "form": form})
