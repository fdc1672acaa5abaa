"""Silent written procedures: the live page, a seat's position, what the Secretariat does to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from iisg.foundations.access.doing import told, tried
from iisg.foundations.access.doors import (
    SignedInRequest,
    board_room_only,
    seat_holders_only,
    secretariat_only,
)
from iisg.foundations.accounts.freshness import is_fresh
from iisg.governance.board import operations
from iisg.governance.board.forms import HINTS, ExtendForm, OnBehalfForm, PositionForm, ProofForm
from iisg.governance.board.history import happenings
from iisg.governance.board.models import Position, SeatHolder, Silence
from iisg.governance.board.silence_page import shown
from iisg.governance.board.unreadable import unreadable
from iisg.governance.board.wording import moment_in_words


@board_room_only
@require_safe
def silence(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where does the procedure stand, and what is still missing?"""
    one, at = _silence(request, pk), timezone.now()
    own = _own_holder(request, one)
    if own is not None and one.is_running:
        operations.note_read(one, own.seat, by=request.user, at=at)
        one = _silence(request, pk)
    subjects = [f"board.silence:{one.ref}"]
    context = {
        "page": shown(one, at),
        "silence": one,
        "own": own,
        "at": at,
        "happened": happenings(subjects),
        "comments": one.proposal.comments.select_related("organisation"),
        "periods": one.periods.all(),
        "opened": moment_in_words(one.opened_at),
    }
    if request.headers.get("HX-Request"):
        return render(request, "board/silence_live.html", context)
    if "run_silences" in request.user.powers:
        context |= {
            "extend_form": ExtendForm(),
            "proof_form": ProofForm(),
            "behalf_form": OnBehalfForm(initial={"digest": one.digest}),
        }
    return render(request, "board/silence.html", context)


@seat_holders_only
@require_http_methods(["GET", "POST"])
def position(request: SignedInRequest, pk: int) -> HttpResponse:
    """What does your seat say? It takes less than a minute, after a fresh sign-in."""
    one, at = _silence(request, pk), timezone.now()
    if not is_fresh(request, settings.BOARD_FRESH_SIGN_IN, at):
        if request.POST.get("deed") != "sign-in-again":
            return render(request, "board/sign_in_again.html", {"silence": one})
        path = request.get_full_path()
        logout(request)
        return redirect_to_login(path)
    own = _own_holder(request, one)
    if own is None:
        messages.error(request, _("You do not speak for a seat of the Board."))
        return redirect("silence", pk)
    operations.note_read(one, own.seat, by=request.user, at=at)
    form = PositionForm(request.POST or None, initial={"digest": one.digest})
    taken: list[Position] = []
    if form.is_valid() and tried(form, lambda: taken.append(_take(request, one, own, form, at))):
        if taken[0].late:
            messages.error(
                request, _("The period has ended. What you sent is kept as late and changes nothing.")
            )
        else:
            messages.success(
                request, _("Your position is recorded; you and your seat's other head have a receipt.")
            )
        return redirect("silence", pk)
    context = {
        "page": shown(_silence(request, pk), at),
        "silence": one,
        "own": own,
        "form": form,
        "hints": HINTS,
    }
    return render(request, "board/position.html", context)


def _take(
    request: SignedInRequest, one: Silence, own: SeatHolder, form: PositionForm, at: datetime
) -> Position:
    said = form.cleaned_data
    return operations.take_position(
        one, own, said["value"], said["reason"], said["digest"], by=request.user, at=at
    )


@secretariat_only
@require_POST
def silence_deed(request: SignedInRequest, pk: int, deed: str) -> HttpResponse:
    """Extend, prove a notice, go on after a stop, withdraw, move to a meeting, type for a seat."""
    one = _silence(request, pk)
    deeds: dict[str, Callable[[SignedInRequest, Silence], None]] = {
        "extend": _extend,
        "prove": _prove,
        "resume": _resume,
        "withdraw": _withdraw,
        "move": _move,
        "behalf": _on_behalf,
    }
    if deed not in deeds:
        raise Http404
    deeds[deed](request, one)
    return redirect("silence", pk)


def _extend(request: SignedInRequest, one: Silence) -> None:
    form = ExtendForm(request.POST)
    if not form.is_valid():
        return unreadable(request, form)
    said, zone = form.cleaned_data, ZoneInfo(settings.TIME_ZONE)
    ends_at = datetime.combine(said["day"], one.ends_at.astimezone(zone).time(), zone)
    told(
        request,
        lambda: operations.extend_silence(one, ends_at, said["reason"], by=request.user, at=timezone.now()),
        _("The end is moved; all seats are told."),
    )
    return None


def _prove(request: SignedInRequest, one: Silence) -> None:
    form = ProofForm(request.POST)
    if not form.is_valid():
        return unreadable(request, form)
    said = form.cleaned_data
    told(
        request,
        lambda: operations.record_proof(one, said["seat"], said["note"], by=request.user, at=timezone.now()),
        _("The proof is recorded."),
    )
    return None


def _on_behalf(request: SignedInRequest, one: Silence) -> None:
    form = OnBehalfForm(request.POST)
    if not form.is_valid():
        return unreadable(request, form)
    said = form.cleaned_data
    told(
        request,
        lambda: operations.take_position_on_behalf(
            one,
            said["seat"],
            said["value"],
            said["reason"],
            said["digest"],
            said["speaker"],
            by=request.user,
            at=timezone.now(),
        ),
        _("The position is recorded, shown as typed by the Secretariat; the seat has a receipt."),
    )
    return None


def _resume(request: SignedInRequest, one: Silence) -> None:
    _for_a_reason(
        request, one, operations.resume_silence, _("A new full period runs; all seats have a new notice.")
    )


def _withdraw(request: SignedInRequest, one: Silence) -> None:
    _for_a_reason(
        request, one, operations.withdraw_silence, _("The procedure is withdrawn; all seats are told.")
    )


def _move(request: SignedInRequest, one: Silence) -> None:
    _for_a_reason(
        request, one, operations.move_to_meeting, _("The question goes to a meeting; all seats are told.")
    )


def _for_a_reason(request: SignedInRequest, one: Silence, deed: Callable[..., Silence], done: str) -> None:
    reason = request.POST.get("reason", "")
    told(request, lambda: deed(one, reason, by=request.user, at=timezone.now()), done)


def _own_holder(request: SignedInRequest, one: Silence) -> SeatHolder | None:
    """The office in which the reader speaks for a seat of this procedure."""
    held = SeatHolder.objects.on(timezone.localdate()).filter(email__iexact=request.user.email)
    rostered = held.filter(seat__rostered__silence=one, seat__organisation__in=request.user.organisation_keys)
    return rostered.select_related("seat__organisation").first()


def _silence(request: SignedInRequest, pk: int) -> Silence:
    return get_object_or_404(Silence.objects.visible_to(request.user).with_log(), pk=pk)
