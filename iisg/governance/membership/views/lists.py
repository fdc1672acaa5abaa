"""Lists to the Board: drawn up by the Secretariat, read by the Board, decided line by line (S13, S14)."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from iisg.foundations.access.carrying import MarkedResponse
from iisg.foundations.access.doors import SignedInRequest, board_room_only, secretariat_only
from iisg.foundations.core.handling import Marking
from iisg.governance.membership import operations
from iisg.governance.membership.doing import told, tried
from iisg.governance.membership.foreseen import consequences
from iisg.governance.membership.forms.lists import (
    AddCasesForm,
    DecisionForm,
    ListFilters,
    NewListForm,
    PutForm,
)
from iisg.governance.membership.forms.prospects import ReasonForm
from iisg.governance.membership.history import happenings
from iisg.governance.membership.list_page import find_lists, lines_of
from iisg.governance.membership.models import BoardList, ListState
from iisg.governance.membership.proposed import proposal_of
from iisg.governance.membership.rules import may_decide, may_put
from iisg.office.documents.models import Version

PAGE = 50
FIELD_OF = {
    "no-number": "decision_number",
    "same-number": "decision_number",
    "future": "decided_on",
    "before-decision": "effective_on",
    **dict.fromkeys(("no-evidence", "sort", "empty", "too-large", "not-what-it-says"), "file"),
}
"""The field at which a finding about a decision stands."""


@board_room_only
@require_http_methods(["GET", "POST"])
def lists(request: SignedInRequest) -> HttpResponse:
    """Which potential members are before the Board, and what was decided?"""
    filters = ListFilters(request.GET)
    new = NewListForm(request.POST or None)
    drawn: list[BoardList] = []
    if new.is_valid() and tried(
        new,
        lambda: drawn.append(
            operations.draw_up_list(new.cleaned_data["title"], by=request.user, at=timezone.now())
        ),
    ):
        return redirect("list", drawn[0].ref)
    seen = BoardList.objects.visible_to(request.user)
    page = Paginator(find_lists(filters, seen), PAGE).get_page(request.GET.get("page"))
    context = {"form": filters, "new": new, "page": page, "any": seen.exists()}
    return render(request, "membership/lists.html", context)


@board_room_only
@require_safe
def board_list(request: SignedInRequest, ref: str) -> HttpResponse:
    """Who is on this list, what does the Secretariat recommend, what did the Board decide?"""
    one = _list(request, ref)
    context = {"list": one, "lines": lines_of(one), "proposal": proposal_of(one)}
    if "write_cases" in request.user.powers:
        context |= {
            "adding": AddCasesForm(),
            "putting": PutForm(),
            "reason_form": ReasonForm(),
            "missing": list(may_put(one)) if one.state == ListState.DRAWN_UP else [],
            "happened": happenings([f"membership.boardlist:{one.ref}"]),
        }
    return render(request, "membership/list.html", context)


@secretariat_only
@require_POST
def list_deed(request: SignedInRequest, ref: str, deed: str) -> HttpResponse:
    """Add, take off, order, put, take back, withdraw."""
    one = _list(request, ref)
    deeds: dict[str, Callable[[SignedInRequest, BoardList], None]] = {
        "add": _add,
        "off": _take_off,
        "order": _order,
        "put": _put,
        "take-back": _take_back,
        "withdraw": _withdraw,
    }
    if deed not in deeds:
        raise Http404
    deeds[deed](request, one)
    return redirect("list", ref)


def _add(request: SignedInRequest, one: BoardList) -> None:
    form = AddCasesForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose at least one case."))
        return

    def add() -> None:
        for case in form.cleaned_data["cases"]:
            operations.list_case(one, case, by=request.user, at=timezone.now())

    told(request, add, _("The list is longer by %(count)d.") % {"count": len(form.cleaned_data["cases"])})


def _take_off(request: SignedInRequest, one: BoardList) -> None:
    key = request.POST.get("line", "")
    line = get_object_or_404(one.lines.select_related("case"), pk=key if key.isdigit() else 0)
    done = _("%(case)s is off the list.") % {"case": line.case.ref}
    told(request, lambda: operations.unlist_case(line, by=request.user, at=timezone.now()), done)


def _order(request: SignedInRequest, one: BoardList) -> None:
    said = {line.pk: request.POST.get(f"place_{line.pk}", "") for line in one.lines.all()}
    places = {
        key: int(text) for key, text in said.items() if text.isascii() and text.isdigit() and len(text) < 5
    }
    told(
        request,
        lambda: operations.order_lines(one, places, by=request.user, at=timezone.now()),
        _("The lines stand in that order."),
    )


def _put(request: SignedInRequest, one: BoardList) -> None:
    procedure = request.POST.get("put-procedure", "")
    said = request.POST.get("put-working_group", "")
    told(
        request,
        lambda: operations.put_list(one, procedure, by=request.user, at=timezone.now(), working_group=said),
        _("The list is before the Board; its paper is frozen."),
    )


def _take_back(request: SignedInRequest, one: BoardList) -> None:
    _for_a_reason(request, one, operations.take_back_list, _("The list is taken back and can be changed."))


def _withdraw(request: SignedInRequest, one: BoardList) -> None:
    done = _("The list is withdrawn; its cases are free for another one.")
    _for_a_reason(request, one, operations.withdraw_list, done)


def _for_a_reason(
    request: SignedInRequest, one: BoardList, deed: Callable[..., BoardList], done: str
) -> None:
    reason = request.POST.get("reason", "")
    told(request, lambda: deed(one, reason, by=request.user, at=timezone.now()), done)


@secretariat_only
@require_http_methods(["GET", "POST"])
def list_decision(request: SignedInRequest, ref: str) -> HttpResponse:
    """What did the Board decide of each line? Then: this is what will happen. Then it is carried out."""
    one = _list(request, ref)
    if one.state != ListState.PUT:
        messages.error(request, _("The list is not before the Board."))
        return redirect("list", ref)
    lines = lines_of(one)
    form = DecisionForm(
        request.POST or None,
        request.FILES or None,
        lines=lines,
        day=timezone.localdate(),
        attached=one.evidence_id is not None,
    )
    asked = [(line, form[f"outcome_{line.pk}"], form[f"reason_{line.pk}"]) for line in lines]
    context = {"list": one, "form": form, "lines": asked}
    sound = (
        form.is_valid() and tried(form, lambda: _examined(request, one, form), FIELD_OF) and form.is_valid()
    )
    one.refresh_from_db()
    deed = request.POST.get("deed")
    if not sound or deed == "change":
        return render(request, "membership/decision.html", context)
    said = form.cleaned_data
    if deed == "carry-out" and tried(form, lambda: _decide(request, one, form), FIELD_OF):
        done = _("The decision %(number)s is recorded and carried out.")
        messages.success(request, done % {"number": said["decision_number"]})
        return redirect("list", ref)
    foreseen = consequences(one, form.outcomes(), said["effective_on"], timezone.now())
    return render(
        request, "membership/decision_foreseen.html", {**context, "foreseen": foreseen, "said": said}
    )


def _examined(request: SignedInRequest, one: BoardList, form: DecisionForm) -> None:
    """Keep the file that came with the form, then ask the rules as carrying out will."""
    said, at = form.cleaned_data, timezone.now()
    if said["file"] is not None:
        one = operations.attach_conclusions(
            one, said["file"].name, said["file"].read(), by=request.user, at=at
        )
    findings = may_decide(
        one,
        form.outcomes(),
        said["decision_number"],
        said["decided_on"],
        said["effective_on"],
        one.evidence,
        timezone.localdate(),
    )
    for finding in findings:
        form.add_error(
            FIELD_OF.get(finding.code.partition(".")[2]), f"{finding.message} {finding.cure}".strip()
        )


def _decide(request: SignedInRequest, one: BoardList, form: DecisionForm) -> None:
    said = form.cleaned_data
    operations.record_decision(
        one,
        form.outcomes(),
        said["decision_number"],
        said["decided_on"],
        said["effective_on"],
        one.evidence,
        by=request.user,
        at=timezone.now(),
    )


@board_room_only
@require_POST
def list_paper(request: SignedInRequest, ref: str) -> MarkedResponse:
    """The paper that was put to the Board."""
    one = _list(request, ref)
    return _paper(request, one, one.paper_id)


@board_room_only
@require_POST
def list_brief(request: SignedInRequest, ref: str, line: int) -> MarkedResponse:
    """The brief assessment of one line on its page."""
    one = _list(request, ref)
    found = get_object_or_404(one.lines.select_related("assessment"), pk=line)
    return _paper(request, one, found.assessment.brief_id)


@secretariat_only
@require_POST
def list_conclusions(request: SignedInRequest, ref: str) -> MarkedResponse:
    """The signed conclusions."""
    one = _list(request, ref)
    return _paper(request, one, one.evidence_id)


def _paper(request: SignedInRequest, one: BoardList, key: int | None) -> MarkedResponse:
    if key is None:
        raise Http404
    version = Version.objects.get(pk=key)
    operations.take_paper(version.file_name, one, by=request.user, at=timezone.now())
    content = BytesIO(bytes(version.content))
    return MarkedResponse(content, version.file_name, version.content_type, Marking.MEMBERS)


def _list(request: SignedInRequest, ref: str) -> BoardList:
    return get_object_or_404(BoardList.objects.visible_to(request.user), ref=ref)
