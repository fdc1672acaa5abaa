"""What the public may not see is on no public page, whatever way in is tried (rules.md 7)."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.test import Client

from iisg.foundations.accounts.factories import make_person
from iisg.foundations.orgs.factories import make_organisation, make_partner
from iisg.foundations.orgs.models import Alias, AliasKind, OrganisationKind
from iisg.knowledge.actions.factories import add_flow, add_party, make_action
from iisg.knowledge.actions.models import Action, PartyRole
from iisg.knowledge.needs.factories import make_need

pytestmark = pytest.mark.django_db

CANARIES = (
    "summarycanary",
    "beneficiarycanary",
    "basiscanary",
    "moneycanary",
    "datecanary",
    "assistancecanary",
    "stagecanary",
    "startcanary",
    "flowcanary",
    "needcanary",
    "hiddencanary",
    "hiddendonorcanary",
    "learntcanary",
    "reportercanary",
    "717171",
)


@pytest.fixture
def donor() -> Action:
    """One public and one members' action, with a mark in every field that the public does not get."""
    action = make_action(
        "Cameras for the border",
        summary="summarycanary",
        other_beneficiaries="beneficiarycanary",
        pillar_basis="basiscanary",
        money_note="moneycanary",
        date_note="datecanary",
        assistance_printed="assistancecanary",
        stage_printed="stagecanary",
        start_printed="startcanary",
        reporter=make_organisation("reportercanary", confirmed=False, kind=OrganisationKind.NOT_KNOWN),
        source_url="https://example.invalid/source",
    )
    add_flow(action, Decimal("717171.00"), printed="flowcanary")
    payer = make_organisation("Generous Donor")
    Alias.objects.create(
        organisation=payer, name="learntcanary", folded="learntcanary", kind=AliasKind.LEARNT
    )
    add_party(action, payer, PartyRole.FUNDING)
    hidden = make_action("hiddencanary", is_public=False)
    unknown = make_organisation("hiddendonorcanary", confirmed=False, kind=OrganisationKind.NOT_KNOWN)
    add_party(hidden, unknown, PartyRole.FUNDING)
    make_need("needcanary")
    return action


def crawl(client: Client, *starts: str) -> dict[str, str]:
    """Every page of this house that can be reached by links from `starts`: address -> its HTML."""
    waiting, seen = list(starts), dict[str, str]()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        response = client.get(address)
        assert response.status_code in (200, 302), address
        content = response.getvalue() if response.streaming else response.content
        seen[address] = content.decode(errors="replace")
        for link in re.findall(r'href="(/[^"#]*|\?[^"#]*)', seen[address]):
            link = link.replace("&amp;", "&")
            target = address.split("?")[0] + link if link.startswith("?") else link
            if not target.startswith(("/static/", "/accounts/", "//")) and target.count("=") < 3:
                waiting.append(target)
    return seen


def test_no_public_page_tells_what_stays_with_members(client: Client, donor: Action) -> None:
    pages = crawl(client, "/", "/projects/?words=cameras", f"/projects/{donor.ref}/")
    assert {"/", "/projects/", "/organisations/", "/about/", f"/projects/{donor.ref}/"} <= set(pages)
    told = {(address, canary) for address, page in pages.items() for canary in CANARIES if canary in page}
    assert not told
    assert "Cameras for the border" in pages["/projects/"]
    assert "Generous Donor" in pages["/projects/"]


@pytest.mark.parametrize("word", ["summarycanary", "hiddencanary"])
def test_a_search_does_not_find_by_what_is_hidden(client: Client, donor: Action, word: str) -> None:
    response = client.get("/projects/", {"words": word})
    assert response.context["page"].paginator.count == 0


def test_a_name_learnt_from_an_import_finds_a_body_for_members_only(client: Client, donor: Action) -> None:
    found = client.get("/organisations/", {"words": "learntcanary"})
    assert found.context["page"].paginator.count == 0
    assert client.get("/organisations/", {"words": "generous DONOR"}).context["page"].paginator.count == 1
    client.force_login(make_person())
    found = client.get("/organisations/", {"words": "learntcanary"})
    assert found.context["page"].paginator.count == 1


def test_an_unpublished_action_is_no_public_project(client: Client, donor: Action) -> None:
    hidden = Action.objects.get(title="hiddencanary")
    assert client.get(f"/projects/{hidden.ref}/").status_code == 404


def test_a_body_that_only_a_hidden_record_names_is_for_members(client: Client, donor: Action) -> None:
    address = "/organisations/" + make_organisation("Only here", confirmed=False).ref + "/"
    assert client.get(address).status_code == 404
    client.force_login(make_person())
    assert client.get(address).status_code == 200


def test_an_address_that_is_no_web_address_is_no_link(client: Client) -> None:
    action = make_action("Odd source", source_url="javascript:alert(1)")
    assert "javascript:" not in client.get(f"/projects/{action.ref}/").content.decode()


def test_members_are_led_to_the_members_page(client: Client) -> None:
    action = make_action("Open to members")
    assert "/accounts/login/" in client.get(f"/projects/{action.ref}/").content.decode()
    client.force_login(make_person())
    assert f"/actions/{action.ref}/" in client.get(f"/projects/{action.ref}/").content.decode()
    make_partner("AL")
    assert "/actions/?organisation=albania" in client.get("/organisations/albania/").content.decode()
