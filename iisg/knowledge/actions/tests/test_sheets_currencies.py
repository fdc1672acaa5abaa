"""A currency in words becomes its code where it can mean one only; else the cell is named."""

from __future__ import annotations

import pytest

from iisg.knowledge.actions.records import ActionRecord
from iisg.knowledge.actions.sheets.currencies import read_currency
from iisg.knowledge.actions.sheets.reading import read_sheet


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Euro", "EUR"), ("euros", "EUR"), ("€", "EUR"), ("eur", "EUR"), ("US dollar", "USD"), ("U.S. Dollars", "USD"),
        ("US$", "USD"), ("denar", "MKD"), ("Lek", "ALL"), ("KM", "BAM"), ("dinar", "RSD"), ("CHF", "CHF"),
        ("dollar", ""), ("krone", ""), ("", ""), ("a lot", ""),
    ],
)  # fmt: skip
def test_words_and_signs(printed: str, code: str) -> None:
    assert read_currency(printed) == code


def read(*rows: str) -> ActionRecord:
    [record] = read_sheet("\n".join(rows).encode(), "a.csv").records
    assert isinstance(record, ActionRecord)
    return record


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("ref,title,budget_amount,budget_currency", "A-1,Training,100,{}"),
        ("ref,title,money_state,money_amount,money_currency", "A-1,Training,committed,100,{}"),
    ],
)
def test_a_word_is_read_and_what_can_mean_several_is_told(head: str, row: str) -> None:
    record = read(head, row.format("Euro"))
    assert [flow.currency for flow in record.flows] == ["EUR"]
    assert record.findings == []
    record = read(head, row.format("dollar"))
    assert [flow.currency for flow in record.flows] == [""]
    [finding] = record.findings
    assert finding.code == "sheet.no-currency"
    assert finding.place.startswith("line 2, column")
    assert "such as EUR" in finding.cure
