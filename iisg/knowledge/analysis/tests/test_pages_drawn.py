"""The pages of timeline, map and network: who may read them, what they say, filters, days and queries."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from iisg.foundations.access.actors import CONSOLE, PUBLIC
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.orgs.factories import make_organisation, make_partners
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.factories import add_party, make_action
from iisg.knowledge.actions.models import Action, PartyRole, Stage
from iisg.knowledge.analysis.engine.rows import Running
from iisg.knowledge.analysis.engine.running import running_at
from iisg.knowledge.analysis.partnerships import Partnerships
from iisg.knowledge.analysis.pictures.picture import Picture
from iisg.knowledge.analysis.reading import action_row
from iisg.knowledge.needs.factories import make_measure, make_need, make_objective
from iisg.knowledge.responses.factories import make_response
from tests.growing import growing

pytestmark = pytest.mark.django_db
ON = "2026-11-23"
PAGES = ["/timeline/", "/map/", "/network/"]


@pytest.fixture
def reader(client: Client) -> Client:
    """A member's reader, with the six partners entered."""
    make_partners()
    client.force_login(make_person())
    return client


def page(reader: Client, where: str, **query: str) -> str:
    return reader.get(where, {"on": ON, **query}).content.decode()


def picture(reader: Client, where: str, **query: str) -> Picture:
    found = reader.get(where, {"on": ON, **query}).context["picture"]
    assert isinstance(found, Picture)
    return found


def lines(shown: Picture) -> list[list[str | None]]:
    return [[cell.text for cell in row] for row in shown.table.rows]


LOOKS = ["/coverage/", "/gaps/", "/overlaps/", *PAGES]


@pytest.mark.parametrize("address", LOOKS)
def test_all_looks_at_coverage_lead_to_each_other_and_keep_what_was_chosen(
    reader: Client, address: str
) -> None:
    whole = page(reader, address, pillar="WBBSi", partner="ME", kind="equipment")
    row = whole.split('class="iisg-looks"')[1].split("</nav>")[0]
    assert row.count("<li>") == len(LOOKS)
    assert f'aria-current="page" href="{address}?' in row
    assert row.count("aria-current") == 1
    assert f"/gaps/?pillar=WBBSi&amp;partner=ME&amp;on={ON}" in row
    assert f'"/map/?on={ON}"' in row
    menu = whole.split('id="navigation"')[1].split("</ul>")[0]
    assert '<strong class="govuk-service-navigation__active-fallback">Coverage and gaps</strong>' in menu


@pytest.mark.parametrize("address", PAGES)
def test_pictures_stay_with_members(client: Client, address: str) -> None:
    assert client.get(address).status_code == 302
    member = make_organisation()
    for role, body, answer in (
        (Role.APPLICANT, None, 403),
        (Role.ADMINISTRATOR, None, 403),
        (Role.OBSERVER, member, 200),
    ):
        client.force_login(make_person(role, body))
        assert client.get(address).status_code == answer
        assert client.get(address, {"live": "network"}).status_code == answer


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/timeline/", "No needs are recorded yet"),
        ("/map/", "No needs are recorded yet"),
        ("/network/", "No organisations that share an action"),
    ],
)
def test_an_empty_house_says_what_to_do_first(reader: Client, address: str, words: str) -> None:
    assert words in reader.get(address).content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_choices_that_cannot_be_read_are_told_and_choose_nothing(reader: Client, address: str) -> None:
    answer = reader.get(address, {"on": "31 September", "pillar": "WBXX", "page": "last", "body": "nobody"})
    assert answer.status_code == 200
    assert "Write the day as year-month-day" in answer.content.decode()


# ---- timeline


def test_needs_stand_under_their_objectives_with_the_actions_that_answer_them(reader: Client) -> None:
    need = make_need("Scanners", partners=["AL"], measures=[make_measure()])
    late = make_action("Late", start_on=date(2025, 1, 1))
    early = make_action("Early", start_on=date(2024, 1, 1))
    make_response(need, late, "partial")
    make_response(need, early)
    make_response(need, make_action("No answer"), "none")
    make_need("Patrol cars", partners=["RS"], measures=[make_measure()])
    shown = picture(reader, "/timeline/")
    assert [row[1:3] for row in lines(shown)] == [
        [f"{early.ref} Early", "answers the need fully"],
        [f"{late.ref} Late", "answers it in part"],
        ["nothing has been judged to answer it", ""],
    ]
    text = page(reader, "/timeline/")
    assert "Border security, Protect: Controls at the border" in text
    assert "When does help for these needs run, and when does it stop?" in text
    assert f'href="/actions/{early.ref}/"' in text


