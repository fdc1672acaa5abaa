"""The case as its applicant follows it: where it stands, whose turn it is, letters, own data, withdrawal, erasure."""

from __future__ import annotations

import json
from io import BytesIO

from django.conf import settings
from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from iisg.foundations.access.carrying import MarkedResponse
from iisg.foundations.access.doors import by_personal_link
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.core.handling import Marking
from iisg.governance.membership import operations, rules
from iisg.governance.membership.applicants import applicant
from iisg.governance.membership.forms.following import AnswerForm, ReasonForm
from iisg.governance.membership.links import works_until
from iisg.governance.membership.models import Application, Case, CaseState
from iisg.governance.membership.own_data import letters_to, own_data
from iisg.governance.membership.rules.applying import may_delete
from iisg.governance.membership.standing import standing
from iisg.governance.membership.steps import steps
from iisg.governance.membership.views.applicant_paper import carry
from iisg.governance.membership.views.applicant_session import let_go, say_refusal, sent, void, with_form
from iisg.office.documents.several_files import contents


def case_page(request: HttpRequest, form: Application) -> HttpResponse:
    """Where does the case stand, whose turn is it, what has happened?"""
    case = form.case
    if case is None:
        return void(request)
    case = Case.objects.with_facts().get(pk=case.pk)
    sentence, turn = standing(case)
    context = {
        "application": form,
        "case": case,
        "sentence": sentence,
        "turn": turn,
        "steps": steps(case),
        "letters": letters_to(form),
        "works_until": works_until(form),
        "may_erase": not list(rules.may_erase(form)),
    }
    return render(request, "membership/case.html", context)


@by_personal_link
@require_safe
@with_form
def handed_over(request: HttpRequest, form: Application) -> HttpResponse:
    """It has arrived: its reference, and what happens next."""
    if form.is_open or form.case is None:
        return redirect("applicant_form")
    context = {"application": form, "case": form.case, "office": settings.OFFICE_NAME}
    return render(request, "membership/handed_over.html", context)


@by_personal_link
@require_safe
@with_form
def letter(request: HttpRequest, form: Application, pk: int) -> HttpResponseBase:
    """A letter that went to the applicant."""
    found = next((each for each in letters_to(form) if each.pk == pk), None)
    return carry(found.pdf) if found is not None and found.pdf is not None else void(request)


@by_personal_link
@require_safe
@with_form
def data(request: HttpRequest, form: Application) -> HttpResponseBase:
    """All that is kept of the form, to take away."""
    at = timezone.now()
    written = json.dumps(own_data(form, at), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    name = f"iisg-form-{form.pk}.json"
    return MarkedResponse(BytesIO(written.encode()), name, "application/json", Marking.MEMBERS)


@by_personal_link
@with_form
def answer(request: HttpRequest, form: Application) -> HttpResponse:
    """What does the Board ask for, and what is sent?"""
    if form.case is None or form.case.state != CaseState.DEFERRED or form.case.answered_at is not None:
        return redirect("applicant_form")
    typed = AnswerForm(*sent(request, files=True))
    if request.method == "POST" and typed.is_valid():
        said, files = typed.cleaned_data["said"], contents(typed.cleaned_data["attached"])
        try:
            operations.answer_board(form.case, said, files, by=applicant(form), at=timezone.now())
        except RuleRefused as refused:
            for finding in refused.findings:
                field = "attached" if finding.code.startswith("documents.") else None
                typed.add_error(field, f"{finding.message} {finding.cure}".strip())
        else:
            messages.success(request, _("It has arrived. The Secretariat assesses the case again."))
            return redirect("applicant_form")
    return render(request, "membership/answer.html", {"application": form, "form": typed})


@by_personal_link
@with_form
def withdraw(request: HttpRequest, form: Application) -> HttpResponse:
    """End the case, with a reason."""
    if form.case is None or not form.case.is_open:
        return redirect("applicant_form")
    typed = ReasonForm(*sent(request))
    if request.method == "POST" and typed.is_valid():
        reason = typed.cleaned_data["reason"]
        try:
            operations.withdraw_case(form.case, reason, by=applicant(form), at=timezone.now())
        except RuleRefused as refused:
            say_refusal(request, refused)
        else:
            messages.success(request, _("The case is withdrawn."))
        return redirect("applicant_form")
    return render(request, "membership/withdraw.html", {"application": form, "form": typed})


@by_personal_link
@with_form
def erase(request: HttpRequest, form: Application) -> HttpResponse:
    """Delete a draft, or the personal data of a closed case; asked once more, then done at once."""
    draft = form.case is None
    refusals = list(may_delete(form) if draft else rules.may_erase(form))
    if refusals:
        say_refusal(request, RuleRefused(refusals))
        return redirect("applicant_form")
    if request.method != "POST":
        return render(request, "membership/erase.html", {"application": form, "draft": draft})
    at = timezone.now()
    if draft:
        operations.delete_draft(form, by=applicant(form), at=at)
        messages.success(request, _("The draft is deleted, with everything in it."))
    else:
        operations.ask_for_erasure(form, by=applicant(form), at=at)
        messages.success(request, _("The personal data of the form are erased."))
    let_go(request)
    return redirect("become_a_member")
