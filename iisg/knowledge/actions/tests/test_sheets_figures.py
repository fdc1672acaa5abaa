"""How sheets may write pillars, days and amounts: read where it means one thing, else kept and told."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from iisg.foundations.core.periods import read_printed_date
from iisg.knowledge.actions.sheets.figures import read_amount, read_written_date
from iisg.knowledge.actions.tests.test_sheets_rows import action, need, only


@pytest.mark.parametrize(
    ("printed", "codes"),
    [
        ("Border security", ("WBBSi",)),
        ("COUNTER-TERRORISM", ("WBCTi",)),
        ("counterterrorism; wbbsi", ("WBCTi", "WBBSi")),
        ("Serious and organised crime", ("WBCSCi",)),
        ("serious and organized crime; WBCSCi", ("WBCSCi",)),
    ],
)
def test_pillars_are_understood_in_words(printed: str, codes: tuple[str, ...]) -> None:
    assert (need(pillar=printed).pillars, need(pillar=printed).findings) == (codes, [])
    assert action(pillar=printed).pillars == codes


def test_an_unknown_pillar_is_told_each_code_once() -> None:
    assert only(need(pillar="Borders")).cure == "Use one of: WBCTi, WBCSCi, WBBSi."


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("30.06.2027", dt.date(2027, 6, 30)),
        ("1.3.2026", dt.date(2026, 3, 1)),
        ("1. 3. 2026.", dt.date(2026, 3, 1)),
        ("30/06/2027", dt.date(2027, 6, 30)),
        ("2027-06-30", dt.date(2027, 6, 30)),
    ],
)
def test_days_that_mean_one_day_are_read_and_kept_as_printed(printed: str, day: dt.date) -> None:
    record = action(end_date=printed)
    assert (record.end.printed, record.end.first, record.end.last) == (printed, day, day)
    assert (record.end.precision, record.findings) == ("day", [])


def test_months_and_years_are_read_as_before() -> None:
    assert read_written_date("2027-06") == read_printed_date("2027-06")
    assert read_written_date("2027") == read_printed_date("2027")
    assert read_written_date("") == read_printed_date("")


@pytest.mark.parametrize(
    ("printed", "message"),
    [
        ("03/04/2026", "'03/04/2026' can mean two days."),
        ("06/30/2026", "'06/30/2026' can mean two days."),
        ("31.02.2026", "There is no 31 February."),
        ("31/02/2026", "There is no 31 February."),
        ("2026-02-31", "There is no 31 February."),
        ("29.2.2026", "There is no 29 February 2026."),
        ("2026-13-01", "'2026-13-01' is no date: there is no month 13."),
        ("00.01.2026", "'00.01.2026' is no date that can be read."),
        ("soon", "'soon' is no date that can be read."),
    ],
)
def test_other_days_stay_as_printed_and_are_told(printed: str, message: str) -> None:
    record = action(start_date=printed)
    assert (record.start.printed, record.start.first, record.refused) == (printed, None, False)
    assert only(record).message == message
    assert "write year-month-day" in only(record).cure


def test_only_sheets_are_read_that_way() -> None:
    assert read_printed_date("30.06.2027").unreadable
    assert read_printed_date("30/06/2027").unreadable


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("250.000,00", Decimal("250000.00")),
        ("250 000,00", Decimal("250000.00")),
        ("250.000", None),
        ("250\u00a0000,5", Decimal("250000.5")),
        ("-1.250.000,75", Decimal("-1250000.75")),
        ("1,234.50", Decimal("1234.50")),
        ("1,234", Decimal(1234)),
        ("1.234.567", None),
        ("1.234 567,00", None),
        ("250000,000", None),
    ],
)
def test_amounts_with_a_comma_before_the_cents(text: str, amount: Decimal | None) -> None:
    assert read_amount(text) == amount


def test_such_an_amount_becomes_money_and_stays_as_printed() -> None:
    (flow,) = action(budget_amount="250.000,00", budget_currency="EUR").flows
    assert (flow.amount, flow.printed) == (Decimal(250000), "250.000,00 EUR")
