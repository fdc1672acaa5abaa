"""Pages ask the database as often for fifty records as for one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from iisg.foundations.orgs.factories import PARTNER_NAMES, make_organisation, make_partners
from iisg.knowledge.actions.factories import add_flow, add_party, make_action
from iisg.knowledge.actions.models import Action, PartyRole
from iisg.knowledge.cycles.factories import make_cycle, make_return
from iisg.knowledge.cycles.models import Cycle
from iisg.knowledge.needs.factories import make_measure, make_need, make_objective
from iisg.knowledge.needs.models import Need
from iisg.knowledge.responses.factories import make_relation, make_response
from iisg.knowledge.responses.models import Degree, RelationKind


def grow(need: Need, action: Action, number: int) -> None:
    """One more need and action, each related to the two that are looked at in every way that a page shows."""
    measure = make_measure(f"BS-{number}", make_objective(title=f"Objective {number}"))
    other = make_need(f"Cameras for crossing point {number}", PARTNER_NAMES, [measure])
    answer = make_action(f"Cameras delivered {number}", regional=("RS",), measures=[measure])
    add_party(answer, make_organisation(), PartyRole.FUNDING, Decimal(50))
    add_flow(answer, Decimal(number), source=make_organisation(), destination=make_organisation())
    add_party(action, make_organisation(), PartyRole.IMPLEMENTING)
    add_flow(action, Decimal(1), source=make_organisation(), destination=make_organisation())
    make_relation(answer, action, RelationKind.PART_OF)
    make_response(need, answer, Degree.PARTIAL)
    make_response(other, action)
    make_need(f"Cameras nobody has judged {number}")
    make_action(f"Cameras nobody has judged {number}", end_on=None)
    make_return(the_cycle(), make_organisation())
    make_organisation(confirmed=False)


def the_cycle() -> Cycle:
    """The one round of these tests."""
    return Cycle.objects.first() or make_cycle()


def queries(ask: Callable[[], object]) -> int:
    """How many queries one request makes."""
    with CaptureQueriesContext(
        connection,
    ) as counted:
        ask()
    return len(counted)


@pytest.mark.parametrize(
    "page", ["/desk/", "/needs/", "/actions/", "need", "action", "judge", "find", "find-need"]
)
def test_fifty_records_cost_as_many_queries_as_one(page: str, secretariat: Client) -> None:
    make_partners()
    need, action = make_need("Cameras for the border"), make_action("Cameras for the border")
    address = {
        "need": f"/needs/{need.ref}/",
        "action": f"/actions/{action.ref}/",
        "judge": f"/judge/?need={need.ref}&action={action.ref}",
        "find": f"/needs/{need.ref}/find/?q=cameras",
        "find-need": f"/find-need/?action={action.ref}&q=cameras",
    }.get(page, page)
    grow(need, action, 1)
    secretariat.get(address)
    one = queries(lambda: secretariat.get(address))
    for number in range(2, 51):
        grow(need, action, number)
    response = secretariat.get(address)
    assert response.status_code == 200
    assert queries(lambda: secretariat.get(address)) == one
