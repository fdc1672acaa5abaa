"""The same activity in IATI 1.x and in 2.x is read as the same record."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from iisg.knowledge.actions.iati import read_iati
from iisg.knowledge.actions.records import ActionRecord, FlowRecord, PartyRecord
from iisg.knowledge.actions.sources import open_source
from iisg.knowledge.actions.tests.remarks import codes

OLD = """<iati-activities version="1.04" generated-datetime="2015-07-03T15:45:05">
 <iati-activity xml:lang="en" default-currency="EUR">
  <reporting-org ref="XX-1" type="10">Donor agency</reporting-org>
  <iati-identifier> XX-1-77 </iati-identifier>
  <title>Border surveillance</title><title xml:lang="fr">Surveillance des frontières</title>
  <description>Cameras   and
   training</description>
  <activity-status code="2">Implementation</activity-status>
  <activity-date type="start-planned">2020-01-01</activity-date>
  <activity-date type="start-actual" iso-date="2020-02-01Z"/>
  <activity-date type="end-planned" iso-date="2022-12-31">2022-12-31</activity-date>
  <participating-org role="Funding" ref="XX-1" type="10">Donor agency</participating-org>
  <participating-org role="Implementing">Border Police</participating-org>
  <recipient-country code="KV" percentage="60">Kosovo</recipient-country>
  <recipient-country code="MK" percentage="40">Macedonia</recipient-country>
  <sector vocabulary="DAC" code="15210"/>
  <default-aid-type code="C01">Project-type interventions</default-aid-type>
  <activity-website>https://example.org/77</activity-website>
  <budget type="Original"><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>
   <value value-date="2020-01-01">1000.50</value></budget>
  <transaction><transaction-type code="C"/><transaction-date iso-date="2020-01-15"/>
   <provider-org ref="XX-1" provider-activity-id="XX-0">Donor agency</provider-org>
   <receiver-org>Border Police</receiver-org><value value-date="2020-01-15">-250</value></transaction>
  <related-activity ref="XX-1-7" type="1">Programme</related-activity>
  <related-activity ref="XX-1-77-1" type="2"/>
 </iati-activity>
</iati-activities>"""

NEW = """<iati-activities version="2.03" generated-datetime="2015-07-03T15:45:05">
 <iati-activity xml:lang="en" default-currency="EUR">
  <iati-identifier>XX-1-77</iati-identifier>
  <reporting-org ref="XX-1" type="10"><narrative>Donor agency</narrative></reporting-org>
  <title><narrative>Border surveillance</narrative>
   <narrative xml:lang="fr">Surveillance des frontières</narrative></title>
  <description type="1"><narrative>Cameras and training</narrative></description>
  <participating-org role="1" ref="XX-1" type="10"><narrative>Donor agency</narrative></participating-org>
  <participating-org role="4"><narrative>Border Police</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="1" iso-date="2020-01-01"/><activity-date type="2" iso-date="2020-02-01Z"/>
  <activity-date type="3" iso-date="2022-12-31"/>
  <recipient-country code="XK" percentage="60"/><recipient-country code="MK" percentage="40"/>
  <sector code="15210"/>
  <default-aid-type code="C01"><narrative>Project-type interventions</narrative></default-aid-type>
  <budget type="1"><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>
   <value value-date="2020-01-01">1000.50</value></budget>
  <transaction><transaction-type code="2"/><transaction-date iso-date="2020-01-15"/>
   <value value-date="2020-01-15">-250</value>
   <provider-org ref="XX-1" provider-activity-id="XX-0"><narrative>Donor agency</narrative></provider-org>
   <receiver-org><narrative>Border Police</narrative></receiver-org></transaction>
  <document-link format="text/html" url="https://example.org/77"><category code="A12"/></document-link>
  <related-activity ref="XX-1-7" type="1"/><related-activity ref="XX-1-77-1" type="2"/>
 </iati-activity>
