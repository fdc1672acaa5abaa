"""The register of decisions."""

from __future__ import annotations

from io import BytesIO

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from iisg.foundations.access.carrying import MarkedResponse
from iisg.foundations.access.doors import SignedInRequest, board_room_only
from iisg.foundations.core.handling import Marking
from iisg.governance.board import operations
from iisg.governance.board.decision_file import as_file
from iisg.governance.board.forms import DecisionFilters
from iisg.governance.board.models import Decision
from iisg.governance.board.proving import package
from iisg.governance.board.wording import moment_in_words

PAGE = 50


@board_room_only
@require_safe
def decisions(request: SignedInRequest) -> HttpResponse:
    """What has the Board decided, by which procedure, in force from when?"""
    filters = DecisionFilters(request.GET or None)
    seen = Decision.objects.visible_to(request.user)
    page = Paginator(filters.chosen() & seen, PAGE).get_page(request.GET.get("page"))
    forms = [("xlsx", _("The register as a workbook")), ("csv", _("The register as CSV"))]
    context = {"form": filters, "page": page, "any": seen.exists(), "forms": forms}
    return render(request, "board/decisions.html", context)


@board_room_only
@require_POST
def decisions_file(request: SignedInRequest, form: str) -> MarkedResponse:
    """The register as a workbook or as CSV, as it was filtered."""
    if form not in ("xlsx", "csv"):
        raise Http404
    found = DecisionFilters(request.GET or None).chosen() & Decision.objects.visible_to(request.user)
    name, content, content_type = as_file(list(found), form, timezone.localdate())
    operations.take_paper(name, "board.decision", by=request.user, at=timezone.now())
    return MarkedResponse(content, name, content_type, Marking.MEMBERS)


@board_room_only
@require_safe
def decision(request: SignedInRequest, number: str) -> HttpResponse:
    """What was decided, on which text, how, and what did each seat say?"""
    one = _decision(request, number)
    context = {"one": one, "moment": moment_in_words(one.decided_at)}
    return render(request, "board/decision.html", context)


@board_room_only
@require_POST
def decision_extract(request: SignedInRequest, number: str) -> MarkedResponse:
    """The certified extract."""
    one = _decision(request, number)
    if one.extract is None:
        raise Http404
    version = one.extract
    operations.take_paper(version.file_name, f"board.decision:{number}", by=request.user, at=timezone.now())
    content = BytesIO(bytes(version.content))
    return MarkedResponse(content, version.file_name, version.content_type, Marking.MEMBERS)


@board_room_only
@require_POST
def decision_package(request: SignedInRequest, number: str) -> MarkedResponse:
    """What proves the decision without this house: events, proofs, text, keys, two verifiers."""
    one = _decision(request, number)
    name = f"{number}-proof.zip"
    content = BytesIO(package(one))
    operations.take_paper(name, f"board.decision:{number}", by=request.user, at=timezone.now())
    return MarkedResponse(content, name, "application/zip", Marking.MEMBERS)


def _decision(request: SignedInRequest, number: str) -> Decision:
    seen = Decision.objects.visible_to(request.user)
    return get_object_or_404(
        seen.select_related("proposal", "silence__rules", "text__version", "extract"), number=number
    )
