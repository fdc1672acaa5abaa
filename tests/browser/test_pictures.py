"""Pictures in a real browser: still without scripts, alive under our content policy, by keyboard, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Position

from tests.browser.test_every_page import sign_in
from tests.terminal import iisg, served_demonstration

DRAWN = ["/timeline/?show=running", "/map/", "/network/?any_day=on"]
CORNER = Position(x=3, y=3)
"""Where the pointer is on the picture and on none of its marks."""
STILL, LIVE, NARROW = ".iisg-picture__still", ".iisg-picture__live", ".iisg-picture__narrow"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demonstration, served."""
    var: Path = tmp_path_factory.mktemp("drawn")
    done = iisg(var, "demo", "--data-only")
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    with served_demonstration(var) as where:
        yield where


def complaints_of(page: Page) -> list[str]:
    """What the console says from now on, refusals of the content policy among it."""
    heard: list[str] = []
    page.on(
        "console",
        lambda message: heard.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def test_a_picture_comes_alive_without_eval_and_goes_still_again(page: Page, address: str) -> None:
    heard = complaints_of(page)
    sign_in(page, address, "member_reader")
    page.goto(f"{address}/network/?any_day=on")
    assert page.locator(LIVE).count() == 0
    page.locator(".iisg-picture__figure").hover(position=CORNER)
    page.wait_for_selector(f"{LIVE} svg")
    faint = page.locator(f"{LIVE} path[opacity='0.08']")
    assert faint.count() == 0
    page.locator(f"{LIVE} .mark-symbol path").nth(2).hover(force=True)
    faint.first.wait_for(state="attached")
    assert page.locator(LIVE).is_visible()
    page.mouse.move(5, 5)
    assert not page.locator(LIVE).is_visible()
    assert page.locator(STILL).is_visible()
    assert heard == []


def test_living_and_still_picture_lie_on_the_same_place(page: Page, address: str) -> None:
    sign_in(page, address, "member_reader")
    page.goto(f"{address}/network/?any_day=on")
    place = (
        "svg => { const a = svg.getBoundingClientRect(), b = svg.closest('figure').getBoundingClientRect();"
        " return [a.x - b.x, a.y - b.y, a.width, a.height].map(Math.round) }"
    )
    before = page.locator(f"{STILL} svg").evaluate(place)
    page.locator(".iisg-picture__figure").hover()
    page.wait_for_selector(f"{LIVE} svg")
    assert page.locator(f"{LIVE} svg").evaluate(place) == before


@pytest.mark.parametrize("where", DRAWN)
def test_pictures_and_their_tables_stand_without_scripts(chromium: Browser, address: str, where: str) -> None:
    context = chromium.new_context(locale="en-GB", java_script_enabled=False)
    page = context.new_page()
    sign_in(page, address, "member_reader")
    page.goto(address + where)
    picture = page.locator(f"{STILL} svg").bounding_box()
    table = page.locator(".iisg-picture__table table")
    page.locator(".iisg-picture details summary").click()
    assert table.is_visible()
    assert picture is not None
    assert picture["width"] > 600
    context.close()


@pytest.mark.parametrize("where", DRAWN)
def test_letters_stay_readable_on_a_phone(page: Page, address: str, where: str) -> None:
    sign_in(page, address, "member_reader")
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(address + where)
    assert not page.locator(STILL).is_visible()
    heights = page.locator(f"{NARROW} svg text").evaluate_all(
        "texts => texts.filter(text => text.textContent).map(text => text.getBoundingClientRect().height)"
    )
    assert min(heights) >= 11


@pytest.mark.parametrize("where", [*DRAWN, "/money/"])
def test_a_picture_fits_a_phone_without_scrolling_sideways(page: Page, address: str, where: str) -> None:
    sign_in(page, address, "member_reader")
    page.set_viewport_size({"width": 480, "height": 900})
    page.goto(address + where)
    hidden = page.locator(".iisg-picture__frame--two").evaluate_all(
        "frames => frames.map(frame => frame.scrollWidth - frame.clientWidth)"
    )
    assert hidden
    assert set(hidden) == {0}


@pytest.mark.parametrize("width", [320, 480, 800, 1000, 1280])
def test_the_matrix_of_coverage_has_no_box_of_its_own(page: Page, address: str, width: int) -> None:
    sign_in(page, address, "member_reader")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/coverage/?by=measure")
    page.locator(".iisg-matrix--coverage tbody").last.scroll_into_view_if_needed()
    sides = page.locator(".iisg-matrix--coverage").bounding_box()
    assert sides is not None
    assert sides["x"] >= 0
    assert sides["x"] + sides["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width > 350:
        page.mouse.wheel(0, -300)
        head = page.locator(".iisg-matrix--coverage thead th").last.bounding_box()
        assert head is not None
        assert 0 <= head["y"] < 60


def test_the_keyboard_skips_a_picture_or_walks_through_its_links(page: Page, address: str) -> None:
    sign_in(page, address, "member_reader")
    page.goto(f"{address}/map/")
    skip = page.locator(".iisg-picture__skip a")
    skip.focus()
    assert skip.is_visible()
    page.keyboard.press("Enter")
    assert page.url.endswith("#region-table")
    link = page.locator(f"{STILL} a").first
    link.focus()
    assert "Albania" in (link.text_content() or "") or link.get_attribute("href") is not None
    page.keyboard.press("Enter")
    page.wait_for_url("**/needs/?partner=*")


@pytest.mark.parametrize("where", DRAWN)
def test_on_paper_a_picture_is_as_wide_as_the_sheet(page: Page, address: str, where: str) -> None:
    sign_in(page, address, "member_reader")
    page.goto(address + where)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 970})
    picture = page.locator(f"{STILL} svg").bounding_box()
    assert picture is not None
    assert picture["x"] >= 0
    assert picture["x"] + picture["width"] <= 688