def test_days_are_told_as_their_sources_print_them(reader: Client) -> None:
    need = make_need(partners=["AL"])
    make_response(
        need,
        make_action(
            start_on=None,
            start_printed="",
            end_on=date(2027, 3, 31),
            end_printed="2027-03",
            end_precision="month",
        ),
    )
    derived: dict[str, Any] = {
        "end_on": date(2027, 12, 31),
        "end_printed": "",
        "end_precision": "",
        "end_derived": True,
    }
    make_response(need, make_action(**derived))
    told = [row[3:5] for row in lines(picture(reader, "/timeline/"))]
    assert ["start not known", "until March 2027"] in told
    assert ["from 1 January 2024", "until 31 December 2027, computed"] in told


def test_needs_may_be_looked_at_by_what_answers_them(reader: Client) -> None:
    running, ending, bare = (make_need(title, partners=["AL"]) for title in ("Runs", "Ends", "Bare"))
    make_response(running, make_action(named=["AL"]))
    make_response(ending, make_action(named=["AL"], end_on=date(2027, 5, 31), end_printed="2027-05-31"))
    make_response(bare, make_action(named=["AL"], end_on=date(2025, 5, 31), end_printed="2025-05-31"))
    assert reader.get("/timeline/", {"on": ON}).context["counts"] == {"running": 2, "ending": 1, "none": 1}
    for show, title in (("ending", "Ends"), ("none", "Bare")):
        assert [(row[0] or "").split()[-1] for row in lines(picture(reader, "/timeline/", show=show))] == [
            title
        ]


def test_a_partner_sees_its_needs_with_what_reaches_it(reader: Client) -> None:
    need = make_need(partners=["AL", "RS"])
    reaches = make_action(named=["RS"])
    unclear = make_action(named=[])
    make_response(need, make_action("Reaches neither", named=["ME"]))
    make_response(need, reaches)
    make_response(need, unclear)
    make_response(need, make_action(named=["AL"]))
    make_need("Elsewhere", partners=["ME"])
    told = {row[1] for row in lines(picture(reader, "/timeline/", partner="RS"))}
    assert told == {f"{action.ref} {action.title}" for action in (reaches, unclear)}
    assert "Reaches neither" not in page(reader, "/timeline/")
    make_need("Weapons", partners=["RS"], measures=[make_measure("CS-1", make_objective("WBCSCi"))])
    assert "Weapons" in str(lines(picture(reader, "/timeline/", pillar="WBCSCi")))
    assert len(lines(picture(reader, "/timeline/", pillar="WBCSCi"))) == 1


def test_a_needed_day_is_marked_and_words_of_records_are_escaped(reader: Client) -> None:
    need = make_need("<b>Cars</b>\x0b", partners=["AL"], needed_by=date(2027, 12, 31))
    make_response(need, make_action('<script>alert("x")</script>'))
    text = page(reader, "/timeline/")
    assert "◆ needed by 31 December 2027" in text
    assert "<script>alert" not in text
    assert "<b>Cars" not in text


def test_many_needs_come_page_by_page(reader: Client) -> None:
    for _number in range(14):
        make_need(partners=["AL"])
    assert len(lines(picture(reader, "/timeline/"))) == 12
    assert len(lines(picture(reader, "/timeline/", page="2"))) == 2


# ---- map


def test_the_map_counts_as_coverage_does_for_each_pillar(reader: Client) -> None:
    make_response(make_need(partners=["AL"]), make_action(named=["AL"]))
    make_need(partners=["AL", "XK"])
    make_need(partners=["RS"], measures=[make_measure("CS-1", make_objective("WBCSCi"))])
    told = {(row[0], row[1]): row[2:] for row in lines(picture(reader, "/map/"))}
    assert told["All pillars", "Albania"] == ["2", "1", "0", "1", "0"]
    assert told["Border security", "Albania"] == ["2", "1", "0", "1", "0"]
    assert told["Serious and organised crime", "Albania"] == ["0", "0", "0", "0", "0"]
    assert told["All pillars", "Kosovo*"] == ["1", "0", "0", "1", "0"]
    assert [row[1] for row in lines(picture(reader, "/map/"))[:6]] == [
        "Albania", "Bosnia and Herzegovina", "Kosovo*", "Montenegro", "North Macedonia", "Serbia",
    ]  # fmt: skip
    text = page(reader, "/map/")
    assert "no statement on the status of any territory" in text
    assert text.count('id="kosovo-note"') == 1
    assert f"/needs/?partner=AL&amp;pillar=WBBSi&amp;on={ON}" in text


# ---- network


def meet(*bodies: Organisation, **facts: Any) -> Action:
    """An action whose first body funds and whose others implement."""
    action = make_action(**facts)
    for number, body in enumerate(bodies):
        add_party(action, body, PartyRole.IMPLEMENTING if number else PartyRole.FUNDING)
    return action


def joined(reader: Client, **query: str) -> dict[tuple[str, str], int]:
    found = reader.get("/network/", {"on": ON, **query}).context["found"]
    assert isinstance(found, Partnerships)
    return {(pair.first, pair.second): pair.actions for pair in found.pairs}


