"""Pages ask the database as often for fifty records as for one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.orgs.factories import PARTNER_NAMES, make_organisation, make_partners
from iisg.foundations.orgs.models import Alias, Organisation
from iisg.foundations.orgs.operations import enter_organisation
from iisg.knowledge.actions.factories import AT, add_flow, add_party, make_action
from iisg.knowledge.actions.models import Action, PartyRole
from iisg.knowledge.analysis import candidates
from iisg.knowledge.cycles.factories import make_cycle, make_return
from iisg.knowledge.cycles.models import Cycle
from iisg.knowledge.needs.factories import make_measure, make_need, make_objective
from iisg.knowledge.needs.models import Need
from iisg.knowledge.responses.factories import make_relation, make_response
from iisg.knowledge.responses.models import Degree, RelationKind
from iisg.knowledge.responses.operations import propose_relation
from tests.growing import growing


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
    make_relation(make_action(f"Report {number}"), action, RelationKind.SAME_AS)
    make_relation(make_action(f"Phase {number}"), action, RelationKind.NEXT_PHASE_OF)
    make_relation(make_action(f"Neighbour {number}"), action, RelationKind.OVERLAPS)
    propose_relation(make_action(f"Perhaps {number}"), action, "overlaps", "Alike.", by=CONSOLE, at=AT)
    make_response(need, answer, Degree.PARTIAL)
    make_response(other, action)
    make_need(f"Cameras nobody has judged {number}")
    make_action(f"Cameras nobody has judged {number}", end_on=None)
    make_return(the_cycle(), make_organisation())
    unconfirmed = make_organisation(f"Doubtful body {number}", confirmed=False)
    doubtful = the_doubtful()
    for body in (unconfirmed, doubtful):
        Alias.objects.create(organisation=body, name=f"{body} {number}", folded=f"{body.pk} {number}")
        add_party(answer, body, PartyRole.ACCOUNTABLE)
        add_flow(other_of(number), Decimal(1), source=body, destination=body)
    make_need(f"A need of the doubtful {number}", body=doubtful)
    enter_organisation(
        f"body-like-it-{number}",
        by=CONSOLE,
        at=AT,
        name=f"Doubtful bodies {number}",
        kind="other",
        confirmed=True,
    )


def the_doubtful() -> Organisation:
    """The one body of these tests that is decided about."""
    found = Organisation.objects.filter(ref="doubtful").first()
    return found or make_organisation("Doubtful", ref="doubtful", confirmed=False)


def other_of(number: int) -> Action:
    """An action from a file of its own."""
    return make_action(f"From a file {number}", source_name=f"file-{number}.xml")


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
    "page",
    [
        "/desk/", "/needs/", "/actions/", "need", "action", "judge", "find", "find-need", "follow-up",
        "/relations/", "/relations/?state=any", "relation", "reports", "find-related",
        "/organisations/unconfirmed/", "/organisations/doubtful/confirm/?q=doubtful",
    ],
)  # fmt: skip
def test_fifty_records_cost_as_many_queries_as_one(
    page: str, secretariat: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "FEW", 1)  # from so many records on only the likeliest are compared
    make_partners()
    need, action = make_need("Cameras for the border"), make_action("Cameras for the border")
    alike = propose_relation(make_action("Alike"), action, "overlaps", "Alike.", by=CONSOLE, at=AT)
    address = {
        "need": f"/needs/{need.ref}/",
        "action": f"/actions/{action.ref}/",
        "judge": f"/judge/?need={need.ref}&action={action.ref}",
        "find": f"/needs/{need.ref}/find/?q=cameras",
        "follow-up": f"/judge/follow-up/{make_response(need, action).pk}/",
        "find-related": f"/actions/{action.ref}/relate/?q=cameras",
        "reports": f"/actions/{action.ref}/reports/",
        "relation": f"/relations/{alike.pk}/",
        "find-need": f"/find-need/?action={action.ref}&q=cameras",
    }.get(page, page)
    grow(need, action, 1)
    secretariat.get(address)
    one = queries(lambda: secretariat.get(address))
    with growing():
        for number in range(2, 51):
            grow(need, action, number)
    response = secretariat.get(address)
    assert response.status_code == 200
    assert queries(lambda: secretariat.get(address)) == one
