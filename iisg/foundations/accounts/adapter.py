"""Nobody signs up by themselves: an account follows from a nomination or an appointment."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitationOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes allauth's sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never (methodology 2.1: accounts only once a focal point is nominated)."""
        return False
