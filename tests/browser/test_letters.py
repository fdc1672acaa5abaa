"""The table who is told of what with occasions in it, as a procedure would bring them, in a real Chromium."""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.orgs.factories import make_organisation
from iisg.office.letters.models import Told
from iisg.office.letters.tests.made_up import known_here
from tests.browser.test_every_page import AXE


@pytest.mark.django_db(transaction=True)
def test_the_table_is_ticked_and_looked_at_wide_and_narrow(page: Page, live_server: LiveServer) -> None:
    body, client = make_organisation("Border Centre of the Western Balkans"), Client()
    client.force_login(make_person(Role.SECRETARIAT))
    cookie = client.cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": cookie, "url": live_server.url}])
    with known_here():
        page.goto(f"{live_server.url}/letters/told/")
        page.get_by_label("is told (A body was admitted, The agency)").check()
        page.get_by_label("in copy (A body was admitted, The agency)").check()
        page.get_by_role("button", name="Keep the table").click()
        expect(page.locator(".govuk-notification-banner")).to_contain_text("The table is kept")
        page.locator("#id_occasion").select_option("admitted")
        page.get_by_role("button", name="Look").click()
        page.locator("#id_record").select_option(str(body.pk))
        page.get_by_role("button", name="Look").click()
        expect(page.locator("main")).to_contain_text("Agency, office@agency.example")
        for width in (1280, 480):
            page.set_viewport_size({"width": width, "height": 900})
            for where in (page.url, f"{live_server.url}/letters/new/?kind=invitation"):
                page.goto(where)
                over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                assert page.evaluate(over) <= 0
                page.evaluate(AXE.read_text())
                found = page.evaluate("axe.run().then(r => r.violations.map(v => v.id))")
                assert found == []
    assert str(Told.objects.get()) == "admitted: agency"
