"""An applicant on a phone fills in the whole form, by mouse and once by keyboard alone; every page passes axe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_every_page import AXE, PICTURES
from tests.terminal import iisg, served_demonstration

STATEMENTS = ("interest", "information", "no-sensitive-information", "support")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A house with the demonstration; it has no mail server and so shows the mail itself."""
    var: Path = tmp_path_factory.mktemp("applied")
    done = iisg(var, "demo", "--data-only")
    assert done.returncode == 0, done.stdout + done.stderr
    with served_demonstration(var) as where:
        yield where


class Reader:
    """Looks at each page as it comes by: accessible, no wider than the window, at two widths."""

    def __init__(self, page: Page) -> None:
        self.page, self.wrong, self.count = page, [], 0  # type: tuple[Page, list[str], int]
        page.on("console", lambda m: self.wrong.append(m.text) if m.type == "error" else None)

    def look(self, name: str) -> None:
        """Look at what is shown now, once all of it is there."""
        self.page.wait_for_load_state("networkidle")
        expect(self.page.locator("h1")).to_be_visible()
        self.count += 1
        for width in (1280, 320, 480):
            self.page.set_viewport_size({"width": width, "height": 900})
            if PICTURES and width > 320:
                self.page.screenshot(
                    path=f"{PICTURES}/applicant__{self.count:02d}-{name}__{width}.png", full_page=True
                )
            overflow = self.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            if overflow > 0:
                self.wrong.append(f"{name}: {overflow} px wider than {width}")
            if width == 320:
                continue
            self.page.evaluate(AXE.read_text())
            for found in self.page.evaluate("axe.run().then(r => r.violations)"):
                nodes = "; ".join(str(node["target"][0]) for node in found["nodes"][:3])
                self.wrong.append(f"{name} at {width}: {found['id']} ({nodes})")
        assert self.page.locator("h1").count() == 1


def begin(page: Page, address: str, email: str, reader: Reader | None = None) -> None:
    """From the public page to an open form."""

    def look(name: str) -> None:
        if reader:
            reader.look(name)

    page.goto(f"{address}/become-a-member/")
    look("becoming")
    page.get_by_role("button", name="Begin the form").or_(
        page.get_by_role("link", name="Begin the form")
    ).first.click()
    look("start")
    page.wait_for_timeout(2_200)
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_role("button", name="Mail me the link").click()
    expect(page.locator("h1")).to_have_text("Look into your mailbox")
    look("sent")
    page.locator(".iisg-mail a").click()
    look("confirm")
    page.get_by_role("button", name="Begin the form").click()
    expect(page.locator("h1")).to_contain_text("expression of interest")


def say_who_applies(page: Page, reader: Reader) -> None:
    """A kind that takes another way is told; then the right one, and whom to write to."""
    page.get_by_label("EU Justice and Home Affairs agency").check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("fourth indent")
    reader.look("organisation-refused")
    page.get_by_label("Name of the country or organisation").fill("Regional Institute for Safety")
    page.get_by_label("International organisation", exact=True).check()
    page.get_by_label("Country of its seat").select_option("XK")
    page.get_by_label("What does it do in the Western Balkans?").fill("Training of border police.")
    reader.look("organisation")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("Name of a person or of an office").fill("Office of the Director")
    reader.look("contact")
    page.get_by_role("button", name="Save and continue").click()


def make_statements_and_name_focal_points(page: Page, reader: Reader) -> None:
    """The four statements, each on its page; then the pillars; then back to the list."""
    for slug in STATEMENTS:
        expect(page).to_have_url(re.compile(f"/answers/{slug}/$"))
        page.get_by_label("We make this statement").check()
        if slug == "information":
            reader.look("statement")
        page.get_by_role("button", name="Save and continue").click()
    first = page.get_by_role("group", name="WBCTi", exact=False).first
    first.get_by_label("Yes, this person").check()
    first.get_by_label("Name", exact=True).fill("Ana Example")
    first.get_by_label("E-mail address").fill("ana@regional-institute.example")
    page.get_by_role("group", name="WBCSCi", exact=False).first.get_by_label("Yes, named later").check()
    page.get_by_role("group", name="WBBSi", exact=False).first.get_by_label("No", exact=True).check()
    reader.look("focal-points")
    page.get_by_role("button", name="Save and come back later").click()
    reader.look("tasks-half")


