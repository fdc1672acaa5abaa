"""A member names a focal point in its own page; the welcome arrives by mail and leads to a password and to the desk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from iisg.foundations.accounts.models import User
from iisg.office.pillars.factories import make_member, make_request
from iisg.office.pillars.links import nomination_link
from tests.mailserver import Server, mail_server
from tests.terminal import ROOT
from tests.worker import work_off_the_queue

pytestmark = pytest.mark.django_db(transaction=True)
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PASSWORD = "borders open on mondays"


@pytest.fixture
def mails(settings: LazySettings, live_server: LiveServer) -> Iterator[Server]:
    """A real server, to which the house sends; links lead to the house of this test."""
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.HOUSE_ADDRESS = live_server.url
        yield server


def sound(page: Page) -> None:
    """The page is there, fits a phone, and axe finds nothing."""
    expect(page.locator("main h1")).to_be_visible()
    for width in (1280, 480):
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{page.url} is {over} px wider than {width}"
        page.evaluate(AXE.read_text())
        assert page.evaluate("axe.run().then(r => r.violations.map(v => v.id))") == []
    page.set_viewport_size({"width": 1280, "height": 900})


def named_by_the_member(page: Page) -> None:
    """The member fills its page in, checks it and sends it."""
    at = timezone.now()
    asked = make_request(
        make_member("Regional Academy"), "letters", at=at, due_on=timezone.localdate(at) + timedelta(days=9)
    )
    page.goto(nomination_link(asked))
    sound(page)
    page.get_by_label("First and last name").first.fill("Jane Dean")
    page.get_by_label("E-mail address").first.fill("jane@academy.example")
    page.get_by_role("button", name="Check what you have written").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check whom you name")
    sound(page)
    page.get_by_role("button", name="Name them").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Your focal points are named")
    sound(page)


def link_in_the_welcome(mails: Server) -> str:
    """The link of the mail that arrived."""
    [welcome] = mails.to("jane@academy.example")
    text = welcome.get_body(("plain",))
    assert text is not None
    found = re.search(r"https?://\S+/accounts/password/reset/key/\S+", text.get_content())
    assert found is not None
    return found[0]


def test_from_the_members_link_to_the_desk_of_its_focal_point(page: Page, mails: Server) -> None:
    named_by_the_member(page)
    work_off_the_queue()
    link = link_in_the_welcome(mails)
    page.context.clear_cookies()
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose your password")
    assert "reset" not in page.inner_text("main").lower()
    sound(page)
    for said, refused in ((("too short", "too short"), True), ((PASSWORD, "another one of these"), True)):
        page.get_by_label("Your password").fill(said[0])
        page.get_by_label("The same once more").fill(said[1])
        page.get_by_role("button", name="Choose this password").click()
        expect(page.get_by_text("There is a problem")).to_be_visible(visible=refused)
        sound(page)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_label("The same once more").fill(PASSWORD)
    page.get_by_role("button", name="Choose this password").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your password is chosen")
    sound(page)
    page.locator("main").get_by_text("Sign in", exact=True).click()
    page.locator("input[name=login]").fill("jane@academy.example")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/desk/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("My desk")
    assert User.objects.get(email="jane@academy.example").last_login is not None
    page.context.clear_cookies()
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("This link no longer works")
    sound(page)
    page.locator("main").get_by_text("Send me another link").click()
    page.wait_for_url("**/accounts/password/reset/")
    sound(page)
    page.get_by_label("E-mail address").fill("jane@academy.example")
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")
    again = mails.to("jane@academy.example")[-1]
    assert again["Subject"] == "Choose your password"
    text = again.get_body(("plain",))
    assert text is not None
    assert "/accounts/password/reset/key/" in text.get_content()
    assert "example.com" not in text.get_content()
