"""What people do on the way to membership, each step as somebody does it at a browser."""

from __future__ import annotations

import re
from datetime import date

from playwright.sync_api import Page, expect

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.orgs.operations import confirm_organisation
from iisg.governance.membership import operations
from iisg.governance.membership.applicants import applicant
from iisg.governance.membership.factories import PDF, assess, make_form
from tests.browser.on_the_way import House, saved, words

STATEMENTS = 4
"""Statements of the Annex, each on a page."""
FILE = {"name": "paper.pdf", "mimeType": "application/pdf", "buffer": PDF}
"""A signed paper as a scanner makes it."""


def heading(page: Page, said: str) -> None:
    """What the page is about."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(said)


def press(page: Page, name: str) -> None:
    """A button, or what looks like one and leads somewhere."""
    words = re.compile(re.escape(name))
    page.get_by_role("button", name=words).or_(page.get_by_role("link", name=words)).first.click()


def puts_on_the_list(house: House, name: str, office: str, email: str) -> Page:
    """The Secretariat puts a possible partner on its list, with whom to write to."""
    page = house.desk(house.officer)
    page.goto(f"{house.address}/prospects/")
    press(page, "Put one on the list")
    page.get_by_label("Name of the country or organisation").fill(name)
    page.get_by_label("Kind").select_option("international_organisation")
    page.get_by_role("button", name="Put it on the list").click()
    heading(page, name)
    page.get_by_text("Add a person or an office").click()
    page.get_by_label("Person or office").fill(office)
    page.get_by_label("How a letter begins").fill("Dear Dean")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("main")).to_contain_text(email)
    return page


def invites(house: House, page: Page, due_on: date | None = None) -> None:
    """From its entry to the official invitation; the day stands there already, or is another one."""
    press(page, "Invite it")
    heading(page, "Send 1 official invitation?")
    day = page.get_by_label("Answer expected by")
    if due_on:
        day.fill(due_on.isoformat())
    else:
        expect(day).to_have_value("2027-06-25")
        house.look(page, "invite")
    page.get_by_role("button", name="Send", exact=True).click()
    heading(page, "1 invitation is on its way")


def fills_in(house: House, page: Page, name: str, *, invited: bool = False) -> None:
    """The form of the Annex, page by page, up to the signature."""
    page.get_by_role("link", name="The country or organisation").click()
    page.get_by_label("Name of the country or organisation").fill(name)
    page.get_by_label("International organisation", exact=True).check()
    page.get_by_label("Country of its seat").select_option("XK")
    page.get_by_label("Postal address").fill("1 Bridge Street\n10000 Prishtina")
    page.get_by_label("What does it do in the Western Balkans?").fill("Training of border police.")
    house.look(page, "form-organisation")
    page.get_by_role("button", name="Save and continue").click()
    if not invited:  # who is invited was written to, so the house knows whom to greet
        page.get_by_label("Name of a person or of an office").fill("Office of the Director")
        page.get_by_role("button", name="Save and continue").click()
    for _each in range(STATEMENTS):
        page.get_by_label("We make this statement").check()
        page.get_by_role("button", name="Save and continue").click()
    for code, answer in (("WBCTi", "No"), ("WBCSCi", "Yes, named later"), ("WBBSi", "Yes, this person")):
        page.get_by_role("group", name=code).first.get_by_label(answer, exact=True).check()
    borders = page.get_by_role("group", name="WBBSi").first
    borders.get_by_label("Name", exact=True).fill("Ana Example")
    borders.get_by_label("E-mail address").fill("ana@member.example")
    house.look(page, "form-focal-points")
    page.get_by_role("button", name="Save and continue").click()


def signs_and_hands_over(house: House, page: Page, day: str, printed: str, name: str) -> str:
    """A typed signature of the day, all answers read once more, the form handed over; returns its reference."""
    expect(page.get_by_label("Day of the signature")).to_have_value(day)
    page.get_by_label("Here: my name and office stand for my signature").check()
    page.get_by_label("Name of whoever signs").fill("A. Director")
    page.get_by_role("textbox", name="Office").fill("Director")
    page.get_by_role("button", name="Save and continue").click()
    heading(page, "Check your answers")
    for said in (name, "Ana Example", "named later", "A. Director", printed):
        expect(page.locator("main")).to_contain_text(said)
    house.look(page, "check")
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Hand the form over").click()
    heading(page, "The form is handed over")
    house.look(page, "handed-over")
    with page.expect_download() as download:
        page.get_by_role("link", name="Take the form as it was handed over").click()
    paper = words(saved(download.value))
    for said in (name, "A. Director", printed, "Ana Example, ana@member.example", "to be named later"):
        assert said in paper, paper
    return page.locator(".govuk-panel strong").inner_text()


def finds_complete(house: House, ref: str) -> None:
    """An officer reads the form and says that it is complete."""
    page = house.desk(house.officer)
    page.goto(f"{house.address}/cases/{ref}/")
    press(page, "Read the form")
    house.look(page, "form-read")
    if page.get_by_role("link", name="Confirm the organisation").count():
        page.get_by_role("link", name="Confirm the organisation").click()
        own = page.locator("form", has=page.get_by_role("button", name="Confirm it"))
        own.locator("select[name=kind]").select_option("international_organisation")
        house.look(page, "confirm-organisation")
        page.get_by_role("button", name="Confirm it").click()
        page.goto(f"{house.address}/cases/{ref}/form/")
    page.get_by_role("button", name="It is complete").click()
    expect(page.locator("main")).to_contain_text("the Secretariat writes its brief assessment")


def assessed_by_four_eyes(house: House, ref: str) -> None:
    """One officer writes the assessment part by part, who may not approve it; another approves."""
    page, address = house.desk(house.officer), f"{house.address}/cases/{ref}/assessment/"
    page.goto(address)
    page.get_by_role("button", name="Begin the assessment").click()
    for number in range(3):
        page.get_by_role("link", name="Write").nth(number).click()
        page.get_by_role("group", name="What is the finding?").get_by_role("radio").first.check()
        page.get_by_label("Evidence").fill("As its charter says in article 3.")
        page.get_by_label("Sources").fill("https://example.org/charter")
        page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Write").nth(3).click()
    page.get_by_label("Summary").fill("A fitting partner of the region.")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.locator("main")).to_contain_text("Whoever wrote it does not approve it")
    expect(page.get_by_role("button", name="Approve", exact=True)).to_have_count(0)
    house.look(page, "assessment")
    other = house.desk(house.second)
    other.goto(address)
    other.get_by_role("button", name="Approve", exact=True).click()
    expect(other.locator("main")).to_contain_text(f"Approved by {house.second}")


def put_to_the_board(house: House, names: list[str]) -> Page:
    """Listed, put to the Board for a meeting; a Board Member reads the list and its paper. Returns the list's page."""
    page = house.desk(house.officer)
    page.goto(f"{house.address}/lists/")
    page.get_by_text("Draw up a list").click()
    page.get_by_label("Title").fill("Potential members")
    page.get_by_role("button", name="Draw it up").click()
    for name in names:
        page.get_by_label(name).check()
    page.get_by_role("button", name="Add them").click()
    reader = house.desk(house.board_member)
    reader.goto(page.url)
    assert "Page not found" in reader.title() or reader.locator("h1").inner_text() != "Potential members"
    page.get_by_label("at a Board meeting").check()
    page.get_by_role("button", name="Put it to the Board").click()
    house.look(page, "list")
    reader.goto(page.url)
    heading(reader, "Potential members")
    with reader.expect_download() as download:
        reader.get_by_role("button", name="The paper for the Board (PDF)").click()
    paper = words(saved(download.value))
    for said in (*names, "As its charter says in article 3."):
        assert said in paper
    house.look(reader, "list-as-the-board-reads-it")
    return page


