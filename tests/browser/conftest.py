"""A real Chromium for the browser tests; without one they are skipped, and `make test` says so and fails."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.chromium import CURE, OPTIONS, find_chromium


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the whole run."""
    program = find_chromium()
    if program is None:
        pytest.skip(CURE)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright's own loop runs in the thread of the tests
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(OPTIONS))
        yield browser
        browser.close()


def _stay_at_home(route: Route) -> None:
    """Let through what goes to this machine, refuse the rest: our pages fetch nothing from elsewhere."""
    address = route.request.url
    if address.startswith(("http://localhost", "http://127.0.0.1", "data:", "blob:", "about:")):
        route.continue_()
    else:
        route.abort()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh page of 1280 by 900 pixels in its own context, with no way out of this machine."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.route("**/*", _stay_at_home)
    yield context.new_page()
    context.close()
