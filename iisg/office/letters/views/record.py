"""One letter: its page, the deeds that are done on it, its papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.doors import SignedInRequest, secretariat_only
from iisg.foundations.access.permits import RuleRefused
from iisg.office.letters import operations
from iisg.office.letters.models import Attachment, Delivery, Letter, Recipient
from iisg.office.letters.record_page import DEEDS, WAY_DEEDS, about, deed_form, way_form
from iisg.office.letters.taking_out import kept_file, preview

Said = Mapping[str, Any]


@secretariat_only
def letter(request: SignedInRequest, pk: int) -> HttpResponse:
    """What does the letter say, whom did it reach, what is to be done?"""
    return _page(request, pk)


@secretariat_only
@require_POST
def letter_deed(request: SignedInRequest, pk: int, deed: str) -> HttpResponse:
    """One move of the letter; where a rule refuses, its finding stands on the page with what was typed."""
    if deed not in DEEDS:
        raise Http404
    found = _seen(request, pk)
    form = deed_form(deed, timezone.localdate(), request.POST)
    return _carry_out(request, pk, form, lambda said, by, at: _move(found, deed, said, by, at))


@secretariat_only
@require_POST
def letter_way(request: SignedInRequest, pk: int, person: int, deed: str) -> HttpResponse:
    """What is done or known about one addressee: sent again, posted, received."""
    if deed not in WAY_DEEDS:
        raise Http404
    addressee = get_object_or_404(Recipient.objects.filter(letter=_seen(request, pk)), pk=person)
    form = way_form(deed, addressee, request.POST)
    return _carry_out(request, pk, form, lambda said, by, at: _way(addressee, deed, said, by, at))


@secretariat_only
@require_POST
def letter_preview(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The draft as its PDF would be."""
    try:
        return preview(_seen(request, pk), by=request.user, at=timezone.now())
    except RuleRefused as refused:
        for finding in refused.findings:
            messages.warning(request, str(finding))
        return redirect("letter", pk)


@secretariat_only
@require_POST
def letter_paper(request: SignedInRequest, pk: int, form: str) -> HttpResponseBase:
    """The letter's own paper, as PDF or as Word file."""
    found = _seen(request, pk)
    version = {"pdf": found.pdf, "docx": found.docx}.get(form)
    if version is None:
        raise Http404
    return kept_file(found, version, by=request.user, at=timezone.now())


@secretariat_only
@require_POST
def letter_file(request: SignedInRequest, pk: int, file: int) -> HttpResponseBase:
    """A file that went with the letter or came with it."""
    found = _seen(request, pk)
    attachment = get_object_or_404(Attachment.objects.select_related("version"), letter=found, pk=file)
    return kept_file(found, attachment.version, by=request.user, at=timezone.now())


def _move(found: Letter, deed: str, said: Said, by: Actor, at: datetime) -> object:
    """Do what the deed's name says."""
    if deed == "assign":
        return operations.assign_letter(found, said["to"], by=by, at=at)
    if deed == "answer":
        return operations.answer_letter(found, said["note"], by=by, at=at)
    if deed == "close":
        return operations.close_letter(found, said["note"], by=by, at=at)
    plain = {
        "approve": operations.approve_letter,
        "send": operations.send_letter,
        "acknowledge": operations.acknowledge_letter,
        "discard": operations.discard_draft,
    }
    return plain[deed](found, by=by, at=at)


def _way(person: Recipient, deed: str, said: Said, by: Actor, at: datetime) -> object:
    if deed == "again":
        return operations.send_again(person, said["address"], by=by, at=at)
    newest = Delivery.objects.filter(recipient=person).order_by("-pk").first()
    if newest is None:
        raise Http404
    if deed == "posted":
        return operations.note_posted(newest, said["how"], by=by, at=at)
    return operations.note_receipt(newest, said["proof"], by=by, at=at)


def _carry_out(
    request: SignedInRequest,
    pk: int,
    form: forms.Form,
    deed: Callable[[Said, Actor, datetime], object],
) -> HttpResponse:
    """Do it and go to the letter; what a rule forbids stands on the page with what was typed."""
    if form.is_valid():
        try:
            deed(form.cleaned_data, request.user, timezone.now())
        except RuleRefused as refused:
            for finding in refused.findings:
                form.add_error(None, str(finding))
        else:
            messages.success(request, _("It is noted."))
            return redirect("letter", pk)
    return _page(request, pk, form)


def _page(request: SignedInRequest, pk: int, refused: forms.Form | None = None) -> HttpResponse:
    context = about(_seen(request, pk), request.user, timezone.localdate(), refused)
    return render(request, "letters/letter.html", context)


def _seen(request: SignedInRequest, pk: int) -> Letter:
    """The letter if the reader may see it; anything else is not found."""
    return get_object_or_404(Letter.objects.visible_to(request.user).with_facts(), pk=pk)
