"""The register of cases, and one case: overview, form, letters, record (methodology 2.1)."""

from __future__ import annotations

from io import BytesIO

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from iisg.foundations.access.carrying import MarkedResponse
from iisg.foundations.access.doors import SignedInRequest, secretariat_only
from iisg.foundations.core.handling import Marking
from iisg.governance.membership import operations, rules
from iisg.governance.membership.case_page import file_of, overview, received
from iisg.governance.membership.case_register import find_cases, in_order, lines_of
from iisg.governance.membership.doing import told, tried
from iisg.governance.membership.forms.cases import (
    CaseFilters,
    InformForm,
    NoteForm,
    OpenCaseForm,
    WithdrawForm,
)
from iisg.governance.membership.history import happenings
from iisg.governance.membership.models import Case, Route
from iisg.governance.membership.standing import standing
from iisg.office.letters.models import Letter

PAGE = 50
ROUTE_REFUSED = ("partner", "institution", "not-an-agency", "agency", "kind")
FIELD_OF = {
    **dict.fromkeys(ROUTE_REFUSED, "route"),
    "not-automatic": "ground",
    "open-case": "organisation",
    "member": "organisation",
    "no-basis": "basis",
    "future": "received_on",
    **dict.fromkeys(("no-evidence", "sort", "empty", "too-large", "not-what-it-says"), "file"),
}
"""The field at which a finding about a new case stands."""


@secretariat_only
@require_safe
def cases(request: SignedInRequest) -> HttpResponse:
    """Which cases are there, and whose turn is it?"""
    filters = CaseFilters(request.GET)
    found = find_cases(filters, request.user, timezone.localdate())
    ordered = in_order(found.with_facts(), request.GET.get("sort", ""))
    page = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": filters,
        "page": page,
        "lines": lines_of(page.object_list),
        "any": Case.objects.exists(),
    }
    return render(request, "membership/cases.html", context)


@secretariat_only
@require_http_methods(["GET", "POST"])
def case_new(request: SignedInRequest) -> HttpResponse:
    """Which organisation notifies, or is a member by its ground?"""
    form = OpenCaseForm(request.POST or None, request.FILES or None, day=timezone.localdate())
    opened: list[Case] = []
    if form.is_valid() and tried(form, lambda: opened.append(_open(request, form)), FIELD_OF):
        return redirect("case", opened[0].ref)
    return render(request, "membership/case_new.html", {"form": form})


def _open(request: SignedInRequest, form: OpenCaseForm) -> Case:
    said, at = form.cleaned_data, timezone.now()
    name, content = said["file"].name, said["file"].read()
    if said["route"] == Route.NOTIFICATION:
        return operations.take_notification(
            said["organisation"], said["basis"], said["received_on"], name, content, by=request.user, at=at
        )
    return operations.take_ground(
        said["organisation"], said["ground"], said["basis"], name, content, by=request.user, at=at
    )


@secretariat_only
@require_http_methods(["GET", "POST"])
def case(request: SignedInRequest, ref: str) -> HttpResponse:
    """What is this case, what is missing, whose turn is it?"""
    one, day = _case(request, ref), timezone.localdate()
    deed = request.POST.get("deed")
    withdrawing = WithdrawForm(request.POST if deed == "withdraw" else None)
    informing = InformForm(request.POST if deed == "inform" else None, initial={"informed_on": day})
    if withdrawing.is_valid() and tried(
        withdrawing,
        lambda: operations.withdraw_case(
            one, withdrawing.cleaned_data["reason"], by=request.user, at=timezone.now()
        ),
    ):
        return redirect("case", ref)
    if informing.is_valid() and tried(
        informing,
        lambda: operations.inform_board(
            one, informing.cleaned_data["informed_on"], by=request.user, at=timezone.now()
        ),
    ):
        return redirect("case", ref)
    context = {**_about(one), **overview(one, day), "withdrawing": withdrawing, "informing": informing}
    return render(request, "membership/case_overview.html", context)


@secretariat_only
@require_POST
def case_deed(request: SignedInRequest, ref: str, deed: str) -> HttpResponse:
    """One step forward, by one button."""
    verbs = {
        "complete": (operations.complete_case, _("The form is complete; the assessment comes next.")),
        "check": (
            operations.check_agency,
            _("It is an EU Justice and Home Affairs agency; inform the Board."),
        ),
        "confirm": (operations.confirm_ground, _("The ground is confirmed; inform the Board.")),
        "remind": (operations.remind_invited, _("A reminder is on its way.")),
    }
    if deed not in verbs:
        raise Http404
    verb, done = verbs[deed]
    one = _case(request, ref)
    told(request, lambda: verb(one, by=request.user, at=timezone.now()), done)
    return redirect("case", ref)


@secretariat_only
@require_http_methods(["GET", "POST"])
def case_form(request: SignedInRequest, ref: str) -> HttpResponse:
    """What did the applicant hand over, and is anything missing?"""
    one = _case(request, ref)
    form = getattr(one, "application", None)
    note = NoteForm(request.POST or None)
    if (
        form is not None
        and note.is_valid()
        and tried(
            note,
            lambda: operations.hand_back(one, note.cleaned_data["note"], by=request.user, at=timezone.now()),
        )
    ):
        return redirect("case", ref)
    context = {**_about(one), "form": form, "note": note}
    if form is not None:
        context |= received(form)
        context["missing"] = list(rules.may_complete(one)) if one.state == "expressed" else []
        context["may_hand_back"] = Case.flow.allows(one, "hand_back") and form.state == "submitted"
    return render(request, "membership/case_form.html", context)


@secretariat_only
@require_POST
def case_file(request: SignedInRequest, ref: str, what: str) -> MarkedResponse:
    """The form as it was handed over, the signed file, the evidence."""
    one = _case(request, ref)
    version = file_of(one, what)
    if version is None:
        raise Http404
    operations.take_paper(version.file_name, one, by=request.user, at=timezone.now())
    content = BytesIO(bytes(version.content))
    return MarkedResponse(content, version.file_name, version.content_type, Marking.MEMBERS)


@secretariat_only
@require_safe
def case_letters(request: SignedInRequest, ref: str) -> HttpResponse:
    """What was written about this case, to whom, and did it arrive?"""
    one = _case(request, ref)
    letters = Letter.objects.about(one).prefetch_related("recipients__deliveries")
    return render(request, "membership/case_letters.html", {**_about(one), "letters": letters})


@secretariat_only
@require_safe
def case_record(request: SignedInRequest, ref: str) -> HttpResponse:
    """What happened, step by step, with the seals?"""
    one = _case(request, ref)
    form = getattr(one, "application", None)
    subjects = [f"membership.case:{one.ref}", *([f"membership.application:{form.pk}"] if form else [])]
    context = {**_about(one), "happened": happenings(subjects, whole=True), "seals": True}
    return render(request, "membership/case_record.html", context)


def _about(one: Case) -> dict[str, object]:
    """What every page of a case shows at its head."""
    return {"case": one, "standing": standing(one)}


def _case(request: SignedInRequest, ref: str) -> Case:
    return get_object_or_404(Case.objects.visible_to(request.user).with_facts(), ref=ref)