def decided(
    house: House,
    page: Page,
    number: str,
    today: str,
    outcomes: dict[str, tuple[str, str]],
    from_day: str = "",
) -> None:
    """The Board's decision with its signed conclusions, line by line; foreseen, then carried out."""
    press(page, "Record the decision")
    page.get_by_label("Number of the decision").fill(number)
    expect(page.get_by_label("Decided on")).to_have_value(today)
    expect(page.get_by_label("In force from")).to_have_value(today)
    if from_day:
        page.get_by_label("In force from").fill(from_day)
    page.get_by_label("Signed conclusions").set_input_files(FILE)  # type: ignore[arg-type]
    for name, (outcome, reason) in outcomes.items():
        page.get_by_role("group", name=name).get_by_label(outcome).check()
        page.get_by_label(f"Reason, or what is asked, for {name}").fill(reason)
    page.get_by_role("button", name="Look at what will happen").click()
    expect(page.locator("main")).to_contain_text("Nothing has happened yet")
    house.look(page, "foreseen")
    page.get_by_role("button", name="Carry it out").click()
    expect(page.locator(".govuk-notification-banner")).to_contain_text("is recorded and carried out")
    with page.expect_download() as download:
        page.get_by_role("button", name="The signed conclusions").click()
    assert saved(download.value) == PDF


