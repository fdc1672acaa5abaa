"""The interface kit in a real Chromium: accessible, usable at 320 px and without scripts, nothing missing."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Route
from pytest_django import Settings

HOUSE = Path(__file__).resolve().parent.parent.parent
AXE = HOUSE / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = pytest.mark.skipif(
    not AXE.exists(), reason="the front end is not built: python -m config.frontend"
)
HERE = "http://kit.test"
CHOSEN = "/kit/?q=cameras&pillar=WBBSi&pillar=WBCTi&sort=-money&page=3"
ERROR_PAGES = ("400", "403", "403_csrf", "404", "500")


@pytest.fixture
def kit(settings: Settings) -> Client:
    """The page of all parts, without sessions and so without a database."""
    settings.ROOT_URLCONF = "tests.browser.kit_urls"
    settings.MIDDLEWARE = ["csp.middleware.CSPMiddleware", "django.middleware.csrf.CsrfViewMiddleware"]
    settings.ALLOWED_HOSTS = ["kit.test", "testserver"]
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    return Client(raise_request_exception=False)


class Window:
    """Opens pages that the house answers itself; what is missing or complained of fails the test."""

    def __init__(self, chromium: Browser, kit: Client) -> None:
        self.chromium, self.kit = chromium, kit
        self.pages: list[Page] = []
        self.complaints: list[str] = []

    def open(self, address: str, width: int = 1280, *, scripts: bool = True) -> Page:
        """A page of `width` pixels at an address of the kit."""
        page = self.chromium.new_page(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        self.pages.append(page)
        page.route("**/*", self.answer)
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(f"{HERE}{address}")
        assert self.complaints == []
        return page

    def answer(self, route: Route) -> None:
        """Static files as Django finds them, pages from its test client with their security policy."""
        url = urlsplit(route.request.url)
        if url.path.startswith("/static/"):
            found = finders.find(url.path.removeprefix("/static/"))
            if isinstance(found, str):
                route.fulfill(path=found, content_type=mimetypes.guess_type(found)[0] or "text/plain")
            else:
                self.complaints.append(f"missing {url.path}")
                route.fulfill(status=404)
            return
        response = self.kit.get(f"{url.path}?{url.query}")
        if response.status_code != 200:
            self.complaints.append(f"{response.status_code} {url.path}")
        policy = response.headers.get("Content-Security-Policy", "")
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy}
        route.fulfill(status=response.status_code, headers=headers, body=response.content)


@pytest.fixture
def window(chromium: Browser, kit: Client) -> Iterator[Window]:
    """Pages of the kit, closed when the test is over."""
    opener = Window(chromium, kit)
    yield opener
    for page in opener.pages:
        page.close()


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.0 to 2.2 A and AA and good practice, with the places."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{v['id']}: {[node['html'][:120] for node in v['nodes']]}" for v in result["violations"]]


@pytest.mark.parametrize("width", [320, 480, 1280])
def test_no_part_of_the_kit_breaks_a_rule_of_accessibility(window: Window, width: int) -> None:
    assert violations(window.open(CHOSEN, width)) == []


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_error_pages_are_accessible(window: Window, name: str) -> None:
    assert violations(window.open(f"/wrong/{name}/")) == []


def test_a_narrow_page_does_not_scroll_sideways(window: Window) -> None:
    page = window.open(CHOSEN, 320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_filters_fold_on_a_phone_and_stand_open_on_a_desk(window: Window) -> None:
    narrow = window.open(CHOSEN, 480)
    assert not narrow.get_by_label("Words").is_visible()
    narrow.get_by_text("Filters").first.click()
    assert narrow.get_by_label("Words").is_visible()
    assert window.open(CHOSEN).get_by_label("Words").is_visible()


def test_without_scripts_menu_and_filters_can_be_used(window: Window) -> None:
    page = window.open(CHOSEN, 480, scripts=False)
    assert page.get_by_role("link", name="Organisations").is_visible()
    page.locator("details.iisg-filter > summary").click()
    assert page.get_by_role("button", name="Apply filters").is_visible()


def test_a_chosen_filter_drops_alone_and_the_order_stays(window: Window) -> None:
    page = window.open(CHOSEN)
    page.get_by_role("link", name="Remove the filter Pillar: Border security").click()
    assert parse_qs(urlsplit(page.url).query) == {"q": ["cameras"], "pillar": ["WBCTi"], "sort": ["-money"]}


def test_an_error_leads_to_the_first_choice(window: Window) -> None:
    page = window.open("/kit/")
    page.locator(".govuk-error-summary a").first.click()
    assert page.evaluate("document.activeElement.id") == "id_verdict_0"


def test_on_paper_the_states_keep_their_words_and_the_menu_stays_away(window: Window) -> None:
    page = window.open(CHOSEN)
    page.emulate_media(media="print")
    assert not page.locator("#navigation").is_visible()
    assert not page.get_by_role("button", name="Apply filters").is_visible()
    assert page.locator(".iisg-state", has_text="not known").first.is_visible()
    assert (
        page.locator(".iisg-table thead").evaluate("head => getComputedStyle(head).display")
        == "table-header-group"
    )
