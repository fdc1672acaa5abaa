"""Whom an activity is for: never all six in silence."""

from __future__ import annotations

import pytest

from iisg.knowledge.actions.iati import read_iati
from iisg.knowledge.actions.partner_names import means_the_region, read_partner
from iisg.knowledge.actions.records import ActionRecord
from iisg.knowledge.actions.tests.remarks import codes

ALL_SIX = ("AL", "BA", "XK", "ME", "MK", "RS")


def read(inner: str) -> ActionRecord:
    """The record of an activity with these recipients."""
    text = (
        "<iati-activities version='2.03'><iati-activity><iati-identifier>A</iati-identifier>"
        f"<reporting-org ref='X'/><title><narrative>T</narrative></title>{inner}"
        "</iati-activity></iati-activities>"
    )
    (record,) = read_iati(text.encode())
    return record


@pytest.mark.parametrize(
    "element",
    [
        '<recipient-country code="XK"/>',
        '<recipient-country code="xk">Kosovo (under UNSCR 1244/99)</recipient-country>',
        '<recipient-country code="KV">Kosovo</recipient-country>',
        '<recipient-country code="XKX"/>',
        "<recipient-country>Kosovo under UNSCR 1244</recipient-country>",
        "<recipient-country>Kosovo*</recipient-country>",
        "<recipient-region>Kosovo (KO)</recipient-region>",
        '<recipient-region code="89"><narrative>Kosovo</narrative></recipient-region>',
    ],
)
def test_kosovo_is_recognised_in_all_its_printed_forms(element: str) -> None:
    record = read(element)
    assert (record.partners, record.names_partners) == (("XK",), True)
    assert codes(record) == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("North Macedonia", "MK"),
        ("The former Yugoslav Republic of Macedonia", "MK"),
        ("Macedonia (the former Yugoslav Republic of)", "MK"),
        ("Bosnia and Herzegovina", "BA"),
        ("SERBIA", "RS"),
        ("Serbia and Montenegro", ""),
        ("Yugoslavia", ""),
        ("Alabama", ""),
        ("", ""),
    ],
)
def test_partners_are_recognised_by_old_and_new_names(name: str, code: str) -> None:
    assert read_partner(name) == code


@pytest.mark.parametrize(
    ("element", "printed"),
    [
        ('<recipient-region code="89" vocabulary="1"/>', "Europe, regional (region 89)"),
        ('<recipient-region code="88"/>', "States of the former Yugoslavia, unspecified (region 88)"),
        ('<recipient-region code="10003"/>', "region 10003"),
        (
            '<recipient-region vocabulary="99" code="Z">South East Europe</recipient-region>',
            "South East Europe (region Z)",
        ),
        ('<recipient-country code="MD"><narrative>Moldova</narrative></recipient-country>', "Moldova"),
        ('<recipient-country code="CS"/>', "CS"),
    ],
)
def test_other_places_stay_visible_and_never_become_partners(element: str, printed: str) -> None:
    record = read(element)
    assert (record.partners, record.names_partners, record.other_beneficiaries) == ((), None, printed)
    assert not record.refused


def test_only_the_western_balkans_by_name_cover_all_six_as_a_region_and_say_so() -> None:
    record = read(
        '<recipient-region vocabulary="99" code="WB"><narrative>Western Balkans</narrative>'
        "</recipient-region>"
    )
    assert (record.partners, record.names_partners) == (ALL_SIX, False)
    assert record.other_beneficiaries == "Western Balkans (region WB)"
    assert codes(record) == ["region-covers-all"]
    assert not means_the_region("Western Balkans and Türkiye")


def test_a_partner_named_beside_the_region_is_the_one_that_is_named() -> None:
    record = read(
        '<recipient-country code="AL"/>'
        "<recipient-region><narrative>Western Balkans</narrative></recipient-region>"
    )
    assert (record.partners, record.names_partners) == (("AL",), True)


def test_recipients_of_transactions_serve_where_the_activity_states_none() -> None:
    paid = (
        '<transaction><transaction-type code="3"/><value currency="EUR">1</value>'
        '<recipient-country code="{}"/></transaction>'
    )
    record = read(paid.format("RS") + paid.format("BA"))
    assert (record.partners, record.names_partners, record.partner_shares) == (("BA", "RS"), True, {})
    assert read('<recipient-country code="AL"/>' + paid.format("RS")).partners == ("AL",)


def test_a_code_against_its_name_is_remarked() -> None:
    record = read('<recipient-country code="RS">Albania</recipient-country>')
    assert record.partners == ("RS",)
    assert codes(record) == ["recipient-contradiction"]


def test_a_country_of_another_code_is_not_taken_by_its_name() -> None:
    record = read('<recipient-country code="US">Macedonia</recipient-country>')
    assert (record.partners, record.other_beneficiaries) == ((), "Macedonia")


def test_regions_of_a_second_vocabulary_repeat_the_first() -> None:
    both = (
        '<recipient-region code="89" percentage="100"/>'
        '<recipient-region code="Z" vocabulary="99" percentage="100"/>'
    )
    assert codes(read(both)) == ["no-partner"]
    shared = both.replace('"100"', '"50"')
    assert codes(read(shared)) == ["no-partner"]


def test_an_activity_for_others_only_is_remarked_a_few_times_in_a_file() -> None:
    one = (
        "<iati-activity><iati-identifier>{n}</iati-identifier><title><narrative>T</narrative></title>"
        '<recipient-country code="TD"/></iati-activity>'
    )
    text = f"<iati-activities version='2.03'>{''.join(one.format(n=n) for n in range(9))}</iati-activities>"
    remarks = [
        f for record in read_iati(text.encode()) for f in record.findings if f.code == "iati.no-partner"
    ]
    assert len(remarks) == 3
    assert "not said again" in remarks[-1].message
