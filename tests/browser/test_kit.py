"""The interface kit in a real Chromium: accessible, usable at 320 px and without scripts, nothing missing."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Route
from pytest_django import Settings

HOUSE = Path(__file__).resolve().parent.parent.parent
AXE = HOUSE / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = pytest.mark.skipif(not AXE.exists(), reason="the front end is not built: python -m config.frontend")
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


def opened(chromium: Browser, kit: Client, address: str, width: int = 1280, scripts: bool = True) -> Page:
    """A page whose requests the house answers itself; anything refused or said to the console fails the test."""
    page = chromium.new_page(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
    complaints: list[str] = []

    def answer(route: Route) -> None:
        url = urlsplit(route.request.url)
        if url.path.startswith("/static/"):
            found = finders.find(url.path.removeprefix("/static/"))
            if not isinstance(found, str):
                complaints.append(f"missing {url.path}")
                return route.fulfill(status=404)
            return route.fulfill(path=found, content_type=mimetypes.guess_type(found)[0] or "text/plain")
        response = kit.get(f"{url.path}?{url.query}")
        if response.status_code != 200:
            complaints.append(f"{response.status_code} {url.path}")
        policy = response.headers.get("Content-Security-Policy", "")
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy}
        return route.fulfill(status=response.status_code, headers=headers, body=response.content)

    page.route("**/*", answer)
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{HERE}{address}")
    assert complaints == []
    return page


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.0 to 2.2 A and AA and good practice, with the places."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{v['id']}: {[node['html'][:120] for node in v['nodes']]}" for v in result["violations"]]


@pytest.mark.parametrize("width", [320, 480, 1280])
def test_no_part_of_the_kit_breaks_a_rule_of_accessibility(chromium: Browser, kit: Client, width: int) -> None:
    assert violations(opened(chromium, kit, CHOSEN, width)) == []


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_error_pages_are_accessible(chromium: Browser, kit: Client, name: str) -> None:
    assert violations(opened(chromium, kit, f"/wrong/{name}/")) == []


def test_a_narrow_page_does_not_scroll_sideways(chromium: Browser, kit: Client) -> None:
    page = opened(chromium, kit, CHOSEN, 320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_filters_fold_on_a_phone_and_stand_open_on_a_desk(chromium: Browser, kit: Client) -> None:
    narrow = opened(chromium, kit, CHOSEN, 480)
    assert not narrow.get_by_label("Words").is_visible()
    narrow.get_by_text("Filters").first.click()
    assert narrow.get_by_label("Words").is_visible()
    assert opened(chromium, kit, CHOSEN).get_by_label("Words").is_visible()


def test_without_scripts_menu_and_filters_can_be_used(chromium: Browser, kit: Client) -> None:
    page = opened(chromium, kit, CHOSEN, 480, scripts=False)
    assert page.get_by_role("link", name="Organisations").is_visible()
    page.locator("details.iisg-filter > summary").click()
    assert page.get_by_role("button", name="Apply filters").is_visible()


def test_a_chosen_filter_drops_alone_and_the_order_stays(chromium: Browser, kit: Client) -> None:
    page = opened(chromium, kit, CHOSEN)
    page.get_by_role("link", name="Remove the filter Pillar: Border security").click()
    assert parse_qs(urlsplit(page.url).query) == {"q": ["cameras"], "pillar": ["WBCTi"], "sort": ["-money"]}


def test_an_error_leads_to_the_first_choice(chromium: Browser, kit: Client) -> None:
    page = opened(chromium, kit, "/kit/")
    page.locator(".govuk-error-summary a").first.click()
    assert page.evaluate("document.activeElement.id") == "id_verdict_0"