def test_two_bodies_are_joined_by_the_actions_they_share(reader: Client) -> None:
    eu, coe, gcerf = (make_organisation(name, ref=name.lower()) for name in ("EU", "CoE", "GCERF"))
    meet(eu, coe)
    meet(eu, coe, gcerf)
    meet(eu)
    add_party(meet(eu, coe), coe, PartyRole.PARTICIPATING)
    assert joined(reader) == {("coe", "eu"): 3, ("eu", "gcerf"): 1, ("coe", "gcerf"): 1}
    assert joined(reader, role="fund_implement") == {("coe", "eu"): 3, ("eu", "gcerf"): 1}
    assert joined(reader, role="implement") == {("coe", "gcerf"): 1}
    assert joined(reader, role="fund") == {}
    assert lines(picture(reader, "/network/"))[0] == ["CoE", "EU", "3"]


def test_the_network_keeps_to_pillar_partner_and_day(reader: Client) -> None:
    eu, coe = make_organisation(ref="eu"), make_organisation(ref="coe")
    meet(eu, coe, named=["RS"], pillars=["WBCTi"])
    meet(eu, coe, end_on=date(2025, 1, 1), end_printed="2025")
    both = {("coe", "eu"): 1} if coe.name < eu.name else {("eu", "coe"): 1}
    assert joined(reader) == both
    assert joined(reader, pillar="WBCTi") == both
    assert joined(reader, partner="AL") == {}
    assert list(joined(reader, any_day="on").values()) == [2]


def test_one_body_and_what_it_shares_with_another(reader: Client) -> None:
    eu, coe, gcerf = (make_organisation(name, ref=name.lower()) for name in ("EU", "CoE", "GCERF"))
    shared = meet(eu, coe)
    meet(eu, gcerf)
    meet(coe, make_organisation())
    assert set(joined(reader, body="eu")) == {("coe", "eu"), ("eu", "gcerf")}
    text = page(reader, "/network/", body="eu", **{"with": "coe"})
    assert "Actions that EU and CoE share" in text
    assert f'href="/actions/{shared.ref}/"' in text
    assert "None that these filters let through" in page(reader, "/network/", body="gcerf", **{"with": "coe"})


def test_only_the_most_connected_are_drawn_and_the_others_told(reader: Client) -> None:
    hub = make_organisation()
    for _number in range(30):
        meet(hub, make_organisation())
    found = reader.get("/network/", {"on": ON}).context["found"]
    assert (len(found.bodies), found.found, found.left_out) == (24, 31, 7)
    assert "7 others are left out" in page(reader, "/network/")


def test_a_network_comes_alive_for_members(reader: Client) -> None:
    meet(make_organisation(), make_organisation())
    answer = reader.get("/network/", {"on": ON, "live": "network"})
    assert answer["Content-Type"] == "application/json"
    assert json.loads(answer.content)["signals"]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 1, 4), date(2024, 6, 1)])
def test_what_may_run_is_what_the_engine_does_not_exclude(day: date) -> None:
    starts = (None, date(2023, 5, 1), date(2024, 6, 1), date(2027, 1, 1))
    ends = (None, date(2024, 5, 31), date(2026, 11, 23), date(2029, 1, 1))
    for start, end, stage in product(starts, ends, ["", *Stage.values]):
        if not (start and end) or end >= start:
            make_action(start_on=start, end_on=end, stage=stage)
    over = (Running.FINISHED, Running.STOPPED, Running.PLANNED)
    actions = Action.objects.visible_to(CONSOLE).for_counting()
    expected = {action.ref for action in actions if running_at(action_row(action), day) not in over}
    assert set(Action.objects.visible_to(CONSOLE).may_run_on(day).values_list("ref", flat=True)) == expected
    assert not Action.objects.visible_to(PUBLIC).may_run_on(day)


# ---- queries


def fill_needs(rounds: int) -> None:
    for number in range(rounds):
        need = make_need(partners=["AL", "RS"], measures=[make_measure(f"M-{number}")])
        make_response(need, make_action(named=["AL"]))


def fill_meetings(rounds: int) -> None:
    for _number in range(rounds):
        meet(make_organisation(), make_organisation(), make_organisation())


@pytest.mark.parametrize(
    ("address", "fill"), [("/timeline/", fill_needs), ("/map/", fill_needs), ("/network/", fill_meetings)]
)
def test_a_page_asks_as_many_questions_at_1_as_at_50(
    reader: Client, address: str, fill: Callable[[int], None]
) -> None:
    fill(1)
    with CaptureQueriesContext(connection) as few:
        reader.get(address, {"on": ON})
    with growing():
        fill(49)
    with CaptureQueriesContext(connection) as many:
        reader.get(address, {"on": ON})
    assert len(many) == len(few)
