"""The register of public projects: what it shows, its filters, order, pages and number of queries."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from iisg.faces.public.projects import public_projects
from iisg.foundations.orgs.factories import make_organisation
from iisg.knowledge.actions.factories import add_party, make_action
from iisg.knowledge.actions.models import Action, PartyRole, Stage

pytestmark = pytest.mark.django_db


def titles(client: Client, **query: str) -> list[str]:
    return [row.title for row in client.get("/projects/", query).context["rows"]]


def test_filters_find_by_pillar_partner_donor_implementer_and_words(client: Client) -> None:
    donor, builder = make_organisation("Donor"), make_organisation("Builder")
    below = make_organisation("Ministry of the Donor", parent=donor)
    first = make_action("Šengen boat patrol", named=["ME"], pillars=["WBBSi"])
    second = make_action("Boats for police", named=[], regional=["AL", "ME"], pillars=["WBCSCi"])
    add_party(first, donor, PartyRole.FUNDING)
    add_party(second, below, PartyRole.FUNDING)
    add_party(second, builder, PartyRole.IMPLEMENTING)
    assert titles(client, pillar="WBBSi") == [first.title]
    assert titles(client, partner="ME") == [second.title, first.title]
    assert titles(client, partner="AL") == [second.title]
    assert titles(client, donor=below.ref) == [second.title]
    assert titles(client, donor=donor.ref) == [second.title, first.title]
    assert titles(client, implementer=builder.ref) == [second.title]
    assert titles(client, words="шенген BOAT") == [first.title]
    assert titles(client, words="boat", pillar="WBCSCi", partner="ME") == [second.title]


def test_a_filter_with_a_value_that_is_no_choice_is_told_and_does_not_break(client: Client) -> None:
    make_action("Here")
    response = client.get("/projects/", {"pillar": "nonsense", "page": "many", "sort": "money"})
    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()
    assert [row.title for row in response.context["rows"]] == ["Here"]


def test_under_way_follows_the_engine_and_unknown_stays_unknown(client: Client) -> None:
    make_action("Runs")
    make_action("Over", end_on=date(2024, 6, 30))
    make_action("Nobody said", stage="", start_on=None, end_on=None)
    make_action("Called off", stage=Stage.CANCELLED)
    for running, title in (
        ("running", "Runs"),
        ("finished", "Over"),
        ("unknown", "Nobody said"),
        ("stopped", "Called off"),
    ):
        assert titles(client, running=running) == [title]
    page = client.get("/projects/").content.decode()
    assert "1 under way today; of 1 it is not known" in " ".join(page.split())


def test_order_by_title_and_donor_with_the_unknown_last(client: Client) -> None:
    for title, name in (("b", "Zeta"), ("A", "Alpha")):
        add_party(make_action(title), make_organisation(name), PartyRole.FUNDING)
    make_action("c")
    assert titles(client) == ["A", "b", "c"]
    assert titles(client, sort="-title") == ["c", "b", "A"]
    assert titles(client, sort="donor") == ["A", "b", "c"]
    assert titles(client, sort="-donor") == ["b", "A", "c"]


def test_what_nobody_told_is_not_known_and_a_title_stays_as_printed(client: Client) -> None:
    action = make_action("Support to Kosovo police (FYROM & others)", named=[], pillars=[])
    page = client.get(f"/projects/{action.ref}/").content.decode()
    assert "Support to Kosovo police (FYROM &amp; others)" in page
    assert page.count('class="iisg-unknown"') == 6
    assert 'id="kosovo-note"' in page


def test_region_and_named_partners_stand_apart(client: Client) -> None:
    action = make_action("Both", named=["RS"], regional=["AL", "BA"])
    [project] = public_projects(Action.objects.filter(pk=action.pk), date(2026, 11, 23))
    assert [p.code for p in project.named] == ["RS"]
    assert [p.code for p in project.regional] == ["AL", "BA"]


def test_25_on_a_page_and_the_rest_on_the_next(client: Client) -> None:
    for number in range(27):
        make_action(f"Project {number:02}")
    assert len(titles(client)) == 25
    assert titles(client, page="2") == ["Project 25", "Project 26"]
    assert 'aria-current="page">1<' in client.get("/projects/").content.decode()


def test_nothing_found_says_what_to_do(client: Client) -> None:
    assert "No public project fits" in client.get("/projects/", {"words": "nothing"}).content.decode()


@pytest.mark.parametrize(
    "address", ["/", "/projects/", "/projects/?words=project&running=running&donor=payer"]
)
def test_the_number_of_queries_does_not_grow(client: Client, address: str) -> None:
    payer = make_organisation("Payer", ref="payer")

    def more(number: int) -> None:
        for _ in range(number):
            action = make_action("Project", named=["AL"], regional=["XK", "RS"])
            add_party(action, payer, PartyRole.FUNDING)
            add_party(action, make_organisation(), PartyRole.FUNDING)
            add_party(action, make_organisation(), PartyRole.IMPLEMENTING)

    more(1)
    with CaptureQueriesContext(
        connection,
    ) as one:
        assert client.get(address).status_code == 200
    more(49)
    with CaptureQueriesContext(connection) as fifty:
        assert client.get(address).status_code == 200
    assert len(one) == len(fifty) <= 14
