"""Money from a file to a figure: import, gross and net, the flows of a figure, two reports of one sum."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.db.models import Count
from django.test import Client

from iisg.faces.console import demonstration
from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.knowledge.actions import operations
from iisg.knowledge.actions.models import Action, Flow
from iisg.knowledge.analysis.engine.money.account import Account
from iisg.knowledge.analysis.engine.money.rules import REMOVED, Measure
from iisg.knowledge.analysis.engine.money.standing import GROSS, NET, PAYER_UNKNOWN
from iisg.knowledge.responses.operations import relate_actions

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
REPORT = """<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="2.03"><iati-activity default-currency="USD" hierarchy="1">
<iati-identifier>XM-TEST-1</iati-identifier>
<reporting-org ref="XM-DAC-41304" type="40"><narrative>An agency that carries it out</narrative></reporting-org>
<title><narrative>{title}</narrative></title><description><narrative>Second report of a grant.</narrative></description>
<participating-org role="4" type="40"><narrative>An agency that carries it out</narrative></participating-org>
<activity-status code="2"/><activity-date type="2" iso-date="2024-01-15"/>
<recipient-country code="RS" percentage="100"/>
<transaction><transaction-type code="2"/><transaction-date iso-date="2024-01-15"/>
<value value-date="2024-01-15">{dollars}</value></transaction>
</iati-activity></iati-activities>"""


def take_in(name: str, content: str) -> None:
    """A file through examination into the records."""
    imported = operations.receive_import(content.encode(), name, None, by=CONSOLE, at=AT, examine_later=False)
    imported = operations.examine_import(imported, by=CONSOLE, at=AT)
    operations.apply_import(imported, by=CONSOLE, at=AT)


def account(officer: Client, query: str = "") -> Account:
    """The account behind the page."""
    found: Account = officer.get(f"/money/{query}").context["found"].account
    return found


def test_an_officer_counts_a_grant_once(tmp_path: Path) -> None:
    demonstration.load(AT, lambda _words: None)
    officer = Client()
    officer.force_login(make_person(Role.SECRETARIAT))
    before = account(officer)
    for measure in Measure:
        removed = sum(before.figure(measure, fate).eur for fate in REMOVED)
        rest = before.figure(measure, NET).eur + before.figure(measure, PAYER_UNKNOWN).eur
        assert before.figure(measure, GROSS).eur == removed + rest
    assert officer.get("/money/").context["found"].unknown, (
        "half of the public records state no sum, and the page says so"
    )

    theirs = Action.objects.filter(
        flows__currency="EUR", places__partner__code="RS", flows__state="committed"
    )
    alone = theirs.annotate(sums=Count("flows")).filter(sums=1, relations_out=None, relations_in=None)
    donors = alone.filter(flows__amount__gt=1_000_000).order_by("ref")[0]
    flow = donors.flows.get()
    assert flow.amount is not None
    dollars = (flow.amount * Decimal("1.0945")).quantize(Decimal("0.01"))
    take_in("agency.xml", REPORT.format(title=donors.title, dollars=dollars))
    agencys = Action.objects.get(reporter_ref="XM-TEST-1")
    own = Flow.objects.get(action=agencys)
    assert (own.currency, own.valued_on or own.happened_on) == ("USD", date(2024, 1, 15))
    doubled = account(officer).figure(Measure.COMMITTED, NET).eur
    assert doubled > before.figure(Measure.COMMITTED, NET).eur + flow.amount * Decimal("0.99")

    relate_actions(agencys, donors, "funded_by", "The agency names the grant.", by=CONSOLE, at=AT)
    once = account(officer)
    assert once.figure(Measure.COMMITTED, NET).eur < doubled - flow.amount * Decimal("0.98")
    assert "passed_on" in {name for _, name in once.figures}

    page = officer.get(f"/actions/{agencys.ref}/").content.decode()
    assert "Is this the same money?" in page
    said = {"report": own.pk, "other": flow.pk, "chosen": flow.pk, "reason": "Same grant, other currency."}
    officer.post("/money/reports/tie/", said)
    tied = account(officer)
    assert tied.figure(Measure.COMMITTED, NET).eur == before.figure(Measure.COMMITTED, NET).eur
    figure = officer.get("/money/figure/?measure=committed&line=second_report").content.decode()
    assert agencys.ref in figure
    assert "European Central Bank" in figure
    take_in("agency.xml", REPORT.format(title=donors.title, dollars=dollars))
    own.refresh_from_db()
    assert own.report_of_id == flow.pk, "the same file again leaves the decision as it was"
