"""An officer finds an unanswered need, judges a suggested action with a reason, and sees coverage change."""

from __future__ import annotations

import re

from django.test import Client

from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.audit.models import Event
from iisg.foundations.orgs.factories import make_partners
from iisg.knowledge.actions.factories import make_action
from iisg.knowledge.needs.factories import make_measure, make_need


def links(page: str, start: str) -> list[str]:
    """Addresses on a page that begin so, as a browser would follow them."""
    return [found.replace("&amp;", "&") for found in re.findall(rf'href="({re.escape(start)}[^"]*)"', page)]


def test_from_a_gap_to_an_answer_and_back(db: None) -> None:
    make_partners()
    measure = make_measure("BS-PRO-7", title="Thermal surveillance")
    need = make_need("Thermal cameras for the green border", ("ME", "AL"), [measure])
    action = make_action(
        "Delivery of thermal cameras to the border police of Montenegro", ("ME",), measures=[measure]
    )
    make_action("Shelter for victims", ("ME",), pillars=("WBCSCi",), assistance=("protection",))
    officer = Client()
    officer.force_login(make_person(Role.SECRETARIAT))

    desk = officer.get("/desk/").content.decode()
    assert need.ref in desk, "the desk names the gap or the likely answer"

    register = officer.get("/needs/?state=gap&partner=ME")
    assert register.context["totals"]["gap"] == 1
    record_address = links(register.content.decode(), "/needs/N")[0]

    record = officer.get(record_address).content.decode()
    assert "Nothing has been judged yet" in record
    judge_address = links(record, "/judge/")[0]
    assert action.ref in judge_address, "the likeliest action stands first"

    weighed = officer.get(judge_address).content.decode()
    assert "Montenegro: a gap → covered" in weighed

    refused = officer.post(judge_address, {"degree": "full", "reason": ""})
    assert refused.status_code == 200
    assert not Event.objects.filter(name="responses.response_judged").exists()

    saved = officer.post(judge_address, {"degree": "full", "reason": "Delivers these cameras."}, follow=True)
    page = saved.content.decode()
    assert saved.redirect_chain == [(f"/needs/{need.ref}/", 302)]
    assert "Montenegro: a gap → covered" in page
    assert "Delivers these cameras." in page
    states = {a.partner.code: str(a.coverage.state) for a in saved.context["facts"].answers}
    assert states == {"AL": "gap", "ME": "covered"}
    assert officer.get("/needs/?partner=ME").context["totals"]["covered"] == 1
    assert "Delivers these cameras." in officer.get(f"/actions/{action.ref}/").content.decode()

    reader = Client()
    reader.force_login(make_person(Role.BOARD_MEMBER, make_partners()["ME"]))
    assert reader.get("/needs/?partner=ME&state=covered").context["page"].paginator.count == 1

    back = re.findall(r'action="(/judge/take-back/\d+/)"', page)[0]
    undone = officer.post(back, follow=True)
    assert {str(a.coverage.state) for a in undone.context["facts"].answers} == {"gap"}
    assert [e.name for e in Event.objects.order_by("number")] == [
        "responses.response_judged",
        "responses.response_taken_back",
    ]
