"""The four routes to membership in a real Chromium, from the first contact to the member's first sign-in.

Every letter is opened where it is read: on its page, as the PDF saved there, and in the mail as the server took it. The
clock is set by hand: one journey crosses the night in which summer time begins, two the night in which it ends, one the
turn of the year, each at an hour whose day in the house's zone is not that of UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from iisg.faces.console.ticking import strike
from iisg.foundations.audit.trail import first_broken
from iisg.foundations.orgs.models import OrganisationKind
from iisg.governance.membership.factories import make_body
from iisg.office.pillars.models import FocalPoint
from tests.browser.on_the_way import House, link_of, opened, paper_of, words
from tests.browser.steps_to_membership import (
    answers_by_letter,
    applied_and_assessed,
    asks_for_the_form,
    assessed_by_four_eyes,
    decided,
    expect_state,
    fills_in,
    finds_complete,
    follows_its_case,
    gets_an_address,
    heading,
    informs_the_board,
    invites,
    link_works_until,
    named_from_a_letter,
    names_its_focal_point,
    opens_a_case,
    press,
    put_to_the_board,
    puts_on_the_list,
    register_on,
    signs_and_hands_over,
)
from tests.browser.test_first_sign_in import mails
from tests.mailserver import Server

__all__ = ["mails"]
pytestmark = pytest.mark.django_db(transaction=True)
FORM, NAMING, PASSWORD = "/become-a-member/form/", "/focal-points/named/", "/accounts/password/reset/key/"
CONFIRM = "/become-a-member/confirm/"


@pytest.fixture
def house(
    chromium: Browser,
    live_server: LiveServer,
    as_migrated: None,
    mails: Server,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Iterator[House]:
    """The house, its mail server and its people."""
    with opened(chromium, live_server.url, mails, monkeypatch, request.node.name[5:25]) as found:
        yield found


def test_by_invitation_through_the_night_in_which_summer_time_begins(house: House) -> None:
    house.clock.set("2027-03-27 00:30")  # still 26 March in UTC
    invites(house, puts_on_the_list(house, "Police Academy", "Office of the Dean", "dean@academy.example"))
    silent = puts_on_the_list(house, "Silent Institute", "Office", "office@silent.example")
    invites(house, silent, date(2027, 3, 28))
    house.post()
    to, subject = "dean@academy.example", "Invitation to become a member of the IISG"
    sent = house.letter("OUT-2027-0001", to, subject, "Office of the Dean", "27 March 2027", "Dear Dean,")
    link = link_of(sent, FORM)
    assert "".join(link.split()) in words(paper_of(sent)).replace(" ", "")
    assert "by 25 June 2027" in words(paper_of(sent))

    house.clock.set("2027-03-28 01:50")  # ten minutes before the hour that is left out
    page = house.visitor()
    page.goto(link)
    expect(page.locator("main")).to_contain_text(
        "You are invited (M-2027-001); please answer by 25 June 2027."
    )
    expect(page.locator("main")).not_to_contain_text("A draft that nobody touches is deleted")
    house.look(page, "form-invited")
    fills_in(house, page, "Police Academy", invited=True)
    house.clock.set("2027-03-28 03:10")  # twenty minutes later
    ref = signs_and_hands_over(house, page, "2027-03-28", "28 March 2027", "Police Academy")
    assert ref == "M-2027-001"
    house.post()
    received = "We have received the expression of interest of Police Academy"
    says = ("28 March 2027", "Dear Dean,", "M-2027-001")
    sent = house.letter("OUT-2027-0003", to, received, "Office of the Dean", *says)
    follows_its_case(house, page, link_of(sent, FORM), received, paper_of(sent))
    house.mail(settings.DEFAULT_FROM_EMAIL, "Police Academy expresses interest in membership (M-2027-001)")

    lapses_after_its_day(house, "M-2027-002")

    house.clock.set("2027-03-29 00:20")  # 28 March in UTC
    finds_complete(house, ref)
    assessed_by_four_eyes(house, ref)
    decision = put_to_the_board(house, ["Police Academy"])
    decided(house, decision, "BD/2027/1", "2027-03-29", {"Police Academy": ("admitted", "")})
    house.post()
    asked = told_of_the_admission(house, to)
    assert [register_on(house, "Police Academy", f"2027-03-{day}") for day in (28, 29)] == [False, True]
    names_its_focal_point(house, link_of(asked, NAMING), "19 April 2027", "jane@academy.example")

    welcome = house.mail("jane@academy.example", "You are focal point of Police Academy")
    house.clock.set("2027-04-05 00:19")  # the last minute of seven days
    house.signs_in_for_the_first_time(link_of(welcome, PASSWORD), "jane@academy.example", "Police Academy")
    term = FocalPoint.objects.get(email="jane@academy.example")
    assert (term.valid_from, term.valid_to) == (date(2027, 3, 29), None)
    link_works_until(house, link_of(sent, FORM), "28 May 2027", "2027-05-28 23:59", "2027-05-29 00:00")
    house.opens_what_is_left()
    assert first_broken() is None


def lapses_after_its_day(house: House, ref: str) -> None:
    """An invitation that nobody answers holds to the end of its day, which is an hour shorter than others."""
    house.clock.set("2027-03-28 23:59")
    assert strike(timezone.now()) == []
    expect_state(house, ref, "It is invited; an answer is expected by 28 March 2027.")
    house.clock.set("2027-03-29 00:01")  # in winter time it would be 23:01 of the day before
    assert strike(timezone.now()) == []
    expect_state(house, ref, "The invitation lapsed; no answer came by 28 March 2027.")


def told_of_the_admission(house: House, to: str) -> EmailMessage:
    """Open what the new member and the Board are written; returns the request for focal points."""
    admitted = ("29 March 2027", "Dear Dean,", "from 29 March 2027", "BD/2027/1")
    house.letter(
        "OUT-2027-0004", to, "Police Academy is a member of the IISG", "Office of the Dean", *admitted
    )
    asks = ("29 March 2027", "by 19 April 2027", "WBBSi (Border security)")
    asks_for = "Focal points of Police Academy in the IISG"
    asked = house.letter("OUT-2027-0005", to, asks_for, "Office of the Dean", *asks)
    told = (house.board_member.email, "Police Academy has joined the IISG", str(house.board_member))
    house.letter("OUT-2027-0006", *told, "29 March 2027", "Approved by the Board")
    return asked


def test_by_direct_interest_through_the_night_in_which_summer_time_ends(house: House) -> None:
    page, to, name = house.visitor(), "office@institute.example", "Institute of the Borders"
    house.clock.set("2026-10-24 10:00")
    asks_for_the_form(house, page, to)
    house.clock.set("2026-10-24 10:05")
    asks_for_the_form(house, page, to, again=True)
    former, latter = [link_of(mail, CONFIRM) for mail in house.mails.to(to)]
    house.clock.set("2026-10-26 09:02")  # 48 hours after the first, since one hour came twice
    page.goto(former)
    heading(page, "This link does not work")
    page.goto(latter)
    house.look(page, "address-confirmed")
    page.get_by_role("button", name="Begin the form").click()
    house.mail(to, "The address of your form")
    fills_in(house, page, name)
    ref = signs_and_hands_over(house, page, "2026-10-26", "26 October 2026", name)
    house.post()
    received = f"We have received the expression of interest of {name}"
    house.letter("OUT-2026-0001", to, received, "Office of the Director", "26 October 2026", ref)
    finds_complete(house, ref)
    assessed_by_four_eyes(house, ref)
    for other in ("Distant Society", "New Foundation"):
        applied_and_assessed(house, other)
    outcomes = {
        "Distant Society": ("refused, with the reason", "It does not work in the region."),
        name: ("admitted", ""),
        "New Foundation": ("deferred, with what is asked", "Its statutes in English."),
    }
    decision = put_to_the_board(house, list(outcomes))
    decided(house, decision, "BD/2026/7", "2026-10-26", outcomes, from_day="2026-11-01")
    house.post()
    asked = told_of_the_decision(house, to, name)
    names_its_focal_point(house, link_of(asked, NAMING), "16 November 2026", "jane@institute.example")

    welcome = house.mail("jane@institute.example", f"You are focal point of {name}")
    house.clock.set("2026-11-01 00:01")  # 31 October in UTC
    assert [register_on(house, name, day) for day in ("2026-10-31", "2026-11-01")] == [False, True]
    house.signs_in_for_the_first_time(link_of(welcome, PASSWORD), "jane@institute.example", name)
    assert FocalPoint.objects.get(email="jane@institute.example").valid_from == date(2026, 11, 1)
    house.opens_what_is_left()
    assert first_broken() is None


def told_of_the_decision(house: House, to: str, name: str) -> EmailMessage:
    """Open what three applicants are written after the decision; returns the request to the one that is admitted."""
    director, day, number = "Office of the Director", "26 October 2026", "BD/2026/7"
    house.letter(
        house.number_of("distant-society@example.org", "Decision of the Board"),
        "distant-society@example.org",
        "Decision of the Board on the membership of Distant Society",
        director, day, number, "It does not work in the region.", "A new expression of interest is possible",
    )  # fmt: skip
    house.letter(
        house.number_of("new-foundation@example.org", "The Board asks for more"),
        "new-foundation@example.org",
        "The Board asks for more on the membership of New Foundation",
        director, day, number, "Its statutes in English.",
    )  # fmt: skip
    welcome = f"{name} is a member of the IISG"
    house.letter(
        house.number_of(to, welcome), to, welcome, director, day, f"from 1 November 2026 ({number}, at a Board meeting)"
    )  # fmt: skip
    asks = f"Focal points of {name} in the IISG"
    return house.letter(house.number_of(to, asks), to, asks, director, day, "by 16 November 2026")


def test_an_agency_by_notification_at_the_turn_of_the_year(house: House) -> None:
    house.clock.set("2026-12-31 23:40")
    agency = make_body(OrganisationKind.EU_JHA_AGENCY, "Agency for Training")
    to = "director@agency.example"
    basis = "Letter of 30 December 2026, reference 12/3"
    page = opens_a_case(house, "notification", agency.name, "none: it notifies", basis, "2026-12-31")
    expect(page.locator("main")).to_contain_text(
        "The agency has notified; the Secretariat checks that it is one."
    )
    assert page.url.endswith("/cases/M-2026-001/")

    house.clock.set("2027-01-01 00:20")  # still 2026 in UTC
    page = house.desk(house.officer)
    page.reload()
    press(page, "It is such an agency")
    expect(page.locator("main")).to_contain_text("No address of it is on record")
    page.get_by_role("link", name="Enter where its letters go").click()
    gets_an_address(house, "Executive Director", to)
    page.goto(f"{house.address}/cases/M-2026-001/")
    expect(page.locator("main")).to_contain_text(f"Executive Director, {to}")
    informs_the_board(house, page, "2027-01-01", "1 January 2027")
    notice = "Notice to the Board: Agency for Training is a member"
    told = (house.board_member.email, notice, str(house.board_member))
    here = ("1 January 2027", "from 1 January 2027", "takes effect with this notice")
    house.letter(house.number_of(*told[:2]), *told, *here)
    welcome = "Agency for Training is a member of the IISG"
    house.letter("OUT-2027-0001", to, welcome, "Executive Director", "1 January 2027", basis)
    asks = ("Focal points of Agency for Training in the IISG", "Executive Director", "by 22 January 2027")
    house.letter("OUT-2027-0002", to, *asks, "WBCTi", "WBCSCi", "WBBSi")

    number = answers_by_letter(house, agency.name, "OUT-2027-0002")
    assert number == "IN-2027-0001"
    named_from_a_letter(
        house, agency.name, f"{number} of 1 January 2027", "2027-01-01", "jane@agency.example"
    )
    welcome_mail = house.mail("jane@agency.example", "You are focal point of Agency for Training")
    house.clock.set("2027-01-01 09:00")
    house.signs_in_for_the_first_time(link_of(welcome_mail, PASSWORD), "jane@agency.example", agency.name)
    assert [register_on(house, agency.name, day) for day in ("2026-12-31", "2027-01-01")] == [False, True]
    house.opens_what_is_left()
    assert first_broken() is None


def test_an_automatic_member_in_the_hour_that_comes_twice(house: House) -> None:
    house.clock.set("2026-10-25 02:30")
    state = make_body(OrganisationKind.EU_MEMBER_STATE, "Founding State")
    to = "presidency@founding.example"
    house.desk(house.officer).goto(f"{house.address}/organisations/{state.ref}/membership/")
    gets_an_address(house, "Permanent Representation", to)
    basis = "Council document 1/15, annex 2"
    page = opens_a_case(house, "automatic", state.name, "Former lead partner", basis, "2026-10-25")
    press(page, "Confirm the ground")

    house.clock.set("2026-10-25 02:10", second_time=True)  # forty minutes later
    page = house.desk(house.officer)
    page.reload()
    informs_the_board(house, page, "2026-10-25", "25 October 2026")
    notice = "Notice to the Board: Founding State is a member"
    told = (house.board_member.email, notice, str(house.board_member))
    house.letter(
        house.number_of(*told[:2]), *told, "25 October 2026", "from 25 October 2026", "ormer lead partner"
    )
    letter = ("Founding State is a member of the IISG", "Permanent Representation", "25 October 2026")
    house.letter("OUT-2026-0001", to, *letter, "3 Castle Street", basis)
    asks = ("Focal points of Founding State in the IISG", "Permanent Representation", "by 15 November 2026")
    asked = house.letter("OUT-2026-0002", to, *asks)
    names_its_focal_point(house, link_of(asked, NAMING), "15 November 2026", "jane@founding.example")
    welcome = house.mail("jane@founding.example", "You are focal point of Founding State")
    house.clock.set("2026-11-01 02:11")  # seven days and a minute
    late = house.visitor()
    late.goto(link_of(welcome, PASSWORD))
    heading(late, "This link no longer works")
    house.clock.set("2026-11-01 02:09")
    house.signs_in_for_the_first_time(link_of(welcome, PASSWORD), "jane@founding.example", state.name)
    house.opens_what_is_left()
    assert first_broken() is None
