"""The mail server for tests of applicants, and a browser that follows the links of its mails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.mailserver import Server, mail_server

ADDRESS = "director@institute.example"


@pytest.fixture
def mails(settings: LazySettings) -> Iterator[Server]:
    """A real server, to which the house sends; nobody waits before an address is sent."""
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.MAIL_BOUNCES = "bounces@iisg.example.org"
        settings.MAIL_DOMAIN = "iisg.example.org"
        yield server


class Applicant:
    """Somebody in front of a browser and a mailbox."""

    def __init__(self, server: Server, address: str = ADDRESS) -> None:
        self.browser, self.server, self.address = Client(), server, address

    def ask(self, **more: str) -> Any:
        """Ask for a link as a person does: the page first, then the address."""
        page = self.browser.get("/become-a-member/start/")
        stamp = page.context["form"].stamp
        return self.browser.post(
            "/become-a-member/start/", {"email": self.address, "fax": "", "shown": stamp, **more}
        )

    def link(self) -> str:
        """The path of the newest link in the mailbox."""
        newest = self.server.to(self.address)[-1].get_body(("plain",))
        assert newest is not None
        return str(re.findall(r"https?://[^/\s]+(/become-a-member/\S+)", newest.get_content())[-1])

    def begin(self) -> None:
        """From the start to an open form."""
        assert self.ask().status_code == 200
        assert self.browser.post(self.link()).status_code == 302

    def say(self, place: str, **answers: str) -> Any:
        """Send one page of the form."""
        return self.browser.post(f"/become-a-member/answers/{place}/", answers)

    def fill(self, name: str = "Institute for Safety") -> None:
        """Every page but the signature."""
        self.say("organisation", name=name, kind="international_organisation", country="BE")
        self.say("contact", contact_name="Office of the Director")
        for slug in ("interest", "information", "no-sensitive-information", "support"):
            self.say(slug, made="on")
        self.say(
            "focal-points",
            **{"WBCTi-choice": "person", "WBCTi-name": "Ana", "WBCTi-email": "ana@institute.example"},
            **{"WBCSCi-choice": "later", "WBBSi-choice": "none"},
        )

    def sign(self, kind: str = "typed") -> Any:
        """The page of the signature."""
        return self.say(
            "signature",
            signature=kind,
            signatory="A. Director",
            signatory_office="Director",
            signed_on="2026-01-05",
        )


@pytest.fixture
def person(mails: Server, settings: LazySettings) -> Applicant:
    """An applicant for whom the clock of the hidden stamp stands still."""
    settings.MEMBERSHIP_SLOWNESS = timedelta(0)
    return Applicant(mails)
