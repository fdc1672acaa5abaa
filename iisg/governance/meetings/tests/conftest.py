"""Browsers of officers and members at the doors of meetings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from iisg.foundations.access.roles import Role

if TYPE_CHECKING:
    from iisg.foundations.accounts.models import User

Browsing = Callable[["User"], Client]


@pytest.fixture
def browsing() -> Browsing:
    """The browser of a person."""

    def browser(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return browser


@pytest.fixture
def officer(db: None) -> User:
    """An officer of the Secretariat."""
    from iisg.foundations.accounts.factories import make_person

    return make_person(Role.SECRETARIAT)


@pytest.fixture
def secretariat(officer: User, browsing: Browsing) -> Client:
    """The officer's browser."""
    return browsing(officer)


@pytest.fixture
def board_member(db: None, browsing: Browsing) -> Client:
    """A Board Member's browser."""
    from iisg.foundations.accounts.factories import make_person
    from iisg.foundations.orgs.factories import make_partner

    return browsing(make_person(Role.BOARD_MEMBER, make_partner("AL")))


@pytest.fixture
def reader(db: None, browsing: Browsing) -> Client:
    """The browser of a member's reader, who sees no paper of the Board."""
    from iisg.foundations.accounts.factories import make_person
    from iisg.foundations.orgs.factories import make_organisation

    return browsing(make_person(Role.MEMBER_READER, make_organisation("OSCE")))