</iati-activities>"""


def one(text: str) -> ActionRecord:
    """The only record of a file."""
    (record,) = read_iati(text.encode())
    return record


def test_old_and_new_files_make_the_same_record() -> None:
    old, new = one(OLD), one(NEW)
    old.stage_printed = new.stage_printed = old.place = new.place = ""
    for flow in (*old.flows, *new.flows):
        flow.printed = flow.printed.replace("outgoing ", "")
    assert codes(old) == codes(new) == []
    old.findings, new.findings = [], []
    assert old == new


@pytest.mark.parametrize("text", [OLD, NEW])
def test_every_field_arrives(text: str) -> None:
    record = one(text)
    assert (record.ref, record.title, record.title_language) == ("XX-1-77", "Border surveillance", "en")
    assert record.title_original == ""
    assert record.summary == "Cameras and training"
    assert record.reporter == PartyRecord("reporting", "Donor agency", "XX-1", None, "government")
    assert [(p.role, p.name) for p in record.parties] == [
        ("funding", "Donor agency"),
        ("implementing", "Border Police"),
    ]
    assert (record.partners, record.names_partners) == (("XK", "MK"), True)
    assert record.partner_shares == {"XK": Decimal(60), "MK": Decimal(40)}
    assert (record.start.first, record.start_actual) == (dt.date(2020, 2, 1), True)
    assert (record.end.first, record.end_actual) == (dt.date(2022, 12, 31), False)
    assert record.date_note == "planned start 2020-01-01"
    assert (record.stage, record.sectors) == ("implementation", ("DAC:15210",))
    assert (record.parent_refs, record.child_refs) == (("XX-1-7",), ("XX-1-77-1",))
    assert record.source_url == "https://example.org/77"
    budget, commitment = record.flows
    assert (budget.kind, budget.state, budget.amount, budget.currency) == (
        "budget",
        "pledge",
        Decimal("1000.50"),
        "EUR",
    )
    assert (commitment.kind, commitment.state, commitment.amount) == (
        "transaction",
        "committed",
        Decimal(-250),
    )
    assert (commitment.source, commitment.source_activity) == ("Donor agency", "XX-0")
    assert (commitment.destination, commitment.happened.first) == ("Border Police", dt.date(2020, 1, 15))


@pytest.mark.parametrize(
    ("old", "new", "state"),
    [("IF", "1", "incoming"), ("C", "2", "committed"), ("D", "3", "spent"), ("E", "4", "spent")],
)
def test_letters_and_numbers_of_transactions_mean_the_same(old: str, new: str, state: str) -> None:
    by_letter = one(OLD.replace('transaction-type code="C"', f'transaction-type code="{old}"'))
    by_number = one(NEW.replace('transaction-type code="2"', f'transaction-type code="{new}"'))
    assert by_letter.flows[1].state == by_number.flows[1].state == state


@pytest.mark.parametrize("code", ["IP", "LR", "R", "QP", "QS", "CG"])
def test_repayments_and_equity_are_noted_but_are_no_flow(code: str) -> None:
    record = one(OLD.replace('transaction-type code="C"', f'transaction-type code="{code}"'))
    assert [flow.kind for flow in record.flows] == ["budget"]
    assert "left out of the flows" in record.money_note
    assert record.findings == []


def test_an_unknown_version_is_remarked_but_read() -> None:
    source = open_source(NEW.replace('"2.03"', '"2.9"').encode())
    assert [finding.code for finding in source.findings] == ["iati.version"]
    assert len(list(read_iati(source))) == 1
    assert open_source(NEW.encode()).findings == []


def test_the_english_title_stands_beside_the_original() -> None:
    record = one(
        NEW.replace('xml:lang="en" default', 'xml:lang="FR" default').replace(
            "<narrative>Border surveillance", '<narrative xml:lang="en">Border surveillance'
        )
    )
    assert (record.title, record.title_language) == ("Border surveillance", "en")
    assert (record.title_original, record.original_language) == ("Surveillance des frontières", "fr")


def test_a_title_in_another_language_only_is_title_and_original() -> None:
    record = one(NEW.replace("<narrative>Border surveillance</narrative>", ""))
    assert (record.title, record.title_language) == ("Surveillance des frontières", "fr")
    assert (record.title_original, record.original_language) == ("Surveillance des frontières", "fr")


def test_a_revised_budget_replaces_the_original_of_its_period() -> None:
    revised = (
        '<budget type="2" status="2"><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>'
        "<value>1200</value></budget>"
    )
    for text in (
        NEW.replace("<budget", revised + "<budget"),
        NEW.replace("</budget>", "</budget>" + revised),
    ):
        (budget,) = (flow for flow in one(text).flows if flow.kind == "budget")
        assert (budget.amount, budget.state) == (Decimal(1200), "committed")
        assert "revised from budget: 1000.50 EUR" in budget.printed


def test_planned_disbursements_stand_in_only_where_there_is_no_budget() -> None:
    planned = (
        '<planned-disbursement><period-start iso-date="2021-01-01"/><value>70</value>'
        "<provider-org><narrative>Donor agency</narrative></provider-org></planned-disbursement>"
    )
    beside = one(NEW.replace("<budget", planned + "<budget"))
    assert "1 planned disbursements besides the budget" in beside.money_note
    assert len([flow for flow in beside.flows if flow.kind == "budget"]) == 1
    alone: list[FlowRecord] = one(
        NEW[: NEW.index("<budget")] + planned + NEW[NEW.index("</budget>") + 9 :]
    ).flows
    assert (alone[0].state, alone[0].amount, alone[0].source) == ("pledge", Decimal(70), "Donor agency")
