"""The queue of relations worked by keyboard only, and what the keys leave alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_every_page import sign_in
from tests.terminal import iisg, served_demonstration


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A house with the demonstration and its queue of relations."""
    var: Path = tmp_path_factory.mktemp("related")
    done = iisg(var, "demo", "--data-only")
    assert done.returncode == 0, done.stdout + done.stderr
    with served_demonstration(var) as where:
        yield where


def press(page: Page, key: str) -> None:
    """One key, once the page and its scripts are there."""
    page.wait_for_load_state("load")
    page.keyboard.press(key)


def shows(page: Page, place: str) -> None:
    """Wait until the page says which of how many it shows."""
    expect(page.locator(".iisg-way span").first).to_have_text(place)


def test_the_queue_is_worked_by_keyboard_only(page: Page, address: str) -> None:
    sign_in(page, address, "secretariat")
    page.goto(f"{address}/relations/")
    page.locator("a:has-text('Decide them one by one')").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".iisg-way span").first).to_contain_text("1 of")
    first = page.url
    count = int(page.locator(".iisg-way span").first.inner_text().split()[-1].replace(",", ""))
    press(page, "j")
    shows(page, f"2 of {count}")
    press(page, "k")
    shows(page, f"1 of {count}")
    expect(page).to_have_url(first)

    press(page, "r")
    expect(page.locator("#decide")).to_be_in_viewport()
    assert "turned=1" in page.url
    page.goto(first)

    press(page, "w")
    expect(page.locator("#id_reason")).to_be_focused()
    page.keyboard.type("n1 because of the contract")
    expect(page.locator("#id_reason")).to_have_value("n1 because of the contract")
    page.keyboard.press("Enter")
    expect(page).to_have_url(first)
    page.keyboard.press("Escape")
    press(page, "4")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Confirmed:")
    shows(page, f"1 of {count - 1}")

    press(page, "j")
    shows(page, f"2 of {count - 1}")
    press(page, "u")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("The decision was taken back")
    shows(page, f"1 of {count}")
    press(page, "n")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Rejected:")

    for _number in range(5):
        before = page.url
        press(page, "6")
        expect(page).not_to_have_url(before)
    page.goto(f"{address}/relations/?state=confirmed&kind=overlaps")
    expect(page.locator(".iisg-result").first).to_contain_text("5 relations")


def test_keys_can_be_turned_off_and_a_reader_has_none(page: Page, address: str) -> None:
    sign_in(page, address, "secretariat")
    page.goto(f"{address}/relations/")
    page.locator("a:has-text('Decide them one by one')").click()
    expect(page.locator("[data-iisg-keys]")).to_be_visible()
    where = page.url
    page.locator("#keys-on").focus()
    page.keyboard.press("Space")
    press(page, "j")
    press(page, "n")
    expect(page).to_have_url(where)
    page.keyboard.press("Space")
    press(page, "j")
    expect(page).not_to_have_url(where)


def test_the_queue_works_without_script(page: Page, address: str) -> None:
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    plain = context.new_page()
    sign_in(plain, address, "secretariat")
    plain.goto(f"{address}/relations/")
    plain.locator("a:has-text('Decide them one by one')").click()
    plain.locator("button[value=not_related]").click()
    expect(plain.locator(".govuk-notification-banner")).to_contain_text("Rejected:")
    plain.locator(".iisg-way__undo").click()
    expect(plain.locator(".govuk-notification-banner")).to_contain_text("The decision was taken back")
    context.close()
