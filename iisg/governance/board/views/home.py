"""The Board's own page, its seats, its rules."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from iisg.foundations.access.doing import told, tried
from iisg.foundations.access.doors import SignedInRequest, board_room_only, secretariat_only
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.models import Appointment
from iisg.governance.board import operations
from iisg.governance.board.forms import ChairForm, HolderForm, RulesForm
from iisg.governance.board.models import (
    Chair,
    DayOff,
    Decision,
    Proposal,
    ProposalState,
    RuleSet,
    Seat,
    SeatHolder,
    Silence,
)
from iisg.governance.board.silence_page import shown

RECENT = 5


@board_room_only
@require_safe
def board(request: SignedInRequest) -> HttpResponse:
    """What is before the Board, and what is still missing?"""
    at = timezone.now()
    running = Silence.objects.visible_to(request.user).running().with_log()
    before = Proposal.objects.visible_to(request.user).filter(state=ProposalState.BEFORE_BOARD)
    context = {
        "running": [shown(one, at) for one in running],
        "meeting": before.exclude(silences__in=running),
        "decisions": Decision.objects.visible_to(request.user)[:RECENT],
        "seats": Seat.objects.exists(),
        "own": Seat.objects.spoken_for_by(request.user.email, timezone.localdate()).first(),
        "at": at,
    }
    return render(request, "board/board.html", context)


def _as_of(request: SignedInRequest) -> date:
    try:
        return parse_date(request.GET.get("on", "")) or timezone.localdate()
    except ValueError:
        return timezone.localdate()


@board_room_only
@require_http_methods(["GET", "POST"])
def seats(request: SignedInRequest) -> HttpResponse:
    """Who holds which seat, on any day?"""
    writes = "keep_seats" in request.user.powers
    form = HolderForm(request.POST if writes and "name" in request.POST else None)
    if form.is_valid() and tried(form, lambda: _name(request, form)):
        messages.success(request, _("The seat has its holder."))
        return redirect("seats")
    day = _as_of(request)
    observers = Appointment.objects.on(day).filter(role=Role.OBSERVER, user__is_active=True)
    context = {
        "seats": Seat.objects.visible_to(request.user).with_holders(day),
        "day": day,
        "chair": Chair.objects.filter(valid_from__lte=day).exclude(valid_to__lte=day).first(),
        "observers": observers.select_related("user", "organisation").order_by("organisation__name"),
        "form": form,
        "chair_form": ChairForm(),
        "former": SeatHolder.objects.select_related("seat__organisation").filter(valid_to__isnull=False),
    }
    return render(request, "board/seats.html", context)


def _name(request: SignedInRequest, form: HolderForm) -> None:
    said = form.cleaned_data
    operations.name_holder(
        said["seat"],
        said["capacity"],
        said["name"],
        said["named_by"],
        said["valid_from"],
        by=request.user,
        at=timezone.now(),
        email=said["email"],
    )


@secretariat_only
@require_POST
def seats_deed(request: SignedInRequest, deed: str) -> HttpResponse:
    """Set the seven seats up, name the chair, end a term."""
    at, by = timezone.now(), request.user
    if deed == "open":
        told(request, lambda: operations.open_seats(by=by, at=at), _("The seven seats are set up."))
    elif deed == "chair":
        form = ChairForm(request.POST)
        if form.is_valid():
            said = form.cleaned_data
            told(
                request,
                lambda: operations.name_chair(
                    said["name"], said["named_by"], said["valid_from"], by=by, at=at
                ),
                _("The Board has its chair."),
            )
        else:
            messages.error(request, _("Give name, paper and day of the chair."))
    else:
        key = request.POST.get("holder", "")
        holder = get_object_or_404(SeatHolder, pk=key if key.isdigit() else 0)
        day = timezone.localdate()
        told(request, lambda: operations.end_holder(holder, day, by=by, at=at), _("The term has ended."))
    return redirect("seats")


@board_room_only
@require_http_methods(["GET", "POST"])
def rules(request: SignedInRequest) -> HttpResponse:
    """By which rules does silence run? They are not public, so they are settings with a version."""
    now = RuleSet.objects.latest("version")
    form = RulesForm(request.POST or None, initial={**vars(now), "ends_at": now.ends_at, "note": ""})
    ready = bool(request.POST) and "keep_seats" in request.user.powers and form.is_valid()
    if ready and tried(
        form, lambda: operations.set_rules(**form.cleaned_data, by=request.user, at=timezone.now())
    ):
        messages.success(request, _("The next version holds for procedures that are opened from now on."))
        return redirect("board_rules")
    context = {
        "form": form,
        "versions": RuleSet.objects.all(),
        "days_off": DayOff.objects.all(),
        "seats": Seat.objects.select_related("organisation"),
        "zone": settings.TIME_ZONE,
    }
    return render(request, "board/rules.html", context)
