"""A meeting of the Board in a real Chromium: held with one seat's alternate, two observers and a guest."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.orgs.factories import make_organisation, make_partners
from iisg.foundations.orgs.models import Ground, Membership
from iisg.office.letters.tests.conftest import mails
from tests.browser.on_the_way import House, opened, saved, words
from tests.browser.steps_to_membership import heading, press
from tests.mailserver import Server

__all__ = ["mails"]


@pytest.fixture
def house(
    as_migrated: None,
    live_server: LiveServer,
    chromium: Browser,
    mails: Server,
    monkeypatch: pytest.MonkeyPatch,
    settings: LazySettings,
) -> Iterator[House]:
    """A house with the six partners and two members that observe."""
    settings.HOUSE_ADDRESS = live_server.url
    for body in make_partners().values():
        Membership.objects.create(organisation=body, ground=Ground.PARTNER)
    for name in ("OSCE", "France"):
        body = make_organisation(name, ref=name.lower())
        Membership.objects.create(organisation=body, ground=Ground.BOARD_APPROVAL)
        make_person(Role.OBSERVER, body)
    with opened(chromium, live_server.url, mails, monkeypatch, "board-meeting") as here:
        yield here


def announces(house: House) -> tuple[Page, str]:
    """The Secretariat announces it, writes its agenda and sends the invitations."""
    page = house.desk(house.officer)
    page.goto(f"{house.address}/meetings/")
    press(page, "Announce a meeting")
    page.get_by_label("Board", exact=True).check()
    page.get_by_label("Title").fill("Board meeting, June 2027")
    page.get_by_label("Day", exact=True).fill("2027-06-10")
    page.get_by_label("Begins at").fill("10:00")
    page.get_by_label("Ends at").fill("16:00")
    page.get_by_label("Time zone").select_option("Europe/Sarajevo")
    page.get_by_label("in person and online").check()
    page.get_by_label("Place").fill("Sarajevo, Parliament")
    press(page, "Announce it")
    heading(page, "Board meeting, June 2027")
    house.look(page, "empty-agenda")
    for title, kind in (("Opening", "for information"), ("The annual report", "for decision")):
        page.get_by_label("Title of the item").fill(title)
        page.get_by_label(kind).check()
        press(page, "Put it on the agenda")
    house.look(page, "agenda")
    page.get_by_role("link", name="Overview").click()
    press(page, "Send the invitations")
    expect(page.get_by_label("Invited")).to_have_value(re.compile(house.board_member.email))
    expect(page.get_by_label("In copy")).to_have_value(re.compile("@example.invalid"))
    house.look(page, "whom-to-invite")
    press(page, "Send the invitations")
    expect(page.locator("main")).to_contain_text("Invitations have gone out")
    house.post()
    return page, page.url


def registers(house: House, page: Page) -> None:
    """Three seats by their Board Members, one by its alternate; two observers and a guest."""
    page.get_by_role("link", name="Attendance").click()
    for name, body, capacity in (
        ("Ana", "albania", "Board Member"),
        ("Boris", "bosnia-and-herzegovina", "Board Member"),
        ("Milica", "montenegro", "Board Member"),
        ("Stefan", "serbia", "alternate"),
        ("Olga", "osce", "observer"),
        ("Luc", "france", "observer"),
        ("Invited speaker", "", "invited guest"),
    ):
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_label("Comes for").select_option(body)
        page.get_by_label(capacity, exact=True).check()
        page.get_by_label("Chairs the meeting").set_checked(name == "Ana")
        press(page, "Register")
    with page.expect_download() as download:
        press(page, "Signature sheet")
    sheet = words(saved(download.value))
    assert "Ana (chair) Albania Board Member" in sheet
    assert "Invited speaker" in sheet
    for name in ("Ana", "Boris", "Milica", "Stefan", "Olga", "Invited speaker"):
        page.get_by_label(f"Presence of {name}").select_option("present")
    page.get_by_label("Presence of Luc").select_option("excused")
    press(page, "Note the attendance")
    expect(page.locator("main")).to_contain_text("The quorum was reached.")
    house.look(page, "attendance")


def decides(house: House, page: Page, address: str) -> None:
    """An objection stands until it is taken back; then the report is adopted by consensus."""
    page.goto(address)
    page.get_by_role("link", name="Record the outcome The annual report").click()
    page.get_by_text("Put one on record").click()
    page.get_by_label("Who made it?").select_option("serbia")
    page.get_by_label("objection", exact=True).check()
    page.get_by_label("In its own words").fill("Two figures are wrong.")
    press(page, "Put it on record")
    expect(page.locator("main")).to_contain_text("No consensus: an objection stands from Serbia.")
    page.get_by_label("adopted by consensus").check()
    press(page, "Record the outcome")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Adoption is by consensus")
    house.look(page, "objection")
    press(page, "It was taken back")
    page.get_by_label("adopted by consensus").check()
    page.get_by_label("Conclusion").fill("The report is adopted with two figures corrected.")
    press(page, "Record the outcome")
    expect(page.locator("main")).to_contain_text("adopted by consensus")


def test_a_board_meeting_from_its_announcement_to_minutes_approved_by_silence(house: House) -> None:
    house.clock.set("2027-03-01T09:00")
    page, address = announces(house)
    invitation = house.mail(house.board_member.email, "Invitation: Board meeting, June 2027")
    assert {part.get_content_type() for part in invitation.iter_attachments()} == {
        "application/pdf",
        "text/calendar",
    }
    house.clock.set("2027-06-10T10:05")
    page = house.desk(house.officer)
    page.goto(address)
    press(page, "The agenda is adopted")
    registers(house, page)
    page.goto(address)
    press(page, "The meeting was held")
    decides(house, page, address)
    member = house.desk(house.board_member)
    member.goto(address)
    expect(member.locator("main")).not_to_contain_text("two figures corrected")
    page.goto(address)
    press(page, "Draft the minutes")
    press(page, "Circulate them")
    page.get_by_label("Comments until").fill("2027-06-24")
    press(page, "Circulate the minutes")
    house.post()
    house.mail(house.board_member.email, "Draft minutes: Board meeting, June 2027")
    member.goto(address)
    member.get_by_role("link", name="Minutes", exact=True).click()
    expect(member.locator("main")).to_contain_text("two figures corrected")
    expect(member.locator("main")).to_contain_text("taken back")
    house.look(member, "minutes-as-a-member-reads-them")
    house.clock.set("2027-06-25T09:00")
    page = house.desk(house.officer)
    page.goto(address)
    press(page, "Enter the approval")
    page.get_by_label("by silence").check()
    press(page, "Enter the approval")
    with page.expect_download() as download:
        press(page, "Approved minutes (PDF)")
    assert "Approved on 25 June 2027 by silence." in words(saved(download.value))
    press(page, "Close the meeting")
    expect(page.locator("main")).to_contain_text("its minutes were approved on 25 June 2027")
    house.look(page, "closed")
