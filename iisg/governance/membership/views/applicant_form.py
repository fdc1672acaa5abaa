"""The form, one thing on each page: what is typed is kept as it is, what is missing is said, nothing is lost."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from iisg.foundations.access.doors import by_personal_link
from iisg.foundations.access.permits import RuleRefused
from iisg.governance.membership import notes, operations
from iisg.governance.membership.applicants import STRANGER, applicant
from iisg.governance.membership.consent import CONSENT_VERSION, TEXTS
from iisg.governance.membership.forms.applicant import (
    AnswersForm,
    ConsentForm,
    ContactForm,
    FocalPointsForm,
    OrganisationForm,
    SignatureForm,
    StatementForm,
)
from iisg.governance.membership.models import Application, SignatureKind, UndertakingText
from iisg.governance.membership.rules.applying import in_force, names_a_member
from iisg.governance.membership.tasks import answers_shown, place_after, tasks, title_of
from iisg.governance.membership.views.applicant_case import case_page
from iisg.governance.membership.views.applicant_paper import signed_paper
from iisg.governance.membership.views.applicant_session import say_refusal, sent, with_form

PAGES: dict[str, type[AnswersForm]] = {"organisation": OrganisationForm, "contact": ContactForm}


@by_personal_link
@with_form
def overview(request: HttpRequest, form: Application) -> HttpResponse:
    """What is done, what is missing? Once it is handed over: where does the case stand?"""
    if not form.is_open:
        return case_page(request, form)
    pages = tasks(form, timezone.localdate())
    context = {
        "application": form,
        "tasks": pages,
        "done": sum(task.done for task in pages),
        "days": settings.MEMBERSHIP_DRAFT_DAYS,
    }
    return render(request, "membership/tasks.html", context)


@by_personal_link
@with_form
def answers(request: HttpRequest, form: Application, place: str) -> HttpResponse:
    """One page of the form."""
    if not form.is_open:
        return redirect("applicant_form")
    if place in PAGES:
        return _answers(request, form, place)
    if place == "focal-points":
        return _focal_points(request, form)
    if place == "signature":
        return _signature(request, form)
    if place == "signed-paper" and form.signature in (SignatureKind.SCAN, SignatureKind.QUALIFIED):
        return signed_paper(request, form)
    for text in in_force(timezone.localdate()):
        if text.slug == place:
            return _statement(request, form, text)
    raise Http404


def _answers(request: HttpRequest, form: Application, place: str) -> HttpResponse:
    """The organisation, or whom we write to."""
    kind = PAGES[place]
    if request.method == "POST":
        typed = kind(request.POST)
        typed.is_valid()
        operations.write_answers(form, by=applicant(form), at=timezone.now(), **typed.as_typed())
        if place == "organisation" and form.case is None:
            for finding in names_a_member(typed.as_typed()["name"], timezone.localdate()):
                typed.add_error("name", f"{finding.message} {finding.cure}")
        return _kept(request, form, place, typed)
    shown = kind(initial={name: getattr(form, name) for name in kind.base_fields})
    return _page(request, form, place, shown)


def _focal_points(request: HttpRequest, form: Application) -> HttpResponse:
    asked_before = bool(form.focal_points)
    if request.method == "POST":
        typed = FocalPointsForm(request.POST, named=form.focal_points, asked_before=asked_before)
        typed.is_valid()
        kept = typed.as_typed()
        operations.write_answers(form, by=applicant(form), at=timezone.now(), focal_points=kept)
        return _kept(request, form, "focal-points", typed)
    shown = FocalPointsForm(named=form.focal_points, asked_before=asked_before)
    return _page(request, form, "focal-points", shown)


def _statement(request: HttpRequest, form: Application, text: UndertakingText) -> HttpResponse:
    if request.method == "POST":
        typed = StatementForm(request.POST, text=text)
        operations.make_statement(form, text, typed.is_valid(), by=applicant(form), at=timezone.now())
        return _kept(request, form, text.slug, typed)
    made = form.undertaken.filter(text=text).exists()
    return _page(request, form, text.slug, StatementForm(initial={"made": made}, text=text))


def _signature(request: HttpRequest, form: Application) -> HttpResponse:
    at = timezone.localtime()
    if request.method == "POST":
        typed = SignatureForm(request.POST, at=at)
        typed.is_valid()
        said = typed.as_typed()
        operations.sign_form(
            form, said["signature"], said["signatory"], said["signatory_office"], said["signed_on"],
            by=applicant(form), at=at,
        )  # fmt: skip
        return _kept(request, form, "signature", typed)
    names = ("signature", "signatory", "signatory_office")
    known: dict[str, Any] = {name: getattr(form, name) for name in names}
    return _page(
        request,
        form,
        "signature",
        SignatureForm(initial=known | {"signed_on": form.signed_on or at.date()}, at=at),
    )


def _kept(request: HttpRequest, form: Application, place: str, typed: forms.Form) -> HttpResponse:
    """What was typed is kept; on to the next page, or back to this one where something is not right yet."""
    if "later" in request.POST:
        messages.success(request, _("What you have written is saved."))
        return redirect("applicant_form")
    if typed.errors:
        return _page(request, form, place, typed, saved=True)
    form.refresh_from_db()
    after = place_after(place, tasks(form, timezone.localdate()))
    return redirect("applicant_check") if after == "check" else redirect("applicant_answers", after)


def _page(
    request: HttpRequest, form: Application, place: str, shown: forms.Form, saved: bool = False
) -> HttpResponse:
    template = {"focal-points": "focal_points", "organisation": "answers", "contact": "answers"}
    pages = {task.place: task.title for task in tasks(form, timezone.localdate())}
    context = {
        "application": form,
        "form": shown,
        "title": pages.get(place) or title_of(place),
        "pages": pages,
        "number": list(pages).index(place) + 1 if place in pages else None,
        "place": place,
        "saved": saved,
        "statement": getattr(shown, "text", None),
    }
    return render(request, f"membership/{template.get(place, 'answers')}.html", context)


@by_personal_link
@with_form
def check(request: HttpRequest, form: Application) -> HttpResponse:
    """Read all answers once more, agree to the use of the data, hand the form over."""
    if not form.is_open:
        return redirect("applicant_form")
    at = timezone.now()
    pages = tasks(form, timezone.localdate())
    typed = ConsentForm(*sent(request))
    if request.method == "POST" and typed.is_valid():
        by = applicant(form)
        try:
            operations.consent(form, by=by, at=at)
            operations.express_interest(form, by=by, at=at)
        except RuleRefused as refused:
            say_refusal(request, refused)
            return redirect("applicant_check")
        return redirect("applicant_handed_over")
    missing = [finding for task in pages for finding in task.missing]
    context = {
        "application": form,
        "form": typed,
        "missing": missing,
        "consent": TEXTS[CONSENT_VERSION],
        **answers_shown(form, timezone.localdate()),
    }
    return render(request, "membership/check.html", context)


@by_personal_link
@require_POST
@with_form
def send_link(request: HttpRequest, form: Application) -> HttpResponse:
    """Mail the form's link once more, to the address that was confirmed."""
    try:
        operations.note_knock(form.email, "", by=STRANGER, at=timezone.now())
    except RuleRefused as refused:
        say_refusal(request, refused)
        return redirect("applicant_form")
    if notes.to_go_on(form).leaves():
        messages.success(request, _("The link is on its way to %(address)s.") % {"address": form.email})
    else:
        messages.error(request, _("The mail could not be sent now. Try again in a while."))
    return redirect("applicant_form")
