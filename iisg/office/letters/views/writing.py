"""Writing a letter, changing a draft, entering a letter that came in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from iisg.foundations.access.doors import SignedInRequest, secretariat_only
from iisg.foundations.access.permits import RuleRefused
from iisg.office.documents.several_files import contents
from iisg.office.letters import operations
from iisg.office.letters.forms.writing import IncomingForm, KindForm
from iisg.office.letters.kinds import known
from iisg.office.letters.languages import is_language
from iisg.office.letters.models import Attachment, Letter
from iisg.office.letters.writing_page import (
    asked_kind,
    changing,
    expected,
    is_to_be_kept,
    open_letters,
    replied_to,
    started,
    suggestions,
    tell,
    texts,
)


@secretariat_only
def letter_new(request: SignedInRequest) -> HttpResponse:
    """What do we write, to whom?"""
    kind, language = asked_kind(request.GET.get("kind", "")), request.GET.get("language", "en")
    language = language if is_language(language) else "en"
    replied = replied_to(request.GET.get("answers", ""), request.user)
    form = started(request, kind, language, replied, timezone.localdate())
    if is_to_be_kept(request, form):
        said = texts(form, kind, language)
        try:
            draft = operations.draft_letter(
                said.subject,
                said.body,
                form.addressees("people"),
                copies=form.addressees("copies"),
                kind=kind.slug,
                language=said.language,
                in_reply_to=replied,
                by=request.user,
                at=timezone.now(),
                **expected(form),
            )
        except RuleRefused as refused:
            tell(form, refused)
        else:
            messages.success(request, _("The draft is kept. Look at its PDF, then approve it."))
            return redirect("letter", draft.pk)
    asked = KindForm(initial={"kind": kind.slug, "language": language})
    several = len(known()) > 1
    context = {"form": form, "kind": kind, "asked": asked, "several": several, "replied": replied}
    return render(request, "letters/new.html", context | suggestions())


@secretariat_only
def letter_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """What should the draft say otherwise?"""
    found = _seen(request, pk)
    form = changing(request, found, timezone.localdate())
    if is_to_be_kept(request, form):
        said = form.cleaned_data
        try:
            operations.change_draft(
                found,
                said["subject"],
                said["body"],
                form.addressees("people"),
                copies=form.addressees("copies"),
                by=request.user,
                at=timezone.now(),
                **expected(form),
            )
        except RuleRefused as refused:
            tell(form, refused)
        else:
            messages.success(request, _("The draft is kept."))
            return redirect("letter", pk)
    return render(request, "letters/change.html", {"form": form, "letter": found} | suggestions())


@secretariat_only
@require_POST
def letter_detach(request: SignedInRequest, pk: int, file: int) -> HttpResponse:
    """Take a file away from a draft."""
    attachment = get_object_or_404(Attachment.objects.filter(letter=_seen(request, pk)), pk=file)
    try:
        operations.detach_file(attachment, by=request.user, at=timezone.now())
    except RuleRefused as refused:
        for finding in refused.findings:
            messages.warning(request, str(finding))
    return redirect("letter", pk)


@secretariat_only
def letter_register(request: SignedInRequest) -> HttpResponse:
    """What came in, from whom, and does it answer a letter of ours?"""
    today = timezone.localdate()
    initial = {"received_on": today, "answers": request.GET.get("answers", "")}
    form = IncomingForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            entered = operations.register_letter(
                said["subject"],
                said["sender"],
                said["received_on"],
                files=contents(said["attached"]),
                by=request.user,
                at=timezone.now(),
                **form.facts(),
            )
        except RuleRefused as refused:
            tell(form, refused)
        else:
            told = _("The letter is entered as %(number)s.") % {"number": entered.number}
            messages.success(request, told)
            return redirect("letter", entered.pk)
    context = {"form": form, "ours": open_letters(request.user)} | suggestions()
    return render(request, "letters/register.html", context)


def _seen(request: SignedInRequest, pk: int) -> Letter:
    """The letter if the reader may see it; anything else is not found."""
    return get_object_or_404(Letter.objects.visible_to(request.user).with_facts(), pk=pk)
