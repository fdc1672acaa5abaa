"""Sectors and recipients of single transactions: read, kept, and written back at the level that the standard allows."""

from __future__ import annotations

from datetime import UTC, datetime

from lxml import etree

from iisg.knowledge.actions.iati import read_iati
from iisg.knowledge.actions.iati.extension import FACT
from iisg.knowledge.actions.iati.writing import Handed, Publisher, activity, iati_pieces
from iisg.knowledge.actions.records import ActionRecord

HOUSE = Publisher("XX-HOUSE", "The house")
HANDED = Handed("TLP:GREEN", "a test", datetime(2026, 11, 24, tzinfo=UTC), "everything", "marked")


def transaction(inner: str) -> str:
    return (
        '<transaction><transaction-type code="3"/><transaction-date iso-date="2024-05-01"/>'
        f'<value currency="EUR" value-date="2024-05-01">100</value>{inner}</transaction>'
    )


def read(*parts: str) -> ActionRecord:
    text = (
        "<iati-activities version='2.03'><iati-activity><iati-identifier>A</iati-identifier>"
        "<reporting-org ref='X' type='10'><narrative>X</narrative></reporting-org><title><narrative>T</narrative>"
        f"</title>{''.join(parts)}</iati-activity></iati-activities>"
    )
    (record,) = read_iati(text.encode())
    return record


def written(record: ActionRecord) -> etree._Element:
    """As it is exported; it comes back with the same sums."""
    (again,) = read_iati(b"".join(iati_pieces([record], HOUSE, HANDED)))
    assert (again.flows, again.sectors, again.partners) == (record.flows, record.sectors, record.partners)
    assert again.other_beneficiaries == record.other_beneficiaries
    return activity(record, HOUSE)


JUSTICE = '<sector vocabulary="1" code="15130"/><sector vocabulary="99" code="x"/>'
SECURITY = '<sector code="15210"/>'
TO_KOSOVO, TO_MOLDOVA, TO_EUROPE = (
    '<recipient-country code="XK"/>',
    '<recipient-country code="MD"><narrative>Moldova</narrative></recipient-country>',
    '<recipient-region code="89"><narrative>Europe</narrative></recipient-region>',
)


def test_a_transaction_keeps_its_own_sectors_and_places() -> None:
    record = read(
        transaction(JUSTICE + TO_KOSOVO), transaction(SECURITY + TO_MOLDOVA), transaction(TO_EUROPE)
    )
    assert [flow.sectors for flow in record.flows] == [("DAC:15130", "99:x"), ("DAC:15210",), ()]
    assert [flow.recipients for flow in record.flows] == [("XK",), ("Moldova (MD)",), ("Europe (region 89)",)]
    assert record.sectors == ("DAC:15130", "99:x", "DAC:15210")
    assert (record.partners, record.names_partners) == (("XK",), True)


def test_where_every_transaction_has_its_own_the_activity_says_none() -> None:
    element = written(read(transaction(JUSTICE + TO_KOSOVO), transaction(SECURITY + TO_MOLDOVA)))
    assert element.findall("sector") == []
    assert element.findall("recipient-country") == []
    assert [e.get("code") for e in element.findall("transaction/sector")] == ["15130", "x", "15210"]
    assert [e.get("code") for e in element.findall("transaction/recipient-country")] == ["XK", "MD"]
    assert not [
        fact for fact in element.findall(FACT) if fact.get("name") in ("flows", "sectors", "partners")
    ]


def test_where_only_some_have_their_own_it_stands_in_our_own_facts() -> None:
    element = written(read(transaction(JUSTICE), transaction("")))
    assert element.findall("transaction/sector") == []
    assert [e.get("code") for e in element.findall("sector")] == ["15130", "x"]
    assert "flows" in [fact.get("name") for fact in element.findall(FACT)]


def test_an_activity_that_states_both_levels_keeps_both() -> None:
    record = read('<sector code="11110" percentage="100"/>', transaction(SECURITY))
    assert record.sectors == ("DAC:11110=100",)
    assert record.flows[0].sectors == ("DAC:15210",)
    assert written(record).findall("transaction/sector") == []
