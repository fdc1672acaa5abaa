"""Addresses of the faces above, known by the names of their routes only."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse


def address(route: str, *parts: Any, **query: Any) -> str:
    """The address of a route with what is asked there, "" where this house has no such page."""
    try:
        path = reverse(route, args=parts)
    except NoReverseMatch:
        return ""
    asked = urlencode({name: value for name, value in query.items() if value})
    return f"{path}?{asked}" if asked else path
