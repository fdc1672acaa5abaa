"""Who knocks at the desk, and a small register to read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from iisg.foundations.access.roles import Role

if TYPE_CHECKING:
    from iisg.foundations.orgs.models import Organisation

SignIn = Callable[..., Client]


@pytest.fixture
def sign_in(db: None) -> SignIn:
    """A browser in which somebody of the role has signed in; members' offices are Albania's unless told.

    The factories are imported here because Django has no models yet when this file is read.
    """
    from iisg.foundations.accounts.factories import make_person
    from iisg.foundations.orgs.factories import make_partner

    def signed_in(role: Role | None, organisation: Organisation | None = None) -> Client:
        without = (None, Role.SECRETARIAT, Role.ADMINISTRATOR, Role.APPLICANT)
        body = organisation if organisation or role in without else make_partner("AL")
        client = Client()
        client.force_login(make_person(role, body))
        return client

    return signed_in


@pytest.fixture
def secretariat(sign_in: SignIn) -> Client:
    """The Secretariat's browser."""
    return sign_in(Role.SECRETARIAT)


@pytest.fixture
def reader(sign_in: SignIn) -> Client:
    """A reading member's browser."""
    return sign_in(Role.MEMBER_READER)
