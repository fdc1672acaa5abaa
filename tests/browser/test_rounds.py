"""A focal point answers a round, and the Secretariat takes the answer back and notes one that came by mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_every_page import sign_in
from tests.terminal import iisg, served_demonstration


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A house with the demonstration, where MARRI owes its answer on border security."""
    var: Path = tmp_path_factory.mktemp("asked")
    done = iisg(var, "demo", "--data-only")
    assert done.returncode == 0, done.stdout + done.stderr
    with served_demonstration(var) as where:
        yield where


def test_a_round_is_answered_taken_back_and_noted(page: Page, address: str) -> None:
    sign_in(page, address, "focal_point")
    page.goto(f"{address}/desk/")
    page.locator(".iisg-duty a", has_text="under WBBSi").click()
    page.get_by_role("button", name="We have told all we do").click()
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Your answer is noted")
    expect(page.locator("main")).to_contain_text("said here by the member itself")
    page.goto(f"{address}/desk/")
    expect(page.locator(".iisg-duty", has_text="under WBBSi")).to_have_count(0)

    page.context.clear_cookies()
    sign_in(page, address, "secretariat")
    page.goto(f"{address}/desk/")
    expect(page.locator(".iisg-duty", has_text="Remind Migration")).to_have_count(0)
    page.goto(f"{address}/rounds/annual-responses-2026-demonstration/marri/")
    page.get_by_text("Take back the answer on WBBSi").first.click()
    page.get_by_label("Why is it taken back?").fill("It was meant for another round.")
    page.get_by_role("button", name="Take back the answer on WBBSi").click()
    expect(page.locator(".govuk-notification-banner")).to_contain_text("counts as silent again")
    expect(page.get_by_label("Text to copy")).to_have_value(re.compile("^Dear colleagues"))

    page.get_by_label("it has nothing to report").check()
    page.get_by_label("Day of the answer").fill("2026-10-20")
    page.get_by_label("Letter, mail or conversation").fill("Mail of 20 October 2026")
    page.get_by_role("button", name="Note the answer").click()
    expect(page.locator(".govuk-notification-banner")).to_contain_text("coverage follows it at once")
    expect(page.locator("main")).to_contain_text("has nothing to report, 20 October 2026")
