"""The mail server for tests of letters, and the Secretariat's browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.mailserver import Server, mail_server


@pytest.fixture
def mails(settings: LazySettings) -> Iterator[Server]:
    """A real server, to which the house sends."""
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.MAIL_BOUNCES = "bounces@iisg.example.org"
        settings.MAIL_DOMAIN = "iisg.example.org"
        yield server


@pytest.fixture
def secretariat(db: None) -> Client:
    """The Secretariat's browser."""
    from iisg.foundations.access.roles import Role
    from iisg.foundations.accounts.factories import make_person

    client = Client()
    client.force_login(make_person(Role.SECRETARIAT))
    return client
