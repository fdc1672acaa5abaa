"""What every page knows about the reader and the mode of the house."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.roles import Can


def house(request: HttpRequest) -> dict[str, Any]:
    """`demo_banner`, `powers` (set of words) and `offices` of the signed-in person."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    powers = user.powers if signed_in and isinstance(user, Actor) else frozenset[Can]()
    return {
        "demo_banner": settings.DEMO,
        "powers": frozenset(power.value for power in powers),
        "offices": getattr(user, "current_appointments", []) if signed_in else [],
    }
