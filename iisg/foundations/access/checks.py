"""A view without a door fails the start of the house."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from iisg.foundations.access.doors import DOOR

KEEPS_ITS_OWN_DOOR = ("allauth.", "django.contrib.admin", "django.views.i18n")
"""Libraries whose views guard themselves; each is a decision (docs/adr)."""


def doorless(patterns: Sequence[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, str]]:
    """(address, view) of every pattern below `patterns` that has no door of ours and no accepted library's."""
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from doorless(pattern.url_patterns, address)
            continue
        view: Any = pattern.callback
        module = getattr(view, "__module__", "")
        own = getattr(getattr(view, "view_class", None), "__module__", module)
        if not hasattr(view, DOOR) and not own.startswith(KEEPS_ITS_OWN_DOOR):
            yield address, f"{own}.{getattr(view, '__qualname__', view)}"


@register()
def every_view_has_a_door(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The system check behind gate one."""
    return [
        Error(
            f"The view {view} at '{address}' has no door.",
            hint="Put one of iisg.foundations.access.doors on it: open_to_all, members_only, …",
            id="access.E001",
        )
        for address, view in doorless(get_resolver().url_patterns)
    ]
