"""Judging whether an action answers a need: find the other side, weigh both, decide, take back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from iisg.faces.desk.forms import FollowUpForm, JudgementForm, SearchForm
from iisg.faces.desk.need_record import names_of, time_tag
from iisg.faces.desk.searching import action_hits, need_hits
from iisg.faces.desk.weighing import answers_now, changes, compare
from iisg.foundations.access.doors import SignedInRequest, secretariat_only
from iisg.foundations.access.permits import RuleRefused
from iisg.knowledge.actions.models import Action
from iisg.knowledge.analysis.reading import rows_of_actions
from iisg.knowledge.needs.models import Need
from iisg.knowledge.responses.models import Response
from iisg.knowledge.responses.operations import judge_response, note_follow_up, take_back_response
from iisg.knowledge.responses.rules import may_follow_up

PAGE = 25


@secretariat_only
@require_http_methods(["GET", "POST"])
def judge(request: SignedInRequest) -> HttpResponse:
    """The need and the action side by side, what each choice would do, and the choice."""
    user = request.user
    asked = request.GET
    need = get_object_or_404(Need.objects.visible_to(user).with_facts(), ref=asked.get("need", ""))
    action = get_object_or_404(Action.objects.visible_to(user).with_facts(), ref=asked.get("action", ""))
    standing = Response.objects.visible_to(user).standing().filter(need=need, action=action).first()
    form = JudgementForm(request.POST or None, need=need, initial=model_to_dict(standing) if standing else {})
    if request.method == "POST" and form.is_valid() and _judged(request, need, action, form):
        return redirect("need", need.ref)
    day = timezone.localdate()
    context = {
        "need": need,
        "action": action,
        "standing": standing,
        "form": form,
        "day": day,
        "comparison": compare(need, action, user, day),
    }
    return render(request, "desk/judge.html", context)


def _judged(request: SignedInRequest, need: Need, action: Action, form: JudgementForm) -> bool:
    """Save the judgement and tell what it did; where a rule refuses, its findings stand on the form."""
    at = timezone.now()
    before = answers_now(need, request.user, timezone.localdate(at))
    said = form.cleaned_data
    quantity = said.get("quantity")
    try:
        judge_response(
            need, action, said["degree"], said["reason"], by=request.user, at=at, quantity=quantity
        )
    except RuleRefused as refused:
        for finding in refused.findings:
            field = "quantity" if finding.code == "responses.no-quantity" else None
            form.add_error(field, f"{finding.message} {finding.cure}".strip())
        return False
    after = answers_now(need, request.user, timezone.localdate(at))
    moved = "; ".join(changes(before, after, names_of(need.partners.all())))
    told = _("The judgement of %(action)s is saved. %(moved)s") % {"action": action.ref, "moved": moved}
    messages.success(request, told)
    return True


@secretariat_only
@require_POST
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a judgement back; it stays as history."""
    responses = Response.objects.visible_to(request.user).select_related("need", "action")
    found = get_object_or_404(responses, pk=pk)
    take_back_response(found, by=request.user, at=timezone.now())
    told = _("The judgement of %(action)s was taken back; it stays as history.")
    messages.success(request, told % {"action": found.action.ref})
    return redirect("need", found.need.ref)


@secretariat_only
@require_http_methods(["GET", "POST"])
def follow_up(request: SignedInRequest, pk: int) -> HttpResponse:
    """One year on: was the need met by the action that was judged to answer it?"""
    user = request.user
    responses = Response.objects.visible_to(user).select_related("need")
    found = get_object_or_404(responses, pk=pk)
    action = get_object_or_404(Action.objects.visible_to(user).with_facts(), pk=found.action_id)
    noted = {"outcome": found.follow_up, "note": found.follow_up_note}
    form = FollowUpForm(request.POST or None, initial=noted)
    if request.method == "POST" and form.is_valid() and _followed_up(request, found, form):
        return redirect("need", found.need.ref)
    day = timezone.localdate()
    context = {
        "response": found,
        "need": found.need,
        "action": action,
        "time": time_tag(rows_of_actions([action])[0], day),
        "form": form,
        "day": day,
        "refused": list(may_follow_up(found, day)),
    }
    return render(request, "desk/follow_up.html", context)


def _followed_up(request: SignedInRequest, response: Response, form: FollowUpForm) -> bool:
    """Note the outcome; where a rule refuses, its findings stand on the form."""
    said = form.cleaned_data
    try:
        note_follow_up(response, said["outcome"], by=request.user, at=timezone.now(), note=said["note"])
    except RuleRefused as refused:
        for finding in refused.findings:
            form.add_error(None, f"{finding.message} {finding.cure}".strip())
        return False
    messages.success(request, _("What became of the answer is noted."))
    return True


@secretariat_only
def find_action(request: SignedInRequest, ref: str) -> HttpResponse:
    """Look for another action that may answer the need."""
    user = request.user
    need = get_object_or_404(Need.objects.visible_to(user).with_facts(), ref=ref)
    form = SearchForm(request.GET)
    words = form.words()
    actions = Action.objects.visible_to(user).order_by("ref").prefetch_related("places__partner")
    found = actions.matching(words) if words else actions.none()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "need": need,
        "form": form,
        "words": words,
        "page": page,
        "hits": action_hits(need, page, user, timezone.localdate()),
    }
    return render(request, "desk/find.html", context)


@secretariat_only
def find_need(request: SignedInRequest) -> HttpResponse:
    """Look for another need that the action may answer."""
    user = request.user
    action = get_object_or_404(Action.objects.visible_to(user), ref=request.GET.get("action", ""))
    form = SearchForm(request.GET)
    words = form.words()
    needs = Need.objects.visible_to(user).counted().order_by("ref").prefetch_related("partners")
    found = needs.matching(words) if words else needs.none()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "action": action,
        "form": form,
        "words": words,
        "page": page,
        "hits": need_hits(action, page, user),
    }
    return render(request, "desk/find.html", context)
