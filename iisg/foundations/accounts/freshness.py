"""How recent the sign-in of a session is: what binds others asks for a fresh one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest

OWN = "iisg_signed_in_at"
_ALLAUTH = "account_authentication_methods"


def stamp(request: HttpRequest, at: datetime) -> None:
    """Note in the session when its sign-in was, where the library does not."""
    request.session[OWN] = at.timestamp()


def is_fresh(request: HttpRequest, within: timedelta, at: datetime) -> bool:
    """Whether this session's own sign-in, or its last confirmation, lies no longer back than that."""
    moments = [request.session.get(OWN, 0.0)]
    moments += [method.get("at", 0.0) for method in request.session.get(_ALLAUTH, [])]
    return bool(at.timestamp() - max(moments) <= within.total_seconds())
