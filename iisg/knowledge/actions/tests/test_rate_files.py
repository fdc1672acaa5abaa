"""Files of exchange rates: the three layouts, and rows that cannot be used."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from iisg.knowledge.actions.rate_files import StatedRate, read_rates
from iisg.knowledge.actions.sources import UnreadableFile


def test_a_table_of_national_rates() -> None:
    content = b"currency,date,rate,source\nALL,2024-05-02,100.385,Bank of Albania\nMKD,2024-05-02,61.5,NBRM\n"
    found, findings = read_rates(content, "national.csv")
    assert findings == []
    assert found == [
        StatedRate("ALL", date(2024, 5, 2), Decimal("100.385"), "Bank of Albania"),
        StatedRate("MKD", date(2024, 5, 2), Decimal("61.5"), "NBRM"),
    ]


def test_a_history_of_one_currency_from_inforeuro() -> None:
    content = (
        b"currencyIso;refCurrencyIso;amount;dateStart;dateEnd\n"
        b"RSD;EUR;117,185;01/05/2024;31/05/2024\nRSD;USD;108.1;01/05/2024;31/05/2024\n"
    )
    found, findings = read_rates(content, "history.csv")
    assert found == [StatedRate("RSD", date(2024, 5, 1), Decimal("117.185"), "inforeuro")]
    assert [finding.code for finding in findings] == ["rates.reference"]


def test_a_list_of_a_month_from_inforeuro_takes_the_code_before_the_name_of_a_currency() -> None:
    content = (
        b"Country,Currency,ISO A3 Code,ISO A2 Code,Value\nAlbania,Lek,ALL,AL,98.12\nEuro area,Euro,EUR,EU,1\n"
    )
    found, findings = read_rates(content, "list.csv", month=date(2026, 11, 1))
    assert found == [StatedRate("ALL", date(2026, 11, 1), Decimal("98.12"), "inforeuro")]
    assert [finding.code for finding in findings] == ["rates.currency"]


@pytest.mark.parametrize(
    ("row", "code", "place"),
    [
        ("leke,2024-05-02,100,x", "rates.currency", "line 2, column A"),
        ("ALL,31 September,100,x", "rates.day", "line 2, column B"),
        ("ALL,,100,x", "rates.day", "line 2, column B"),
        ("ALL,2024-05-02,-3,x", "rates.rate", "line 2, column C"),
        ("ALL,2024-05-02,0,x", "rates.rate", "line 2, column C"),
        ("ALL,2024-05-02,=1+1,x", "rates.rate", "line 2, column C"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_with_its_place(row: str, code: str, place: str) -> None:
    content = f"currency,date,rate,source\n{row}\n\nMKD,2024-05-02,61.5,x\n".encode()
    found, (finding,) = read_rates(content, "rates.csv")
    assert [rate.currency for rate in found] == ["MKD"]
    assert (finding.code, finding.place) == (code, place)
    assert finding.cure


@pytest.mark.parametrize("content", [b"name,amount of money\nx,1\n", b"PK\x03\x04nothing", b"<a/>"])
def test_what_is_no_table_of_rates_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_rates(content, "strange")
