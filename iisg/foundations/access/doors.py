"""The first gate: every view carries a door, and a system check fails the house where one is missing (design.md 5)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.roles import Can

View = Callable[..., HttpResponseBase]
DOOR = "iisg_door"


class SignedInRequest(HttpRequest):
    """A request that has passed a door for signed-in people: `user` is an Actor."""

    user: Any


def _hang(view: View, name: str, allows: Callable[[Actor], bool] | None) -> View:
    """Wrap the view; `allows` None opens to everybody, otherwise asks for sign-in first and then for the power."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if allows is not None:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not allows(request.user):
                raise PermissionDenied
        return view(request, *args, **kwargs)

    setattr(door, DOOR, name)
    return door


def keep_no_copy(get_response: View) -> View:
    """Middleware: no browser and no proxy keeps a copy, but of what an open door shows to a visitor without a name.

    It stands outside of the doors, so that refusals, misses and the libraries' own pages are covered too.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        view = request.resolver_match.func if request.resolver_match else None
        if request.user.is_authenticated or getattr(view, DOOR, "") != open_to_all.__name__:
            patch_cache_control(response, no_store=True)
        return response

    return answer


def open_to_all(view: View) -> View:
    """Everybody may knock: the public site."""
    return _hang(view, "open_to_all", None)


def by_personal_link(view: View) -> View:
    """Whoever holds a personal link of ours; the view looks it up and says so where it is void. Nothing is kept."""
    return _hang(view, "by_personal_link", None)


def signed_in_only(view: View) -> View:
    """Anybody who has signed in, whatever the office (their own pages)."""
    return _hang(view, "signed_in_only", lambda actor: True)


def members_only(view: View) -> View:
    """Members' people and the Secretariat: needs and analysis stay with members (rules.md 7)."""
    return _hang(view, "members_only", lambda actor: Can.READ_NEEDS in actor.powers)


def reporters_only(view: View) -> View:
    """Those who may send records in: focal points, national coordinators, the Secretariat."""
    return _hang(view, "reporters_only", lambda actor: Can.IMPORT_OWN_RECORDS in actor.powers)


def secretariat_only(view: View) -> View:
    """The Secretariat's own desk: judging, matching, rounds."""
    return _hang(view, "secretariat_only", lambda actor: Can.JUDGE_RESPONSES in actor.powers)


def seat_holders_only(view: View) -> View:
    """Who speaks for a seat of the Board: representatives and alternates, and the Secretariat on their behalf."""
    return _hang(view, "seat_holders_only", lambda actor: Can.TAKE_POSITIONS in actor.powers)


def board_room_only(view: View) -> View:
    """Readers of the Board's papers: Board Members, alternates, observers, the Secretariat (methodology 1; S4)."""
    return _hang(view, "board_room_only", lambda actor: Can.READ_LISTS in actor.powers)
