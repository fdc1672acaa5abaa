"""What a row of needs or of actions means, field by field."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest

from iisg.foundations.core.findings import Finding
from iisg.knowledge.actions.records import ActionRecord, NeedRecord
from iisg.knowledge.actions.sheets.action_rows import read_stage
from iisg.knowledge.actions.sheets.assistance import ASSISTANCE
from iisg.knowledge.actions.sheets.figures import read_amount
from iisg.knowledge.actions.sheets.reading import read_sheet

KINDS = {
    "equipment", "training", "advice", "mentoring", "infrastructure", "information_systems",
    "operational_support", "coordination", "research", "grants", "budget_support", "protection",
    "institution_building", "other",
}  # fmt: skip


def content(fields: dict[str, str]) -> bytes:
    """A file with one row."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(fields))
    writer.writeheader()
    writer.writerow(fields)
    return out.getvalue().encode()


def action(**fields: str) -> ActionRecord:
    """One action with these fields."""
    defaults = {
        "ref": "A-1",
        "title": "Cameras",
        "donor": "",
        "donor_kind": "",
        "scope": "",
        "beneficiaries": "",
    }
    (record,) = read_sheet(content(defaults | fields)).actions
    return record


def need(**fields: str) -> NeedRecord:
    """One need with these fields."""
    defaults = {"ref": "N-1", "need": "Vehicles", "partner": "ME", "pillar": "WBBSi"}
    (record,) = read_sheet(content(defaults | fields)).needs
    return record


def only(record: ActionRecord | NeedRecord) -> Finding:
    """The only finding of a record."""
    (finding,) = record.findings
    return finding


def test_a_need_with_everything() -> None:
    record = need(
        pillar="WBBSi;wbcti", partner="RS; AL", four_p="protect", need_kind="institutional; Operational",
        perspective="prevention", priority="High", quantity="1,250", unit="officers", source_year="2023.0",
        source_url="https://example.org", objective="Border surveillance", measure="Equipment",
        notes="A, B and C",
    )  # fmt: skip
    assert record.findings == []
    assert record.pillars == ("WBBSi", "WBCTi")
    assert record.partners == ("AL", "RS")
    assert (record.four_p, record.kinds) == ("Protect", ("institutional", "operational"))
    assert (record.perspective, record.priority) == ("prevention", "high")
    assert (record.quantity, record.unit, record.source_year) == (Decimal(1250), "officers", 2023)
    assert (record.objective, record.measure, record.notes) == (
        "Border surveillance",
        "Equipment",
        "A, B and C",
    )


def test_blank_fields_of_a_need_stay_unknown() -> None:
    record = need(quantity="", priority="", source_year="", perspective="")
    assert (record.quantity, record.priority, record.source_year, record.perspective) == (None, "", None, "")
    assert record.findings == []


@pytest.mark.parametrize(
    ("field", "value", "allowed"),
    [
        ("pillar", "WBXi", "WBCTi, WBCSCi, WBBSi"),
        ("four_p", "Pursue", "Anticipate, Prevent, Protect, Respond"),
        ("need_kind", "legal", "legislative, institutional, operational"),
        ("perspective", "both", "prevention, response"),
        ("priority", "urgent", "high, medium, low"),
        ("partner", "Atlantis", "AL, BA, XK, ME, MK or RS"),
    ],
)
def test_words_outside_a_closed_list_refuse_the_need_and_name_those_allowed(
    field: str, value: str, allowed: str
) -> None:
    record = need(**{field: value})
    finding = only(record)
    assert record.refused
    assert f"'{value}'" in finding.message
    assert allowed in finding.cure
    assert finding.place.startswith(f"line 2, column {field} (")


@pytest.mark.parametrize("field", ["ref", "need"])
def test_a_need_without_reference_or_text_is_refused(field: str) -> None:
    record = need(**{field: ""})
    assert only(record).code == f"sheet.no-{field}"
    assert record.refused


@pytest.mark.parametrize("field", ["ref", "title"])
def test_an_action_without_reference_or_title_is_refused(field: str) -> None:
    assert action(**{field: ""}).refused


def test_an_unknown_beneficiary_refuses_the_action() -> None:
    finding = only(action(beneficiaries="AL;Moldova"))
    assert finding.code == "sheet.unknown-partner"
    assert "'Moldova'" in finding.message