def names_its_focal_point(house: House, link: str, due: str, email: str) -> None:
    """The member opens the link of its letter, names one person for its letters, checks it and sends it."""
    page = house.visitor()
    page.goto(link)
    expect(page.locator("main")).to_contain_text(f"We ask you to name them by {due}.")
    page.get_by_label("First and last name").first.fill("Jane Dean")
    page.get_by_label("E-mail address").first.fill(email)
    house.look(page, "naming")
    page.get_by_role("button", name="Check what you have written").click()
    heading(page, "Check whom you name")
    page.get_by_role("button", name="Name them").click()
    heading(page, "Some focal points are named")
    house.look(page, "named")
    house.post()


def register_on(house: House, name: str, day: str) -> bool:
    """Whether the public register of members names it on a day."""
    page = house.visitor()
    page.goto(f"{house.address}/members/?on={day}")
    return page.locator("main").get_by_text(name, exact=True).count() > 0


def opens_a_case(house: House, route: str, body: str, ground: str, basis: str, received_on: str) -> Page:
    """A notification or a ground with its paper, recorded by the Secretariat."""
    page = house.desk(house.officer)
    page.goto(f"{house.address}/cases/new/")
    page.get_by_role("group", name="By which route").get_by_label(route).check()
    page.get_by_label("Organisation", exact=True).select_option(label=body)
    page.get_by_role("group", name="Ground").get_by_label(ground).check()
    page.get_by_label("On what it rests").fill(basis)
    page.get_by_label("Received on").fill(received_on)
    page.get_by_label("The letter or the text").set_input_files(FILE)  # type: ignore[arg-type]
    house.look(page, "case-new")
    page.get_by_role("button", name="Open the case").click()
    heading(page, body)
    with page.expect_download() as download:
        page.get_by_role("button", name="paper.pdf").click()
    assert saved(download.value) == PDF
    return page


def gets_an_address(house: House, office: str, email: str) -> None:
    """On the page of a body's membership the Secretariat enters where letters to it go."""
    page = house.desk(house.officer)
    page.get_by_text("Address for correspondence", exact=True).first.click()
    form = page.locator("form", has=page.get_by_role("button", name="Address for correspondence"))
    form.get_by_label("Person or office").fill(office)
    form.get_by_label("E-mail address").fill(email)
    form.get_by_label("Postal address").fill("3 Castle Street\n1000 Somewhere")
    form.get_by_role("button", name="Address for correspondence").click()
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Letters go there from that day on.")


def informs_the_board(house: House, page: Page, today: str, printed: str) -> None:
    """The Board is told on the day that stands there already, and with that it is a member."""
    expect(page.get_by_label("The Board is informed on")).to_have_value(today)
    house.look(page, "to-inform-the-board")
    page.get_by_role("button", name="Inform the Board and admit it").click()
    expect(page.locator("main")).to_contain_text(f"It is a member from {printed}.")
    house.look(page, "admitted")
    house.post()


