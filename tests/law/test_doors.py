"""Gate one: no address without a door."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver, path

from iisg.foundations.access import doors
from iisg.foundations.access.checks import KEEPS_ITS_OWN_DOOR, doorless
from tests.law.house import told

CURE = "put one of iisg.foundations.access.doors directly on the view: @open_to_all, @members_only, …"
ACCEPTED = ("allauth.", "django.contrib.admin", "django.views.i18n")
"""Libraries whose views guard themselves; a new one needs a decision in docs/adr first."""


def nobodys(request: HttpRequest) -> HttpResponse:
    """A view that somebody forgot to close."""
    return HttpResponse()


def test_every_address_has_a_door() -> None:
    breaches = [f"'{address}' leads to {view}" for address, view in doorless(get_resolver().url_patterns)]
    assert not breaches, told(breaches, CURE)


def test_only_decided_libraries_keep_their_own_door() -> None:
    assert set(KEEPS_ITS_OWN_DOOR) <= set(ACCEPTED), (
        "Cure: write an ADR, then add the library to ACCEPTED here."
    )


def test_the_law_sees_a_view_without_a_door() -> None:
    patterns = [path("left-open", nobodys), path("closed", doors.members_only(nobodys))]
    assert [address for address, _ in doorless(patterns)] == ["left-open"]
