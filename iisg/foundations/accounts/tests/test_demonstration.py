"""Signing in by one click exists in the demonstration and nowhere else."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client, override_settings

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.accounts.models import User
from iisg.foundations.accounts.operations import enter_demonstration_role
from iisg.foundations.orgs.factories import make_partner

pytestmark = pytest.mark.django_db

ADDRESS = "/demonstration/sign-in/"


@pytest.fixture
def board_member() -> User:
    """The demonstration's Board Member."""
    at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    return enter_demonstration_role(
        Role.BOARD_MEMBER, make_partner("AL"), by=CONSOLE, at=at, valid_from=date(2026, 1, 1)
    )


def signed_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


@override_settings(DEMO=True)
def test_one_click_signs_in_as_the_role_and_leads_to_the_desk(client: Client, board_member: User) -> None:
    response = client.post(ADDRESS, {"role": "board_member"})
    assert (response.status_code, response["Location"]) == (302, "/desk/")
    assert signed_in(client) == str(board_member.pk)


@override_settings(DEMO=True)
def test_the_page_offers_each_role_that_has_an_account(client: Client, board_member: User) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert "Sign in as Board Member" in page
    assert "For Albania:" in page
    assert "Sign in as Secretariat" not in page


@override_settings(DEMO=True)
def test_a_second_officer_can_be_tried_beside_the_first(client: Client) -> None:
    at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    first, second = (
        enter_demonstration_role(
            Role.SECRETARIAT, None, by=CONSOLE, at=at, valid_from=date(2026, 1, 1), number=number
        )
        for number in (1, 2)
    )
    assert "Sign in as Secretariat, officer 2" in client.get("/accounts/login/").content.decode()
    client.post(ADDRESS, {"role": "secretariat", "number": "2"})
    assert signed_in(client) == str(second.pk)
    client.post(ADDRESS, {"role": "secretariat"})
    assert signed_in(client) == str(first.pk)


def test_outside_of_the_demonstration_there_is_no_such_door(client: Client, board_member: User) -> None:
    assert client.post(ADDRESS, {"role": "board_member"}).status_code == 404
    assert signed_in(client) is None
    page = client.get("/accounts/login/").content.decode()
    assert ADDRESS not in page
    assert 'name="password"' in page


@override_settings(DEMO=True)
def test_it_takes_only_roles_only_posts_and_only_demonstration_accounts(client: Client) -> None:
    make_person(Role.SECRETARIAT)
    for role in ("secretariat", "nonsense", ""):
        assert client.post(ADDRESS, {"role": role}).status_code == 404
    assert client.get(ADDRESS).status_code == 405
    assert signed_in(client) is None


@override_settings(DEMO=True)
def test_a_page_of_another_site_cannot_sign_anybody_in(board_member: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(ADDRESS, {"role": "board_member"}).status_code == 403


def test_signing_out_leads_to_the_first_page(client: Client, board_member: User) -> None:
    client.force_login(board_member)
    response = client.post("/accounts/logout/")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert signed_in(client) is None
