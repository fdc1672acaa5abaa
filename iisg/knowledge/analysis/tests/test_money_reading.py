"""From records to the rows of money: what stands beside the partners, and which sectors divide a sum."""

from __future__ import annotations

from decimal import Decimal

import pytest

from iisg.knowledge.actions.sector_codes import Sector
from iisg.knowledge.analysis.money_reading import Elsewhere, sectors_of


@pytest.mark.parametrize(
    ("printed", "sort"),
    [
        ("Moldova", Elsewhere.COUNTRY),
        ("Western Balkans", Elsewhere.ITSELF),
        ("Western Balkans (region 88)", Elsewhere.ITSELF),
        ("Western Balkans (partners not itemised)", Elsewhere.ITSELF),
        ("Western Balkans and Türkiye", Elsewhere.AROUND),
        ("Europe, regional (region 89)", Elsewhere.AROUND),
        ("region 89", Elsewhere.AROUND),
        ("Africa, regional (region 298)", Elsewhere.REGION),
        ("region 798", Elsewhere.REGION),
    ],
)
def test_places_beside_the_partners_are_told_apart(printed: str, sort: Elsewhere) -> None:
    assert Elsewhere.of(printed) is sort


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("", {}),
        ("DAC:15210=60.5 DAC:15130=39.5", {"15210": Decimal("60.5"), "15130": Decimal("39.5")}),
        ("DAC-3:152 DAC:15210", {"15210": None}),  # purpose codes go before their categories
        ("DAC-3:152=100 99:own=100", {"152": Decimal(100)}),
        ("99:own odd DAC:x", {}),  # no list of codes that sums could be compared by
    ],
)
def test_one_list_of_codes_divides_a_sum(printed: str, found: dict[str, Decimal | None]) -> None:
    assert sectors_of(printed) == found


@pytest.mark.parametrize(
    "printed", ["DAC:15210", "DAC:15210=60", "DAC:15210=33.333333", "99:a=b", "99:a=b=7", "odd", "odd=5"]
)
def test_a_sector_comes_back_from_its_word(printed: str) -> None:
    assert Sector.of(printed).printed == printed


def test_a_code_without_a_list_keeps_its_share() -> None:
    assert Sector.of("odd=5") == Sector("", "odd", Decimal(5))