@pytest.mark.parametrize(
    ("scope", "beneficiaries", "partners", "named"),
    [
        ("regional", "AL;BA;XK;ME;MK;RS", ("AL", "BA", "XK", "ME", "MK", "RS"), False),
        ("regional", "RS;ME;MK;BA", ("BA", "ME", "MK", "RS"), True),
        ("national", "XK", ("XK",), True),
        ("bilateral", "RS;XK", ("XK", "RS"), True),
        ("", "AL;BA;XK;ME;MK;RS", ("AL", "BA", "XK", "ME", "MK", "RS"), True),
        ("regional", "", (), None),
    ],
)
def test_named_or_covered_as_a_region(
    scope: str, beneficiaries: str, partners: tuple[str, ...], named: bool | None
) -> None:
    record = action(scope=scope, beneficiaries=beneficiaries)
    assert (record.partners, record.names_partners) == (partners, named)


def test_parties_with_their_roles_and_kinds() -> None:
    record = action(
        donor="European Union (IPA II); Germany (BMZ)", donor_kind="EU institution; EU member state",
        implementer="GIZ; CILC", partners="experts from Austria, Germany and Hungary",
    )  # fmt: skip
    assert [(p.role, p.name, p.kind_hint) for p in record.parties] == [
        ("funding", "European Union (IPA II)", "EU institution"),
        ("funding", "Germany (BMZ)", "EU member state"),
        ("implementing", "GIZ", ""),
        ("implementing", "CILC", ""),
        ("participating", "experts from Austria, Germany and Hungary", ""),
    ]


def test_kinds_are_not_guessed_where_their_number_differs() -> None:
    record = action(donor="EU; Germany; Italy", donor_kind="EU institution; EU member state")
    assert {party.kind_hint for party in record.parties} == {""}


def test_a_body_through_which_money_goes_hands_it_on() -> None:
    record = action(
        donor="United States (USAID); Netherlands; through GCERF", donor_kind="other state; EU member state"
    )
    assert [(p.role, p.name, p.kind_hint) for p in record.parties] == [
        ("funding", "United States (USAID)", "other state"),
        ("funding", "Netherlands", "EU member state"),
        ("extending", "GCERF", ""),
    ]


@pytest.mark.parametrize(
    ("donor_kind", "assistance", "kind"),
    [
        ("WB partner", "equipment", "own_measure"),
        ("EU institution", "coordination", "coordination"),
        ("EU institution", "coordination; training", "external_support"),
        ("", "", "external_support"),
    ],
)
def test_kind_of_action(donor_kind: str, assistance: str, kind: str) -> None:
    assert action(donor="A", donor_kind=donor_kind, assistance_type=assistance).kind == kind


def test_a_partner_beside_another_funder_makes_no_own_measure() -> None:
    assert action(donor="EU; Ministry", donor_kind="EU institution; WB partner").kind == "external_support"


def test_one_total_with_one_donor() -> None:
    record = action(
        donor="European Union", budget_amount="6,000,000", budget_currency="eur", budget_note="approximate"
    )
    (flow,) = record.flows
    assert (flow.state, flow.kind, flow.amount, flow.currency) == (
        "committed",
        "total",
        Decimal(6000000),
        "EUR",
    )
    assert (flow.source, flow.printed, record.money_note) == (
        "European Union",
        "6,000,000 EUR",
        "approximate",
    )


def test_parts_of_the_note_become_flows_only_where_they_add_up() -> None:
    note = "EC 15,800,000 + BMZ 1,215,000 + Italian MoI 900,000"
    record = action(
        donor="EU; Germany; Italy", budget_amount="17915000", budget_currency="EUR", budget_note=note
    )
    assert [(flow.source, flow.amount) for flow in record.flows] == [
        ("EC", Decimal(15800000)), ("BMZ", Decimal(1215000)), ("Italian MoI", Decimal(900000)),
    ]  # fmt: skip
    assert record.money_note == note
    other = action(donor="EU; Germany", budget_amount="17915001", budget_currency="EUR", budget_note=note)
    assert [(flow.source, flow.amount) for flow in other.flows] == [("", Decimal(17915001))]


@pytest.mark.parametrize(
    ("note", "shares"),
    [
        ("90% EU, 10% Council of Europe", [Decimal(90), Decimal(10)]),
        ("90 % European Union, 10 % CoE", [Decimal(90), Decimal(10)]),
        ("90% EU, 20% Council of Europe", [None, None]),
        ("90% Norway, 10% Council of Europe", [None, None]),
        ("100% EU", [None, None]),
    ],
)
def test_shares_go_to_the_funders_only_where_each_is_recognised(
    note: str, shares: list[Decimal | None]
) -> None:
    record = action(donor="European Union (IPA); Council of Europe", budget_note=note)
    assert [party.share for party in record.parties] == shares
    assert record.money_note == note


