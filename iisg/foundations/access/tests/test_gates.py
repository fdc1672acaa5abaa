"""Who may do what: the roles' powers, the doors, the permits."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch, path

from iisg.foundations.access import doors
from iisg.foundations.access.actors import CLOCK, HOUSE, PUBLIC, Actor, HouseActor
from iisg.foundations.access.checks import doorless
from iisg.foundations.access.permits import RuleRefused, can, require
from iisg.foundations.access.roles import GRANTS, Can, Role
from iisg.foundations.access.seeing import sees
from iisg.foundations.core.findings import Finding, Grade


class Person(HouseActor):
    """An actor that has signed in."""

    is_authenticated = True


def somebody(role: Role) -> Person:
    return Person(str(role), GRANTS[role])


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


@pytest.mark.parametrize(
    ("door", "may_enter"),
    [
        (doors.members_only, set(Role) - {Role.APPLICANT, Role.ADMINISTRATOR}),
        (doors.signed_in_only, set(Role)),
        (doors.reporters_only, {Role.FOCAL_POINT, Role.NATIONAL_COORDINATOR, Role.SECRETARIAT}),
        (doors.secretariat_only, {Role.SECRETARIAT}),
    ],
)
def test_each_door_lets_in_exactly_its_roles(rf: RequestFactory, door: Any, may_enter: set[Role]) -> None:
    request = rf.get("/needs/")
    request.user = AnonymousUser()
    turned_away = door(page)(request)
    assert turned_away.status_code == 302
    assert "/accounts/login/?next=/needs/" in turned_away["Location"]
    for role in Role:
        request.user = somebody(role)  # type: ignore[assignment]
        if role in may_enter:
            assert door(page)(request).content == b"inside"
        else:
            with pytest.raises(PermissionDenied):
                door(page)(request)


def test_the_public_door_is_open(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    assert doors.open_to_all(page)(request).status_code == 200


@pytest.mark.parametrize(
    ("view", "user", "kept"),
    [
        (doors.open_to_all(page), AnonymousUser(), True),
        (doors.open_to_all(page), somebody(Role.APPLICANT), False),
        (doors.members_only(page), AnonymousUser(), False),
        (page, AnonymousUser(), False),
        (None, AnonymousUser(), False),
    ],
)
def test_only_what_everybody_sees_may_be_kept(rf: RequestFactory, view: Any, user: Any, kept: bool) -> None:
    request = rf.get("/")
    request.user = user
    request.resolver_match = view and ResolverMatch(view, (), {})
    answer = doors.keep_no_copy(page)(request)
    assert ("no-store" in answer.get("Cache-Control", "")) is not kept


def test_a_view_without_a_door_is_found() -> None:
    assert [
        address for address, _ in doorless([path("bare/", page), path("ok/", doors.open_to_all(page))])
    ] == ["bare/"]


def test_every_role_has_its_powers_and_the_public_none() -> None:
    assert set(GRANTS) == set(Role)
    assert not PUBLIC.powers
    assert not GRANTS[Role.APPLICANT]
    assert Can.JUDGE_RESPONSES not in GRANTS[Role.FOCAL_POINT]
    assert Can.READ_NEEDS not in GRANTS[Role.ADMINISTRATOR]
    assert isinstance(HOUSE, Actor)
    assert sees(HOUSE, Can.READ_NEEDS)
    assert not sees(AnonymousUser(), Can.READ_NEEDS)


def test_a_permit_needs_the_power_and_no_refusing_finding() -> None:
    require(HOUSE, Can.READ_NEEDS, [Finding(Grade.WARNING, "w", "Look at it.")])
    with pytest.raises(PermissionDenied, match="the clock may not judge responses"):
        require(CLOCK, Can.JUDGE_RESPONSES)
    with pytest.raises(RuleRefused, match=r"Broken\. Mend it\.") as refused:
        require(HOUSE, Can.READ_NEEDS, [Finding(Grade.ERROR, "e", "Broken.", cure="Mend it.")])
    assert refused.value.findings[0].code == "e"
    assert can(CLOCK, Can.RUN_ROUNDS)