def sign_on_paper(page: Page, reader: Reader, scan: Path) -> None:
    """Print, sign, send."""
    page.get_by_role("link", name="Who signs, and how").click()
    page.get_by_label("On paper", exact=False).check()
    page.get_by_label("Name of whoever signs").fill("A. Director")
    page.get_by_role("textbox", name="Office").fill("Director")
    reader.look("signature")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Make the paper").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Take the paper to be signed").click()
    assert download.value.suggested_filename.startswith("expression-of-interest")
    scan.write_bytes(b"\x89PNG\r\n\x1a\nscan")
    page.get_by_label("The signed form").set_input_files(scan)
    reader.look("signed-paper")
    page.get_by_role("button", name="Send the signed form").click()
    expect(page.locator("main")).to_contain_text("scan.png")
    reader.look("signed-paper-sent")


def hand_over(page: Page, reader: Reader) -> None:
    """Check, agree, hand over."""
    page.get_by_role("button", name="Continue").or_(page.get_by_role("link", name="Continue")).first.click()
    reader.look("check")
    page.get_by_role("button", name="Hand the form over").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Without this consent")
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Hand the form over").click()
    expect(page.locator("h1")).to_have_text("The form is handed over")
    reader.look("handed-over")


def follow_withdraw_and_erase(page: Page, reader: Reader, address: str) -> None:
    """The case's own page, and everything on it; at last the link is void."""
    page.goto(f"{address}/become-a-member/form/")
    expect(page.locator("main")).to_contain_text("checks whether the form is complete")
    reader.look("case")
    page.get_by_role("link", name="Withdraw").click()
    reader.look("withdraw")
    page.get_by_label("Why do you withdraw?").fill("A trial.")
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_role("link", name="Have the personal data erased").click()
    reader.look("erase")
    page.get_by_role("button", name="Erase the personal data").click()
    expect(page.locator("h1")).to_have_text("How to become a member")
    page.goto(f"{address}/become-a-member/form/")
    reader.look("void-link")
    page.goto(f"{address}/become-a-member/your-data/")
    reader.look("your-data")


def test_a_form_is_filled_in_on_a_phone_and_handed_over(page: Page, address: str, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 480, "height": 900})
    reader = Reader(page)
    begin(page, address, "office@regional-institute.example", reader)
    reader.look("tasks-empty")
    page.get_by_role("link", name="The country or organisation").click()
    say_who_applies(page, reader)
    make_statements_and_name_focal_points(page, reader)
    sign_on_paper(page, reader, tmp_path / "scan.png")
    hand_over(page, reader)
    follow_withdraw_and_erase(page, reader, address)
    assert not [text for text in reader.wrong if "404" not in text]


def test_a_page_is_filled_in_by_keyboard_alone_and_nothing_is_lost(page: Page, address: str) -> None:
    begin(page, address, "keys@regional-institute.example")
    page.goto(f"{address}/become-a-member/answers/contact/")
    page.locator("#id_contact_name").focus()
    page.keyboard.type("Office by keys")
    page.keyboard.press("Tab")
    page.keyboard.type("+32 2 000")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Save and continue")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Save and come back later")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Your expression of interest")
    page.goto(f"{address}/become-a-member/answers/contact/")
    expect(page.locator("#id_contact_name")).to_have_value("Office by keys")
    page.goto(f"{address}/become-a-member/answers/interest/")
    page.locator("#id_made").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/answers/information/$"))