def test_no_amount_makes_no_flow_and_keeps_the_note() -> None:
    record = action(budget_note="400,000-700,000 per consortium")
    assert (record.flows, record.money_note) == ([], "400,000-700,000 per consortium")
    unreadable = action(budget_amount="about 5 million")
    assert (unreadable.flows, unreadable.money_note) == ([], "amount printed as 'about 5 million'")
    assert only(unreadable).code == "sheet.no-number"


def test_an_amount_without_currency_is_kept_with_the_currency_unknown() -> None:
    record = action(budget_amount="1000")
    assert (record.flows[0].amount, record.flows[0].currency) == (Decimal(1000), "")
    assert only(record).code == "sheet.no-currency"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1500000", Decimal(1500000)), ("1,500,000.50", Decimal("1500000.50")),
        ("1 500 000", Decimal(1500000)),
        ("-3", Decimal(-3)), ("1.500.000", None), ("1,5", None), ("400,000-700,000", None),
        ("1e9", None), ("", None),
        ("１２", None),
    ],
)  # fmt: skip
def test_amounts_are_read_only_where_they_can_mean_one_thing(text: str, amount: Decimal | None) -> None:
    assert read_amount(text) == amount


@pytest.mark.parametrize(
    ("printed", "stage"),
    [
        ("completed", "completed"), ("phase I completed", "completed"),
        ("ongoing in source", "implementation"),
        ("on going in source", "implementation"), ("started in source", "implementation"),
        ("kicked off", "implementation"), ("announced", "pipeline"), ("call", "pipeline"),
        ("earmarked", "pipeline"),
        ("scheduled in source", "pipeline"), ("", ""), ("asleep", ""),
    ],
)  # fmt: skip
def test_stages(printed: str, stage: str) -> None:
    assert read_stage(printed) == stage


def test_dates_stand_beside_what_is_printed() -> None:
    record = action(
        start_date="2022-10", end_date="31 September 2025", duration_months="36", date_note="as printed"
    )
    assert (record.start.first, record.start.last) == (dt.date(2022, 10, 1), dt.date(2022, 10, 31))
    assert (record.end.printed, record.end.first) == ("31 September 2025", None)
    assert (record.duration_months, record.date_note) == (36, "as printed")
    assert only(record).code == "sheet.impossible-date"
    assert only(action(start_date="2022", end_date="2021")).code == "sheet.end-before-start"
    assert action(start_date="2022-06", end_date="2022").findings == []


def test_assistance_is_translated_and_unknown_words_stay_as_printed() -> None:
    record = action(assistance_type="training; exercises; equipment; juggling")
    assert record.assistance == ("training", "equipment")
    assert record.assistance_printed == "training; exercises; equipment; juggling"
    assert "'juggling'" in only(record).message
    assert set(ASSISTANCE.values()) == KINDS


def test_the_table_of_assistance_can_be_replaced() -> None:
    fields = {"ref": "A", "title": "T", "donor": "", "assistance_type": "Juggling"}
    (record,) = read_sheet(content(fields), assistance={"juggling": "training"}).actions
    assert (record.assistance, record.findings) == (("training",), [])


def test_parents_are_references_and_never_the_action_itself() -> None:
    assert action(parent_ref="A-0; A-1").parent_refs == ("A-0",)


def test_an_address_that_is_none_of_the_web_is_left_out() -> None:
    record = action(source_url="javascript:alert(1)")
    assert (record.source_url, only(record).code) == ("", "sheet.address")


@pytest.mark.parametrize(
    ("fields", "code", "refused"),
    [
        ({"source_year": "23"}, "sheet.impossible-year", False),
        ({"source_year": "2023.5"}, "sheet.no-whole-number", False),
        ({"quantity": "-4"}, "sheet.negative-quantity", True),
        ({"quantity": "a few"}, "sheet.no-number", False),
        ({"four_p": "Protect; Respond"}, "sheet.several-four_p", True),
    ],
)
def test_unlikely_values_of_a_need(fields: dict[str, str], code: str, refused: bool) -> None:
    record = need(**fields)
    assert only(record).code == code
    assert record.refused is refused
    assert record.source_year is None


def test_unlikely_values_of_an_action_count_as_unknown() -> None:
    lasting = action(duration_months="-2")
    assert (lasting.duration_months, only(lasting).code) == (None, "sheet.impossible-duration")
    sleeping = action(stage_in_source="asleep")
    assert (sleeping.stage, sleeping.stage_printed, only(sleeping).code) == (
        "",
        "asleep",
        "sheet.unknown-stage",
    )
