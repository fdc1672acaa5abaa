"""The Secretariat's pages of planning: announce, change, move, cancel, invite, and the steps of a meeting."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from iisg.foundations.access.doing import told, tried
from iisg.foundations.access.doors import SignedInRequest, secretariat_only
from iisg.governance.meetings import operations
from iisg.governance.meetings.agenda_tree import numbered
from iisg.governance.meetings.forms.planning import CancelForm, ConveneForm, MeetingForm, MoveForm, WhereForm
from iisg.governance.meetings.inviting import invited, proposed
from iisg.governance.meetings.meeting_page import announced_dates, head_of
from iisg.governance.meetings.models import AgendaItem, Meeting
from iisg.governance.meetings.views.finding import meeting_seen

FIELD_OF = {
    "no-title": "title",
    "no-place": "place",
    "pillar": "pillar",
    "no-reason": "reason",
    "ends-first": "ends",
    "nobody": "people",
}
"""The field at which a finding stands."""
_EITHER = require_http_methods(["GET", "POST"])


@secretariat_only
@_EITHER
def meeting_new(request: SignedInRequest) -> HttpResponse:
    """Who meets when, and where?"""
    form = MeetingForm(request.POST or None, initial={"body": request.GET.get("body", "")})
    made: list[Meeting] = []

    def plan() -> None:
        said = form.cleaned_data
        plain = {
            name: said[name]
            for name in ("title", "body", "pillar", "zone", "form", "place", "online_at", "note")
        }
        made.append(
            operations.plan_meeting(
                starts_at=form.starts_at, ends_at=form.ends_at, by=request.user, at=timezone.now(), **plain
            )
        )

    if form.is_valid() and tried(form, plan, FIELD_OF):
        return redirect("meeting_agenda", made[0].ref)
    waiting = AgendaItem.objects.visible_to(request.user).filter(meeting=None)
    return render(request, "meetings/new.html", {"form": form, "waiting": waiting})


@secretariat_only
@_EITHER
def meeting_change(request: SignedInRequest, ref: str) -> HttpResponse:
    """What is it called, where is it, how does one take part?"""
    one = meeting_seen(request, ref)
    form = WhereForm(request.POST or None)
    form.begin_with(one)
    if form.is_valid() and tried(
        form,
        lambda: operations.change_meeting(one, by=request.user, at=timezone.now(), **form.cleaned_data),
        FIELD_OF,
    ):
        return redirect("meeting", ref)
    return _page(request, one, "meetings/change.html", form=form)


@secretariat_only
@_EITHER
def meeting_move(request: SignedInRequest, ref: str) -> HttpResponse:
    """Which date does it have now, and why?"""
    one = meeting_seen(request, ref)
    form = MoveForm(request.POST or None)
    form.begin_with(one)

    def move() -> None:
        said = form.cleaned_data
        operations.move_meeting(
            one,
            form.starts_at,
            form.ends_at,
            said["zone"],
            said["reason"],
            by=request.user,
            at=timezone.now(),
        )

    if form.is_valid() and tried(form, move, FIELD_OF):
        return redirect("meeting", ref)
    told_of = len(invited(one)[0])
    return _page(request, one, "meetings/move.html", form=form, dates=announced_dates(one), told_of=told_of)


@secretariat_only
@_EITHER
def meeting_cancel(request: SignedInRequest, ref: str) -> HttpResponse:
    """Why does it not take place?"""
    one = meeting_seen(request, ref)
    form = CancelForm(request.POST or None)
    if form.is_valid() and tried(
        form,
        lambda: operations.cancel_meeting(
            one, form.cleaned_data["reason"], by=request.user, at=timezone.now()
        ),
        FIELD_OF,
    ):
        return redirect("meeting", ref)
    carried = one.items.exclude(about="")
    return _page(
        request, one, "meetings/cancel.html", form=form, told_of=len(invited(one)[0]), carried=carried
    )


@secretariat_only
@_EITHER
def meeting_convene(request: SignedInRequest, ref: str) -> HttpResponse:
    """Whom do the invitations go to?"""
    one = meeting_seen(request, ref)
    form = ConveneForm(request.POST or None)
    form.begin_with(*proposed(one, timezone.localdate()))

    def convene() -> None:
        operations.convene_meeting(
            one,
            form.addressees("people"),
            copies=form.addressees("copies"),
            by=request.user,
            at=timezone.now(),
        )

    if form.is_valid() and tried(form, convene, FIELD_OF):
        return redirect("meeting", ref)
    return _page(request, one, "meetings/convene.html", form=form, lines=numbered(one.items.all()))


@secretariat_only
@require_POST
def meeting_deed(request: SignedInRequest, ref: str, deed: str) -> HttpResponse:
    """The steps that need nothing but a button."""
    one = meeting_seen(request, ref)
    deeds: dict[str, tuple[Callable[..., object], str]] = {
        "adopt-agenda": (operations.adopt_agenda, _("The agenda is adopted; what comes now is a late item.")),
        "hold": (operations.hold_meeting, _("It is recorded as held.")),
        "draft": (operations.draft_minutes, _("The minutes are begun with what is known.")),
        "close": (operations.close_meeting, _("The meeting is closed.")),
    }
    if deed not in deeds:
        raise Http404
    verb, done = deeds[deed]
    made = told(request, lambda: verb(one, by=request.user, at=timezone.now()), done)
    to = {"hold": "meeting_attendance", "draft": "meeting_minutes"}
    return redirect(to.get(deed, "meeting") if made or deed == "hold" else "meeting", ref)


def _page(request: SignedInRequest, one: Meeting, template: str, **more: object) -> HttpResponse:
    return render(request, template, {"meeting": one, "head": head_of(one, timezone.now()), **more})
