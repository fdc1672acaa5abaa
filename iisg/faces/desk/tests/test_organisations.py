"""Deciding about organisations that imports named."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.test import Client

from iisg.faces.desk.tests.conftest import SignIn
from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.roles import Role
from iisg.foundations.orgs.factories import make_organisation, make_partner
from iisg.foundations.orgs.models import Organisation, OrganisationKind
from iisg.foundations.orgs.operations import enter_organisation, note_new_organisation
from iisg.knowledge.actions.factories import add_flow, add_party, make_action
from iisg.knowledge.actions.models import PartyRole
from iisg.knowledge.needs.factories import make_need

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LIST = "/organisations/unconfirmed/"


def known(
    ref: str = "osce", name: str = "Organization for Security and Co-operation in Europe"
) -> Organisation:
    """A body that the register knows under its names."""
    kind = OrganisationKind.INTERNATIONAL_ORGANISATION
    return enter_organisation(ref, by=CONSOLE, at=AT, name=name, kind=kind, confirmed=True)


def named(
    name: str = "Organization For Security And Cooperation In Europe", identifier: str = ""
) -> Organisation:
    """A body that a file named."""
    return note_new_organisation(name, by=CONSOLE, at=AT, identifier=identifier)


def address(body: Organisation, words: str = "") -> str:
    """The page that decides about it."""
    return f"/organisations/{body.ref}/confirm/" + (f"?q={words}" if words else "")


@pytest.mark.parametrize("role", [None, *(role for role in Role if role != Role.SECRETARIAT)])
def test_only_the_secretariat_decides(role: Role | None, sign_in: SignIn) -> None:
    body = named()
    client = sign_in(role)
    for page in (LIST, address(body)):
        assert client.get(page).status_code == 403
        assert client.post(page, {"deed": "own", "kind": "other"}).status_code == 403
        assert Client().get(page).status_code == 302
    assert not Organisation.objects.get(pk=body.pk).confirmed
    assert "Say whom it means" not in client.get(f"/organisations/{body.ref}/").content.decode()


def test_the_list_tells_where_each_name_came_from(secretariat: Client) -> None:
    osce, mission, silent = known(), named(identifier="XM-DAC-47131"), named("Nobody of this name")
    one = make_action(source_name="partners.xml", reporter=mission)
    two = make_action(source_name="second.xml")
    add_party(one, mission, PartyRole.FUNDING)
    add_flow(two, None, source=mission)
    response = secretariat.get(LIST)
    lines = response.context["lines"]
    assert [(line.body, line.names, line.files, line.actions, line.near) for line in lines] == [
        (mission, ["XM-DAC-47131"], ["partners.xml", "second.xml"], 2, [osce]),
        (silent, [], [], 0, []),
    ]
    page = response.content.decode()
    assert "2 names wait" in " ".join(page.split()).replace("</strong>", "")
    assert "none by its name" in page
    assert 'from: <span class="iisg-unknown">not known</span>' in page


def test_an_action_that_names_a_body_in_several_ways_is_counted_once(secretariat: Client) -> None:
    body, payer = named("Firm of many parts"), named("Firm that pays")
    one, two = make_action(source_name="one.xml", reporter=body), make_action(source_name="two.xml")
    for role in (PartyRole.FUNDING, PartyRole.IMPLEMENTING):
        add_party(one, body, role)
        add_party(two, body, role)
    add_flow(one, Decimal(3), source=body)
    add_flow(one, Decimal(4), source=payer, destination=payer)
    add_flow(two, Decimal(4), destination=payer)
    lines = secretariat.get(LIST + "?sort=name").context["lines"]
    assert [(line.body, line.actions, line.files) for line in lines] == [
        (body, 2, ["one.xml", "two.xml"]),
        (payer, 2, ["one.xml", "two.xml"]),
    ]


def test_the_list_is_sorted_filtered_and_paged_on_the_server(secretariat: Client) -> None:
    bodies = [named(f"Firm {number:02}") for number in range(30)]
    add_party(make_action(), bodies[7], PartyRole.IMPLEMENTING)

    def names(query: str) -> list[str]:
        return [line.body.name for line in secretariat.get(LIST + query).context["lines"]]

    assert names("")[:2] == ["Firm 07", "Firm 00"]
    assert len(names("")) == 25
    assert len(names("?page=2")) == 5
    assert names("?sort=-name")[0] == "Firm 29"
    assert names("?sort=name")[0] == "Firm 00"
    assert names("?sort=actions&page=2")[-1] == "Firm 07"
    assert names("?words=FIRM 12") == ["Firm 12"]
    assert "No unconfirmed name holds these words" in secretariat.get(LIST + "?words=zzz").content.decode()


def test_an_empty_list_says_so(secretariat: Client) -> None:
    assert "Every organisation is confirmed" in secretariat.get(LIST).content.decode()


def test_the_page_tells_what_names_it_and_offers_near_bodies_first(secretariat: Client) -> None:
    osce, mission = known(), named()
    ministry = known("mup", "Ministry of Interior")
    action = make_action("Cameras", reporter=mission)
    add_party(action, mission, PartyRole.IMPLEMENTING)
    add_flow(action, Decimal(1), source=mission, destination=mission)
    need = make_need("Cameras wanted", body=mission)
    response = secretariat.get(address(mission))
    doubt = response.context["doubt"]
    assert [(one.action, [str(part) for part in one.parts]) for one in doubt.actions] == [
        (action, ["reports it", "implementing", "pays money", "receives money"])
    ]
    assert (doubt.needs, doubt.offered) == ([need], [osce])
    page = response.content.decode()
    assert "1 action names it" in page
    assert "learnt from a file or a form" in page
    assert secretariat.get(address(mission, "interior")).context["doubt"].offered == [osce, ministry]
    assert "Try fewer or shorter ones" in secretariat.get(address(mission, "zzz")).content.decode()
    assert "Say whom it means" in secretariat.get(f"/organisations/{mission.ref}/").content.decode()


def test_a_body_of_its_own_is_confirmed(secretariat: Client) -> None:
    albania, body = make_partner("AL"), named("Border Directorate")
    said = {"deed": "own", "kind": "institution", "parent": "albania", "short_name": "BD"}
    told = secretariat.post(address(body), said, follow=True)
    assert told.redirect_chain == [(LIST, 302)]
    assert "Border Directorate is confirmed as a body of its own" in told.content.decode()
    body.refresh_from_db()
    assert (body.confirmed, body.kind, body.parent, body.short_name) == (True, "institution", albania, "BD")
    assert secretariat.get(address(body)).headers["Location"] == f"/organisations/{body.ref}/"


def test_a_refusal_stands_at_its_field_and_keeps_what_was_said(secretariat: Client) -> None:
    known("bd", "BD")
    body = named("Border Directorate")
    refused = secretariat.post(address(body), {"deed": "own", "kind": "institution", "short_name": "bd"})
    form = refused.context["own"]
    assert "already leads to BD" in str(form.errors["short_name"])
    assert form["kind"].value() == "institution"
    assert "There is a problem" in refused.content.decode()
    missing = secretariat.post(address(body), {"deed": "own"})
    assert "Choose what sort of body it is." in missing.content.decode()
    for kind in ("wb_partner", "not_known"):
        assert "kind" in secretariat.post(address(body), {"deed": "own", "kind": kind}).context["own"].errors
    assert not Organisation.objects.get(pk=body.pk).confirmed


def test_the_same_as_a_known_body(secretariat: Client) -> None:
    osce, mission = known(), named()
    action = make_action("Cameras")
    add_party(action, mission, PartyRole.FUNDING)
    told = secretariat.post(address(mission), {"deed": "same", "known": "osce"}, follow=True)
    assert told.redirect_chain == [(LIST, 302)]
    assert "all that named it leads there now" in told.content.decode()
    assert action.parties.get().organisation == osce
    assert secretariat.get(address(mission)).status_code == 404


def test_a_clash_is_told_on_the_form(secretariat: Client) -> None:
    osce, mission = known(), named()
    one = make_action(reporter=osce, reporter_ref="R-1")
    two = make_action(reporter=mission, reporter_ref="R-1")
    page = secretariat.post(address(mission), {"deed": "same", "known": "osce"})
    assert f"{one.ref} / {two.ref}" in str(page.context["same"].non_field_errors())
    chosen = secretariat.post(address(mission), {"deed": "same"})
    assert "Choose the body that it is" in chosen.content.decode()
    for ref in (mission.ref, make_organisation(confirmed=False).ref, "nobody"):
        wrong = secretariat.post(address(mission), {"deed": "same", "known": ref})
        assert "known" in wrong.context["same"].errors
    assert Organisation.objects.filter(pk=mission.pk).exists()


def test_the_desk_leads_to_the_list(secretariat: Client) -> None:
    named()
    duties = {duty.what: duty.href for duty, _due in secretariat.get("/desk/").context["desk"].duties}
    assert duties["Confirm 1 organisation that an import or a form named"] == LIST


def test_names_are_never_markup(secretariat: Client) -> None:
    body = named("<script>alert(1)</script>")
    for page in (LIST, address(body)):
        assert "<script>alert" not in secretariat.get(page).content.decode()
