"""Numbers, days and what nobody told us, as pages write them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from iisg.foundations.core.templatetags import wording

NOT_KNOWN = '<span class="iisg-unknown">not known</span>'


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (Decimal(1234567), "EUR 1.2 m"),
        (Decimal(1250000), "EUR 1.3 m"),
        (Decimal(999950000), "EUR 1.0 bn"),
        (Decimal(3400000000), "EUR 3.4 bn"),
        (Decimal("179149.50"), "EUR 179,150"),
        (Decimal(-2000000), "EUR -2.0 m"),
        (0, "EUR 0"),
        (None, NOT_KNOWN),
    ],
)
def test_money_in_overviews_is_short_and_zero_is_not_unknown(amount: Decimal | None, written: str) -> None:
    assert wording.money_short(amount) == written


def test_money_in_records_is_exact_and_keeps_its_currency() -> None:
    assert wording.money_exact(Decimal(17915000)) == "EUR 17,915,000.00"
    assert wording.money_exact("0.1", "USD") == "USD 0.10"
    assert wording.money_exact(None) == NOT_KNOWN


@pytest.mark.parametrize("blank", [None, "", "   "])
def test_blank_is_not_known(blank: str | None) -> None:
    assert wording.known(blank) == NOT_KNOWN


@pytest.mark.parametrize("value", [0, False, "0", "<b>"])
def test_what_was_told_stays_as_it_is(value: object) -> None:
    assert wording.known(value) is value


def test_numbers_are_grouped() -> None:
    assert [wording.number(n) for n in (12345, Decimal("1234.5"), "many")] == ["12,345", "1,234.5", "many"]
    assert wording.number(None) == NOT_KNOWN


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("2022-06-20", "20 June 2022"),
        ("2022-06", "June 2022"),
        ("2022", "2022"),
        ("2022-09-31", "“2022-09-31” (as printed; not a readable date)"),
        ("", NOT_KNOWN),
        (None, NOT_KNOWN),
    ],
)
def test_a_printed_date_says_no_more_than_its_source(printed: str | None, written: str) -> None:
    assert wording.printed_date(printed) == written


def test_days_and_moments_stand_in_the_zone_of_the_house() -> None:
    late = datetime(2022, 6, 19, 22, 30, tzinfo=UTC)
    assert wording.day_long(late) == wording.day_long(date(2022, 6, 20)) == "20 June 2022"
    assert wording.moment_long(late) == "20 June 2022, 00:30 CEST"
    assert wording.day_long(None) == wording.moment_long(None) == NOT_KNOWN


def test_a_deadline_says_how_far_away_it_is() -> None:
    ends, before, after = (datetime(2026, 11, day, 16, tzinfo=UTC) for day in (27, 23, 29))
    assert wording.deadline(ends, before).replace("\xa0", " ") == "27 November 2026, 17:00 CET (in 4 days)"
    assert wording.deadline(ends, after).replace("\xa0", " ") == "27 November 2026, 17:00 CET (2 days ago)"
    assert wording.deadline(None, before) == NOT_KNOWN
