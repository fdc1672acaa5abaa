"""Rounds: who was asked and has answered, and the deeds that note, say and take back an answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from iisg.faces.desk.duties import due
from iisg.faces.desk.round_forms import NoteForm, StateForm, TakeBackForm
from iisg.faces.desk.round_member import MemberPage, member_page, reminder
from iisg.faces.desk.round_page import round_page
from iisg.foundations.access.actors import Actor
from iisg.foundations.access.doors import SignedInRequest, members_only, reporters_only, secretariat_only
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import Can
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.cycles.models import Cycle
from iisg.knowledge.cycles.operations import close_cycle, note_answer, state_answer, take_answer_back
from iisg.knowledge.cycles.rules import may_close

PAGE = 25


@members_only
def rounds(request: SignedInRequest) -> HttpResponse:
    """Which rounds were there, who was asked, and how many have answered?"""
    day = timezone.localdate()
    found = Cycle.objects.visible_to(request.user).with_answers_on(day).order_by("-opened_on", "-pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    lines = [(one, due(one.due_on, day)) for one in page]
    return render(request, "desk/rounds.html", {"page": page, "lines": lines, "day": day})


@secretariat_only
@require_POST
def close_round(request: SignedInRequest, ref: str) -> HttpResponse:
    """Close the round; who has not answered stays silent."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user), ref=ref)
    try:
        close_cycle(cycle, by=request.user, at=timezone.now())
    except RuleRefused as refused:
        for finding in refused.findings:
            messages.warning(request, str(finding))
    else:
        messages.success(request, _("The round is closed."))
    return redirect("round", ref)


@members_only
def round_one(request: SignedInRequest, ref: str) -> HttpResponse:
    """Who was asked in the round, who has answered, and what does each silence leave open?"""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user), ref=ref)
    day = timezone.localdate()
    context = {
        "day": day,
        "page": round_page(request.user, cycle, day),
        "may_close": Can.RUN_ROUNDS in request.user.powers and not list(may_close(cycle, day)),
    }
    return render(request, "desk/round.html", context)


@members_only
def round_member(request: SignedInRequest, ref: str, member: str) -> HttpResponse:
    """What one member owes in the round, and what can be said of it here."""
    return _shown(request, _page(request, ref, member))


@secretariat_only
@require_POST
def note_round_answer(request: SignedInRequest, ref: str, member: str) -> HttpResponse:
    """Note that the member has answered, and what that rests on."""
    page = _page(request, ref, member)
    form = NoteForm(request.POST, owed=page.may_note, today=timezone.localdate())

    def deed(by: Actor, at: datetime) -> None:
        said = form.cleaned_data
        for one in form.returns:
            note_answer(
                one, said["answered_on"], said["basis"], by=by, at=at, nothing_to_report=form.has_nothing
            )

    return _done(request, page, "note", form, deed, _("The answer is noted; coverage follows it at once."))


@reporters_only
@require_POST
def state_round_answer(request: SignedInRequest, ref: str, member: str) -> HttpResponse:
    """A member's own people say that they have told all, or have nothing to report."""
    page = _page(request, ref, member)
    form = StateForm(request.POST, owed=page.owed)

    def deed(by: Actor, at: datetime) -> None:
        for one in form.returns:
            state_answer(one, by=by, at=at, nothing_to_report=form.has_nothing)

    return _done(request, page, "state", form, deed, _("Your answer is noted. Thank you."))


@reporters_only
@require_POST
def take_round_answer_back(request: SignedInRequest, ref: str, member: str) -> HttpResponse:
    """Take an answer back, with the reason."""
    page = _page(request, ref, member)
    form = TakeBackForm(request.POST, answered=page.may_take_back)

    def deed(by: Actor, at: datetime) -> None:
        take_answer_back(form.cleaned_data["returned"], form.cleaned_data["reason"], by=by, at=at)

    return _done(
        request, page, "back", form, deed, _("The answer is taken back: the member counts as silent again.")
    )


def _page(request: SignedInRequest, ref: str, member: str) -> MemberPage:
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user), ref=ref)
    asked = get_object_or_404(Organisation.objects.filter(returns__cycle=cycle).distinct(), ref=member)
    return member_page(request.user, cycle, asked, timezone.localdate())


def _done(
    request: SignedInRequest,
    page: MemberPage,
    name: str,
    form: forms.Form,
    deed: Callable[[Actor, datetime], None],
    told: str,
) -> HttpResponse:
    """Carry the deed out for all that was chosen or for nothing; what is refused stands on the form."""
    if form.is_valid():
        try:
            with transaction.atomic():
                deed(request.user, timezone.now())
        except RuleRefused as refused:
            for finding in refused.findings:
                form.add_error(None, f"{finding.message} {finding.cure}".strip())
        else:
            messages.success(request, told)
            return redirect("round_member", page.cycle.ref, page.organisation.ref)
    return _shown(request, page, **{name: form})


def _shown(request: SignedInRequest, page: MemberPage, **bound: forms.Form) -> HttpResponse:
    """The page; a form that was refused stands in the place of the blank one."""
    day = timezone.localdate()
    back = bound.get("back")
    taking = [
        (one, back if back and back.data.get("returned") == str(one.pk) else _blank(page, one.pk))
        for one in page.may_take_back
    ]
    context: dict[str, Any] = {
        "page": page,
        "day": day,
        "note": bound.get("note") or (NoteForm(owed=page.may_note, today=day) if page.may_note else None),
        "state": (bound.get("state") or StateForm(owed=page.may_state)) if page.may_state else None,
        "refused": next(iter(bound.values()), None),
        "taking": taking,
    }
    if page.may_note and Can.RUN_ROUNDS in request.user.powers:
        context["reminder"] = reminder(page, f"{request.scheme}://{request.get_host()}", day)
    return render(request, "desk/round_member.html", context)


def _blank(page: MemberPage, key: int) -> TakeBackForm:
    return TakeBackForm(answered=page.may_take_back, initial={"returned": key}, auto_id=f"id_back_{key}_%s")