def expect_state(house: House, ref: str, sentence: str) -> None:
    """What the page of a case says of it."""
    page = house.desk(house.officer)
    page.goto(f"{house.address}/cases/{ref}/")
    expect(page.locator("main")).to_contain_text(sentence)


def follows_its_case(house: House, page: Page, link: str, subject: str, paper: bytes) -> None:
    """By the link of a letter the applicant comes to the page of its case, where that letter can be saved again."""
    page.goto(link)
    heading(page, "The application of")
    with page.expect_download() as download:
        page.get_by_role("link", name=subject).click()
    assert saved(download.value) == paper
    house.look(page, "own-case")


def asks_for_the_form(house: House, page: Page, email: str, *, again: bool = False) -> None:
    """From the public page to a mail with a link that confirms the address; nobody is faster than some seconds."""
    if again:
        page.get_by_role("link", name="Ask for another link").click()
    else:
        page.goto(f"{house.address}/become-a-member/")
        heading(page, "How to become a member")
        house.look(page, "becoming")
        press(page, "Begin the form")
    page.get_by_label("Your e-mail address").fill(email)
    house.clock.pass_seconds(5)
    page.get_by_role("button", name="Mail me the link").click()
    heading(page, "Look into your mailbox")
    expect(page.locator("main")).to_contain_text("The link works for 48 hours.")


def applied_and_assessed(house: House, name: str) -> None:
    """Another applicant whose way is not looked at: its form is whole, its assessment approved."""
    at = house.clock.moment
    form = make_form(name, at=at, email=f"{name.lower().replace(' ', '-')}@example.org")
    case = operations.express_interest(form, by=applicant(form), at=at)
    confirm_organisation(case.organisation, "international_organisation", by=CONSOLE, at=at)
    operations.complete_case(case, by=house.officer, at=at)
    assess(case, house.officer, house.second, at=at)


def answers_by_letter(house: House, sender: str, ours: str) -> str:
    """A letter that answers ours is entered; returns its number."""
    page = house.desk(house.officer)
    page.goto(f"{house.address}/letters/register/")
    page.get_by_label("Subject").fill("Our focal point")
    page.get_by_label("Sender", exact=True).fill(sender)
    page.get_by_label("Answers our letter").fill(ours)
    page.get_by_label("What it says").fill("It names Jane Dean for official correspondence.")
    page.get_by_label("The letter and what came with it").set_input_files(FILE)  # type: ignore[arg-type]
    house.look(page, "letter-in")
    page.get_by_role("button", name="Enter the letter").click()
    banner = page.locator(".govuk-notification-banner")
    expect(banner).to_contain_text("The letter is entered as")
    found = re.search(r"IN-\d{4}-\d{4}", banner.inner_text())
    assert found is not None
    return found[0]


def named_from_a_letter(house: House, member: str, basis: str, today: str, email: str) -> None:
    """The Secretariat enters whom the member's letter names, from the request that waits for it."""
    page = house.desk(house.officer)
    page.goto(f"{house.address}/focal-points/requests/")
    house.look(page, "requests")
    page.locator("tr", has_text=member).get_by_role("link", name="Enter from a letter").click()
    page.get_by_label("Number of the member's letter").fill(basis)
    expect(page.get_by_label("In office from")).to_have_value(today)
    page.get_by_label("First and last name").first.fill("Jane Dean")
    page.get_by_label("E-mail address").first.fill(email)
    house.look(page, "naming-from-a-letter")
    page.get_by_role("button", name="Name them and write to them").click()
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Named, and written to: Jane Dean.")
    house.post()


def link_works_until(house: House, link: str, printed: str, last: str, after: str) -> None:
    """The page of a closed case prints the last day of its link; it works all that day, and then leads nowhere."""
    page = house.visitor()
    house.clock.set(last)
    page.goto(link)
    expect(page.locator("main")).to_contain_text(f"The case is closed. Your link works until {printed}.")
    house.clock.set(after)
    page.goto(link)
    heading(page, "This link does not work")
