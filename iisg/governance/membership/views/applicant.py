"""The way in: what membership is, the empty form, a link asked for by mail, the address confirmed, the link opened."""

from __future__ import annotations

from io import BytesIO

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from iisg.foundations.access.carrying import MarkedResponse
from iisg.foundations.access.doors import by_personal_link, open_to_all
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.core.handling import Marking
from iisg.governance.membership import annex, notes, operations
from iisg.governance.membership.applicants import NEWCOMER, STRANGER
from iisg.governance.membership.consent import CONSENT_VERSION, TEXTS
from iisg.governance.membership.forms.applicant import AddressForm
from iisg.governance.membership.knocking import network_of
from iisg.governance.membership.links import ADDRESS_LIFE, address_of, application_of, still_works
from iisg.governance.membership.models import Application, Criterion
from iisg.governance.membership.rules.applying import in_force
from iisg.governance.membership.views.applicant_session import hold, let_go, sent, void

FORM_NAME = "iisg-expression-of-interest.pdf"


@open_to_all
@require_safe
def becoming(request: HttpRequest) -> HttpResponse:
    """What is membership, who can have it, on which way, and what does it bring and ask?"""
    context = {
        "criteria": [criterion.label for criterion in Criterion],
        "statements": in_force(timezone.localdate()),
        "invitation_days": settings.MEMBERSHIP_INVITATION_DAYS,
        "office": settings.OFFICE_NAME,
        "address": settings.DEFAULT_FROM_EMAIL,
    }
    return render(request, "membership/becoming.html", context)


@open_to_all
@require_safe
def empty_form(request: HttpRequest) -> HttpResponseBase:
    """The Annex to print and fill in by hand."""
    pdf = BytesIO(annex.empty_pdf(timezone.now()))
    return MarkedResponse(pdf, FORM_NAME, "application/pdf", Marking.PUBLIC)


@open_to_all
@require_safe
def data_use(request: HttpRequest) -> HttpResponse:
    """What becomes of an applicant's personal data?"""
    context = {
        "consent": TEXTS[CONSENT_VERSION],
        "draft_days": settings.MEMBERSHIP_DRAFT_DAYS,
        "link_days": settings.MEMBERSHIP_LINK_DAYS,
        "office": settings.OFFICE_NAME,
        "address": settings.DEFAULT_FROM_EMAIL,
    }
    return render(request, "membership/data_use.html", context)


@by_personal_link
def start(request: HttpRequest) -> HttpResponse:
    """Ask for a link by mail. Whether the house knows the address makes no difference to the answer."""
    at = timezone.now()
    form = AddressForm(*sent(request), at=at)
    if request.method != "POST" or not form.is_valid():
        return render(request, "membership/start.html", {"form": form})
    email = form.cleaned_data["email"]
    network = network_of(
        request.META.get("REMOTE_ADDR", ""),
        request.META.get("HTTP_X_FORWARDED_FOR", ""),
        settings.TRUSTED_PROXIES,
    )
    try:
        operations.note_knock(email, network, by=STRANGER, at=at)
    except RuleRefused as refused:
        for finding in refused.findings:
            form.add_error(None, f"{finding.message} {finding.cure}")
        return render(request, "membership/start.html", {"form": form}, status=429)
    note = notes.to_confirm(email, at)
    if not note.leaves():
        form.add_error(
            None, _("The mail could not be sent now. Look at the address, or try again in a while.")
        )
        return render(request, "membership/start.html", {"form": form}, status=503)
    return _sent(request, note)


def _sent(request: HttpRequest, note: notes.Note) -> HttpResponse:
    """Look into your mailbox; a demonstration without a mail server shows the mail itself."""
    shown = note if settings.DEMO and "console" in settings.EMAIL_BACKEND else None
    hours = int(ADDRESS_LIFE.total_seconds() // 3600)
    return render(request, "membership/sent.html", {"note": note, "shown": shown, "hours": hours})


@by_personal_link
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail: programs that look at links only see a button; pressing it begins the form."""
    at = timezone.now()
    email = address_of(token, at)
    if email is None:
        return void(request)
    known = [form for form in Application.objects.of_address(email) if still_works(form, at)]
    if request.method != "POST":
        context = {"email": email, "known": known, "token": token}
        return render(request, "membership/confirm.html", context)
    begun = operations.begin_application(email, by=NEWCOMER, at=at)
    if all(begun.pk != form.pk for form in known):
        notes.to_go_on(begun).leaves()
    hold(request, begun)
    return redirect("applicant_form")


@by_personal_link
@require_POST
def go_on(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Whoever has confirmed an address opens one of the forms that were begun with it."""
    at = timezone.now()
    email = address_of(token, at)
    found = Application.objects.of_address(email).filter(pk=pk).first() if email else None
    if found is None or not still_works(found, at):
        return void(request)
    hold(request, found)
    return redirect("applicant_form")


@by_personal_link
@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """A personal link: the session holds the form from here on, and the link leaves the address line."""
    found = application_of(token, timezone.now())
    if found is None:
        return void(request)
    hold(request, found)
    return redirect("applicant_form")


@by_personal_link
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """The machine is somebody else's: the session forgets the form."""
    let_go(request)
    return redirect("become_a_member")
