"""The paper that is signed elsewhere: printed here, taken away, brought back, looked at before it is kept."""

from __future__ import annotations

from io import BytesIO

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from iisg.foundations.access.carrying import MarkedResponse
from iisg.foundations.access.doors import by_personal_link
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.core.handling import Marking
from iisg.governance.membership import operations
from iisg.governance.membership.applicants import applicant
from iisg.governance.membership.forms.applicant import SignedPaperForm
from iisg.governance.membership.models import Application, SignatureKind
from iisg.governance.membership.signing.validation import Check, validate
from iisg.governance.membership.views.applicant_session import say_refusal, sent, void, with_form
from iisg.office.documents.models import Version


def signed_paper(request: HttpRequest, form: Application) -> HttpResponse:
    """Print, sign, bring back."""
    qualified = form.signature == SignatureKind.QUALIFIED
    typed = SignedPaperForm(*sent(request, files=True), kind=form.signature)
    check: Check | None = None
    if request.method == "POST" and form.paper is not None and typed.is_valid():
        file = typed.cleaned_data["file"]
        content, at = file.read(), timezone.now()
        if qualified:
            check = validate(content, bytes(form.paper.content), at)
        if check is not None and not check.valid:
            typed.add_error("file", check.reason)
        else:
            try:
                operations.sign_form(
                    form, form.signature, form.signatory, form.signatory_office, form.signed_on,
                    by=applicant(form), at=at, file_name=file.name, content=content,
                    check=check.as_plain() if check else {},
                )  # fmt: skip
            except RuleRefused as refused:
                for finding in refused.findings:
                    typed.add_error("file", f"{finding.message} {finding.cure}")
            else:
                return redirect("applicant_answers", "signed-paper")
    context = {
        "application": form,
        "form": typed,
        "qualified": qualified,
        "no_trust_list": qualified and settings.TRUST_LIST is None,
    }
    return render(request, "membership/signed_paper.html", context)


@by_personal_link
@require_POST
@with_form
def print_paper(request: HttpRequest, form: Application) -> HttpResponse:
    """Make the paper that is to be signed."""
    try:
        operations.print_form(form, by=applicant(form), at=timezone.now())
    except RuleRefused as refused:
        say_refusal(request, refused)
    else:
        messages.success(request, _("The paper is ready. Take it away, sign it and bring it back here."))
    return redirect("applicant_answers", "signed-paper")


@by_personal_link
@require_safe
@with_form
def paper(request: HttpRequest, form: Application, which: str) -> HttpResponseBase:
    """A paper of the form: the one to be signed, the one that came back signed, the one that was handed over."""
    papers = {"to-sign": form.paper, "signed": form.signed_file, "handed-over": form.pdf}
    version = papers.get(which)
    return carry(version) if version is not None else void(request)


def carry(version: Version) -> HttpResponseBase:
    """A kept file as it is."""
    return MarkedResponse(
        BytesIO(bytes(version.content)), version.file_name, version.content_type, Marking.MEMBERS
    )
