"""Who is told of what, and how each kind of letter is worded."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from iisg.foundations.access.doors import SignedInRequest, secretariat_only
from iisg.foundations.access.permits import RuleRefused
from iisg.office.letters import operations, rules
from iisg.office.letters.decided import wording_of
from iisg.office.letters.forms.wording import WhoNowForm, WordingForm
from iisg.office.letters.kinds import COMMON
from iisg.office.letters.languages import is_language
from iisg.office.letters.taking_out import wording_preview
from iisg.office.letters.told_table import changed, reached, table, used_circles
from iisg.office.letters.wordings_page import in_all_languages, in_language
from iisg.office.letters.writing_page import asked_kind


@secretariat_only
def told(request: SignedInRequest) -> HttpResponse:
    """Who is told of what, and who would be told now?"""
    rows = table()
    if request.method == "POST":
        at, count = timezone.now(), 0
        with transaction.atomic():
            for of, circle, active, as_copy in changed(rows, request.POST):
                operations.set_told(of, circle, active, as_copy, by=request.user, at=at)
                count += 1
        words = _("The table is kept.") if count else _("Nothing was changed.")
        messages.success(request, words)
        return redirect("letters_told")
    form = WhoNowForm(request.GET, reader=request.user)
    record = form.records.get(request.GET.get("record", "")) if form.chosen else None
    context = {
        "rows": rows,
        "circles": used_circles(),
        "form": form,
        "record": record,
        "reached": reached(form.chosen, record) if form.chosen and record is not None else [],
    }
    return render(request, "letters/told.html", context)


@secretariat_only
def wordings(request: SignedInRequest) -> HttpResponse:
    """Which kinds of letter are there, and which are worded by the Secretariat itself?"""
    return render(request, "letters/wordings.html", {"rows": in_all_languages()})


@secretariat_only
def wording(request: SignedInRequest, kind: str, language: str) -> HttpResponseBase:
    """How is this kind of letter worded in this language?"""
    known_kind = asked_kind(kind)
    if not is_language(language):
        raise Http404
    present = wording_of(kind, language)
    initial = {"subject": present.subject, "body": present.body}
    form = WordingForm(request.POST or None, initial=initial, language=present.language)
    if form.is_bound and form.is_valid():
        answer = _word(request, kind, language, form)
        if answer is not None:
            return answer
    context = {
        "kind": known_kind,
        "facts": [*known_kind.facts, *COMMON],
        "here": in_language(known_kind, language),
        "form": form,
        "sound": form.is_bound and form.is_valid() and request.POST.get("do") == "check",
    }
    return render(request, "letters/wording.html", context)


def _word(request: SignedInRequest, kind: str, language: str, form: WordingForm) -> HttpResponseBase | None:
    """Check, show, keep or take back; None where the page is shown again, with findings if there are any."""
    do, by, at = request.POST.get("do", "keep"), request.user, timezone.now()
    subject, body = form.cleaned_data["subject"], form.cleaned_data["body"]
    try:
        if do == "preview":
            return wording_preview(kind, language, subject, body, by=by, at=at)
        if do == "check":
            findings = list(rules.may_word(kind, subject, body))
            if findings:
                raise RuleRefused(findings)
            return None
        if do == "back":
            subject = body = ""
        operations.word_kind(kind, language, subject, body, by=by, at=at)
    except RuleRefused as refused:
        for finding in refused.findings:
            form.add_error(None, str(finding))
        return None
    back = _("The house's own wording holds again.")
    messages.success(request, _("The wording is kept.") if subject or body else back)
    return redirect("letters_wording", kind, language)
