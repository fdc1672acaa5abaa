"""The register of organisations and one of them: members by group, filters, names, what is not known."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from iisg.faces.public.members import Group, members_by_group
from iisg.foundations.orgs.factories import make_organisation, make_partner, make_partners
from iisg.foundations.orgs.models import Alias, Ground, Membership, Organisation, OrganisationKind
from iisg.knowledge.actions.factories import add_party, make_action
from iisg.knowledge.actions.models import PartyRole
from iisg.office.pillars.models import Participation

pytestmark = pytest.mark.django_db


def names(client: Client, **query: str) -> list[str]:
    return [line.body.name for line in client.get("/organisations/", query).context["rows"]]


def join(body: Organisation, ground: str, pillar: str = "", **facts: date) -> Organisation:
    Membership.objects.create(organisation=body, ground=ground, **facts)
    if pillar:
        Participation.objects.create(organisation=body, pillar_id=pillar)
    return body


@pytest.fixture
def bodies() -> dict[str, Organisation]:
    """A partner, a host, an institution, an agency that is no member, a former member, a ministry."""
    partner = join(make_partner("RS"), Ground.PARTNER, "WBBSi")
    return {
        "partner": partner,
        "host": join(make_organisation("Host"), Ground.HOST, "WBCTi"),
        "commission": join(
            make_organisation("Commission", kind=OrganisationKind.EU_INSTITUTION), Ground.INSTITUTION
        ),
        "agency": make_organisation("Agency", kind=OrganisationKind.EU_JHA_AGENCY),
        "left": join(make_organisation("Left"), Ground.BOARD_APPROVAL, valid_to=date(2022, 1, 1)),
        "ministry": make_organisation("Ministry", kind=OrganisationKind.INSTITUTION, parent=partner),
    }


def test_members_stand_in_the_four_groups_of_the_methodology(bodies: dict[str, Organisation]) -> None:
    groups = {g.group: [m.name for m in g.members] for g in members_by_group(date(2026, 11, 23))}
    assert groups == {
        Group.PARTNERS: ["Serbia"],
        Group.INTERNATIONAL: ["Host"],
        Group.INSTITUTIONS: ["Commission"],
        Group.AGENCIES: [],
    }


def test_agencies_without_a_record_are_not_known_rather_than_none(client: Client) -> None:
    page = client.get("/").content.decode()
    assert 'agencies</a>: <span class="iisg-unknown">not known</span>' in page


def test_filters_find_by_membership_group_ground_pillar_kind(
    client: Client, bodies: dict[str, Organisation]
) -> None:
    assert names(client, membership="member") == ["Commission", "Host", "Serbia"]
    assert names(client, membership="known") == ["Agency", "Left", "Ministry"]
    assert names(client, membership="international") == ["Host"]
    assert names(client, membership="agencies") == []
    assert names(client, ground="host") == ["Host"]
    assert names(client, pillar="WBBSi") == ["Serbia"]
    assert names(client, kind="institution") == ["Ministry"]
    assert names(client, membership="member", sort="-name") == ["Serbia", "Host", "Commission"]


def test_any_name_finds_a_body_in_either_script(client: Client, bodies: dict[str, Organisation]) -> None:
    Alias.objects.create(organisation=bodies["ministry"], name="Šćepan", folded="scepan")
    assert names(client, words="Шћепан") == ["Ministry"]


def test_a_partner_is_one_voice_with_all_its_bodies(client: Client, bodies: dict[str, Organisation]) -> None:
    make_organisation("Border Police", kind=OrganisationKind.INSTITUTION, parent=bodies["ministry"])
    page = client.get("/organisations/serbia/").content.decode()
    assert "A partner is one voice" in page
    assert "Its bodies that are known here" in page
    assert "Ministry" in page
    assert "Border Police" in page


def test_days_that_are_not_public_are_not_known(client: Client, bodies: dict[str, Organisation]) -> None:
    page = client.get(f"/organisations/{bodies['host'].ref}/").content.decode()
    assert "Host of the Secretariat, automatic" in page
    assert "not known" in page


def test_projects_of_a_body_and_of_those_below_it(client: Client, bodies: dict[str, Organisation]) -> None:
    for number in range(12):
        add_party(make_action(f"Paid {number:02}"), bodies["ministry"], PartyRole.FUNDING)
    portrait = client.get("/organisations/serbia/").context["portrait"]
    assert (portrait.donor.count, len(portrait.donor.projects), portrait.donor.more) == (12, 10, 2)
    assert len(client.get("/projects/", {"donor": "serbia"}).context["rows"]) == 12


def test_kosovo_carries_its_footnote_and_partners_stand_in_alphabetical_order(client: Client) -> None:
    make_partners()
    page = client.get("/organisations/?kind=wb_partner").content.decode()
    assert page.count('id="kosovo-note"') == 1
    assert names(client, kind="wb_partner") == [
        "Albania",
        "Bosnia and Herzegovina",
        "Kosovo*",
        "Montenegro",
        "North Macedonia",
        "Serbia",
    ]


def test_nothing_found_says_what_to_do(client: Client) -> None:
    assert "No organisation fits" in client.get("/organisations/?words=nothing").content.decode()
    assert client.get("/organisations/nobody/").status_code == 404


@pytest.mark.parametrize("address", ["/organisations/?kind=civil_society", "/organisations/above/"])
def test_the_number_of_queries_does_not_grow(client: Client, address: str) -> None:
    above = make_organisation("Above", ref="above")

    def more(number: int) -> None:
        for _ in range(number):
            body = make_organisation(kind=OrganisationKind.CIVIL_SOCIETY, parent=above)
            join(body, Ground.BOARD_APPROVAL, "WBCTi")
            action = make_action()
            add_party(action, body, PartyRole.FUNDING)
            add_party(action, body, PartyRole.IMPLEMENTING)

    more(1)
    with CaptureQueriesContext(connection) as one:
        assert client.get(address).status_code == 200
    more(49)
    with CaptureQueriesContext(connection) as fifty:
        assert client.get(address).status_code == 200
    assert len(one) == len(fifty) <= 18
