"""The brief assessment: written on one page for each criterion, approved by another officer (S10, S13)."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from iisg.foundations.access.carrying import MarkedResponse
from iisg.foundations.access.doors import SignedInRequest, secretariat_only
from iisg.foundations.core.handling import Marking
from iisg.governance.membership import brief, operations
from iisg.governance.membership.assessment_page import assessment_page, versions_of
from iisg.governance.membership.differing import compared
from iisg.governance.membership.doing import told, tried
from iisg.governance.membership.forms.assessments import FindingForm, ReturnForm, SummaryForm
from iisg.governance.membership.models import Assessment, Case, Criterion
from iisg.governance.membership.standing import standing
from iisg.office.documents.models import Version


@secretariat_only
@require_http_methods(["GET", "POST"])
def assessment(request: SignedInRequest, ref: str) -> HttpResponse:
    """Does it fulfil the three criteria, and what is recommended?"""
    case = _case(request, ref)
    versions = versions_of(case)
    returning = ReturnForm(request.POST or None)
    if (
        versions
        and returning.is_valid()
        and tried(
            returning,
            lambda: operations.return_assessment(
                versions[0], returning.cleaned_data["note"], by=request.user, at=timezone.now()
            ),
        )
    ):
        messages.success(request, _("It is with its writer again."))
        return redirect("assessment", ref)
    page = assessment_page(case, versions, request.user, timezone.localdate())
    context = {"case": case, "standing": standing(case), "returning": returning, **page}
    return render(request, "membership/assessment.html", context)


@secretariat_only
@require_POST
def assessment_deed(request: SignedInRequest, ref: str, deed: str) -> HttpResponse:
    """Begin, submit, approve."""
    case, at = _case(request, ref), timezone.now()
    newest = case.assessments.order_by("-number").first()
    if deed == "start":
        told(
            request,
            lambda: operations.start_assessment(case, by=request.user, at=at),
            _("The assessment is begun; write a finding on each criterion."),
        )
    elif newest is not None and deed == "submit":
        told(
            request,
            lambda: operations.submit_assessment(newest, by=request.user, at=at),
            _("It waits for another officer's approval."),
        )
    elif newest is not None and deed == "approve":
        told(
            request,
            lambda: operations.approve_assessment(newest, by=request.user, at=at),
            _("It is approved, its page for the Board is frozen; the case is ready for a list."),
        )
    else:
        raise Http404
    return redirect("assessment", ref)


@secretariat_only
@require_http_methods(["GET", "POST"])
def assessment_part(request: SignedInRequest, ref: str, part: str) -> HttpResponse:
    """What is found on this criterion? Or: the summary and what is recommended."""
    case = _case(request, ref)
    newest = case.assessments.order_by("-number").first()
    if newest is None or part not in (*Criterion.values, "summary"):
        raise Http404
    criterion = Criterion(part) if part != "summary" else None
    form = _form(newest, criterion, request)
    if form.is_valid() and tried(form, lambda: _written(newest, criterion, form, request)):
        return redirect("assessment", ref)
    context = {
        "case": case,
        "standing": standing(case),
        "assessment": newest,
        "form": form,
        "criterion": criterion,
    }
    return render(request, "membership/assessment_part.html", context)


def _form(
    newest: Assessment, criterion: Criterion | None, request: SignedInRequest
) -> FindingForm | SummaryForm:
    said = request.POST or None
    if criterion is None:
        return SummaryForm(said, initial={"summary": newest.summary, "recommendation": newest.recommendation})
    finding = newest.findings.filter(criterion=criterion).first()
    names = ("fulfilled", "evidence", "sources")
    return FindingForm(said, initial={name: getattr(finding, name) for name in names} if finding else None)


def _written(
    newest: Assessment, criterion: Criterion | None, form: FindingForm | SummaryForm, request: SignedInRequest
) -> None:
    by, at = request.user, timezone.now()
    if criterion is None:
        operations.write_summary(newest, **form.cleaned_data, by=by, at=at)
    else:
        operations.find_criterion(newest, criterion, **form.cleaned_data, by=by, at=at)


@secretariat_only
@require_safe
def assessment_compare(request: SignedInRequest, ref: str, former: int, later: int) -> HttpResponse:
    """What changed from one version to another?"""
    case = _case(request, ref)
    one, other = (get_object_or_404(case.assessments, number=number) for number in (former, later))
    context = {
        "case": case,
        "standing": standing(case),
        "former": one,
        "later": other,
        "rows": compared(one, other),
    }
    return render(request, "membership/assessment_compare.html", context)


@secretariat_only
@require_POST
def assessment_brief(request: SignedInRequest, ref: str, number: int) -> MarkedResponse:
    """The page for the Board: as it was frozen, or as it would be now."""
    case = _case(request, ref)
    one = get_object_or_404(case.assessments.select_related("case__organisation"), number=number)
    at = timezone.now()
    name = f"{case.ref}-assessment-{one.number}{'' if one.brief_id else '-draft'}.pdf"
    content = bytes(Version.objects.get(pk=one.brief_id).content) if one.brief_id else brief.as_pdf(one, at)
    operations.take_paper(name, case, by=request.user, at=at)
    return MarkedResponse(BytesIO(content), name, "application/pdf", Marking.MEMBERS)


def _case(request: SignedInRequest, ref: str) -> Case:
    return get_object_or_404(Case.objects.visible_to(request.user).with_facts(), ref=ref)
