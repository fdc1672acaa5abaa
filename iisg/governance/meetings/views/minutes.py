"""Minutes, from the first draft to their approval, and the action points."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from iisg.foundations.access.carrying import MarkedResponse
from iisg.foundations.access.doing import told, tried
from iisg.foundations.access.doors import SignedInRequest, members_only, secretariat_only
from iisg.foundations.core.handling import Marking
from iisg.governance.meetings import operations
from iisg.governance.meetings.forms.after import AmendForm, ApproveForm, CirculateForm, FrameForm, PointForm
from iisg.governance.meetings.inviting import invited
from iisg.governance.meetings.meeting_page import agenda_for, attendance_of, head_of, points_of
from iisg.governance.meetings.models import ActionPoint, Meeting
from iisg.governance.meetings.views.finding import meeting_seen

FIELD_OF = {
    "due-past": "due_on",
    "no-reason": "why",
    "no-way": "how",
    "future": "approved_on",
    "before": "approved_on",
    "silence-runs": "approved_on",
}
POINT_FIELD_OF = {"no-deed": "what", "no-owner": "organisation"}
TIME_FOR_COMMENTS = timedelta(days=14)


@members_only
@require_safe
def meeting_minutes(request: SignedInRequest, ref: str) -> HttpResponse:
    """What do the minutes say? Members read them once they are circulated."""
    one, runs = meeting_seen(request, ref), "run_meetings" in request.user.powers
    if not one.is_past or not (one.minutes_are_out or runs):
        raise Http404
    context: dict[str, Any] = {
        "meeting": one,
        "head": head_of(one, timezone.now()),
        "agenda": agenda_for(one, request.user),
        "points": points_of(one, timezone.localdate()),
        "editions": one.editions.select_related("paper", "letter").defer("paper__content"),
        **attendance_of(one),
    }
    if runs:
        context["point_form"] = PointForm(day=one.day)
    return render(request, "meetings/minutes.html", context)


@secretariat_only
@require_http_methods(["GET", "POST"])
def minutes_step(request: SignedInRequest, ref: str, step: str) -> HttpResponse:
    """Write what frames them, circulate, open again, enter the approval: one question a page."""
    one = meeting_seen(request, ref)
    steps = _steps(one)
    if step not in steps:
        raise Http404
    make, initial, verb, title, button, move = steps[step]
    form = make(request.POST or None, initial=initial)
    if not one.is_past:
        messages.error(request, _("The meeting is not recorded as held yet."))
        return redirect("meeting", ref)
    if form.is_valid() and tried(
        form, lambda: verb(one, by=request.user, at=timezone.now(), **form.cleaned_data), FIELD_OF
    ):
        return redirect("meeting_minutes", ref)
    context = {
        "meeting": one,
        "head": head_of(one, timezone.now()),
        "form": form,
        "title": title,
        "button": button,
        "step": step,
        "told_of": len(invited(one)[0]) if step == "circulate" else None,
        "allowed": not move or Meeting.flow.allows(one, move),
    }
    return render(request, "meetings/minutes_step.html", context)


_Step = tuple[type[forms.Form], dict[str, Any], Callable[..., object], str, str, str]


def _steps(one: Meeting) -> dict[str, _Step]:
    """The form of each step, what it begins with, its verb, its question, its button, the move that it makes."""
    day = timezone.localdate()
    frame = {"opening": one.minutes_opening, "closing": one.minutes_closing}
    circulate, approve = {"due_on": day + TIME_FOR_COMMENTS}, {"approved_on": day}
    return {
        "frame": (FrameForm, frame, operations.write_minutes, _("How do the minutes begin and end?"), _("Save"), ""),
        "circulate": (
            CirculateForm, circulate, operations.circulate_minutes, _("By when do you want comments?"),
            _("Circulate the minutes"), "circulate",
        ),
        "amend": (
            AmendForm, {}, operations.amend_minutes, _("Why are the minutes opened again?"), _("Open them again"),
            "amend",
        ),
        "approve": (
            ApproveForm, approve, operations.approve_minutes, _("How were the minutes approved?"),
            _("Enter the approval"), "approve",
        ),
    }  # fmt: skip


@members_only
@require_POST
def minutes_paper(request: SignedInRequest, ref: str, number: int) -> MarkedResponse:
    """An edition of the minutes as it was circulated or approved."""
    one = meeting_seen(request, ref)
    edition = get_object_or_404(one.editions.select_related("paper"), number=number)
    paper = edition.paper
    operations.take_paper(paper.file_name, one, by=request.user, at=timezone.now())
    return MarkedResponse(BytesIO(bytes(paper.content)), paper.file_name, paper.content_type, Marking.MEMBERS)


@secretariat_only
@require_POST
def point_new(request: SignedInRequest, ref: str) -> HttpResponse:
    """Note something to be done."""
    one = meeting_seen(request, ref)
    form = PointForm(request.POST, day=one.day)
    if form.is_valid() and tried(
        form, lambda: operations.agree_action_point(one, by=request.user, at=timezone.now(), **form.cleaned_data),
        POINT_FIELD_OF,
    ):  # fmt: skip
        messages.success(request, _("The action point is noted."))
        return redirect("meeting_minutes", ref)
    return render(
        request, "meetings/point.html", {"meeting": one, "head": head_of(one, timezone.now()), "form": form}
    )


@secretariat_only
@require_POST
def point_done(request: SignedInRequest, ref: str, pk: int) -> HttpResponse:
    """Note that something is done."""
    one = meeting_seen(request, ref)
    point = get_object_or_404(ActionPoint.objects.visible_to(request.user), meeting=one, pk=pk)
    at, note = timezone.now(), request.POST.get("note", "")
    day = timezone.localdate()
    done = _("It is noted as done.")
    told(request, lambda: operations.settle_action_point(point, note, day, by=request.user, at=at), done)
    return redirect("meeting", ref)
