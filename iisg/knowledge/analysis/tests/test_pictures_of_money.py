"""The pictures of money: every sum of the table is drawn, gathering loses nothing, what is not known is shown."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iisg.knowledge.analysis.picture_words import donor_words, sankey_words, year_words
from iisg.knowledge.analysis.pictures.donors import Donor, concentration, ranked
from iisg.knowledge.analysis.pictures.picture import Picture
from iisg.knowledge.analysis.pictures.sankey import Link, gathered, sankey
from iisg.knowledge.analysis.pictures.years import YearSum, totals_by_year
from iisg.knowledge.analysis.rendering import svg, vega
from iisg.knowledge.analysis.tests.reading_pictures import is_valid, rows

LINKS = [
    Link("EU", "CoE", Decimal("600000.50")),
    Link("EU", "not stated", Decimal(250000), target_known=False),
    Link("Norway", "CoE", None, sums_not_known=2),
    Link("CoE", "Serbia", Decimal(400000), column=1),
    Link("CoE", "Albania", Decimal(100000), column=1, sums_not_known=1),
    Link("CoE", "not attributed", Decimal("100000.50"), column=1, target_known=False),
]
YEARS = [
    YearSum(2021, "committed", Decimal(500000), 1),
    YearSum(2021, "spent", Decimal(300000), estimate=True),
    YearSum(2023, "spent", None, 2),
    YearSum(None, "committed", Decimal(70000)),
]
DONORS = [
    Donor("EU", Decimal(700000), href="/organisations/eu/"),
    Donor("Norway", None, 3),
    Donor("Sweden", Decimal(200000)),
    Donor("not stated", Decimal(100000), known=False),
]


def pictures() -> list[Picture]:
    """One of each."""
    return [
        sankey(LINKS, sankey_words()),
        totals_by_year(YEARS, year_words()),
        concentration(DONORS, donor_words()),
    ]


def column(picture: Picture, place: int) -> list[str | None]:
    return [row[place].text for row in picture.table.rows]


def test_a_column_of_sums_not_known_stands_only_where_some_are_not_known() -> None:
    known = [
        sankey([link for link in LINKS if not link.sums_not_known], sankey_words()),
        totals_by_year([YearSum(2021, "spent", Decimal(3))], year_words()),
        concentration([Donor("EU", Decimal(7)), Donor("A body " * 20, Decimal(2))], donor_words()),
    ]
    for picture, with_unknown in zip(known, pictures(), strict=True):
        assert picture.table.heads == with_unknown.table.heads[:-1]
        assert all(len(row) == len(picture.table.heads) for row in picture.table.rows)
    assert column(known[2], 0)[1] == "A body " * 20


@pytest.mark.parametrize("picture", pictures(), ids=lambda picture: picture.name)
def test_each_is_a_valid_specification_that_can_be_drawn(picture: Picture) -> None:
    assert is_valid(picture)
    assert "</svg>" in svg(picture)
    assert vega(picture)["marks"]


def test_the_bands_hold_the_sums_of_the_table() -> None:
    picture = sankey(LINKS, sankey_words())
    drawn = {row["pair"]: row["amount"] for row in rows(picture) if "pair" in row}
    assert drawn == {
        f"{link.column}: {link.source} → {link.target}": None if link.amount is None else float(link.amount)
        for link in LINKS
    }
    assert column(picture, 2) == [
        "EUR 600,000.50", "EUR 250,000.00", None, "EUR 400,000.00", "EUR 100,000.00", "EUR 100,000.50",
    ]  # fmt: skip


def test_bands_are_as_wide_as_their_sums_and_lie_side_by_side() -> None:
    bands = [row for row in rows(sankey(LINKS, sankey_words())) if "pair" in row]
    known = [band for band in bands if band["amount"] is not None]
    widths = {band["pair"]: _width(band) for band in bands}
    per_euro = widths[known[0]["pair"]] / known[0]["amount"]
    assert all(abs(widths[band["pair"]] - band["amount"] * per_euro) < 0.2 for band in known)
    leaving = sorted(_left_edge(band) for band in bands if band["pair"].startswith("0: EU"))
    assert leaving[1][0] == pytest.approx(leaving[0][1], abs=0.2)


def _left_edge(band: dict[str, Any]) -> tuple[float, float]:
    ring = band["geometry"]["coordinates"][0]
    return ring[0][1], ring[-2][1]


def _width(band: dict[str, Any]) -> float:
    top, bottom = _left_edge(band)
    return bottom - top


def test_what_is_not_known_has_its_own_pattern_and_word() -> None:
    picture = sankey(LINKS, sankey_words())
    unknown = {row["pair"] for row in rows(picture) if "pair" in row and "not-known" in row["fill"]}
    assert unknown == {"0: EU → not stated", "0: Norway → CoE", "1: CoE → not attributed"}
    drawn = svg(picture)
    assert "Norway → CoE: not known" in drawn
    assert ">EUR 600,001<" in drawn
    assert ">2 sums not known<" in drawn
    assert [sign.pattern for sign in picture.legend] == ["plain", "not-known"]


def test_what_several_partners_have_together_is_told_apart_from_what_is_not_known() -> None:
    words = sankey_words()
    picture = sankey([*LINKS, Link("CoE", words.shared, Decimal(9), 1, target_known=False)], words)
    shared = {row["pair"] for row in rows(picture) if "pair" in row and "others" in row["fill"]}
    assert shared == {f"1: CoE → {words.shared}"}
    assert [sign.pattern for sign in picture.legend] == ["plain", "others", "not-known"]


def test_no_name_is_cut_and_no_band_lies_under_one() -> None:
    name = "Ministry of Interior and Public Administration of Montenegro"
    picture = sankey([Link(name, name, Decimal(5)), Link(name, name, Decimal(5), 1)], sankey_words())
    for spec in (picture.spec, picture.narrow or {}):
        held = [row for block in spec["datasets"].values() for row in block]
        lines = " ".join(row["text"] for row in held if "text" in row)
        assert "of Montenegro" in lines
        assert "…" not in lines
        boxes = {(row["x"], row["x2"]) for row in held if row.get("fill") == "#f3f6f9"}
        across = [[x for x, _y in ring] for row in held if "pair" in row for ring in _rings(row)]
        reached = [(min(ring), max(ring)) for ring in across]
        assert all(x >= right or x2 <= left for x, x2 in reached for left, right in boxes)


def _rings(band: dict[str, Any]) -> list[list[list[float]]]:
    rings: list[list[list[float]]] = band["geometry"]["coordinates"]
    return rings


def test_partners_stand_in_alphabetical_order_whatever_their_sums() -> None:
    drawn = svg(sankey(LINKS, sankey_words()))
    assert drawn.index(">Albania<") < drawn.index(">Serbia<") < drawn.index(">not attributed<")


AMOUNTS = st.one_of(st.none(), st.decimals("0.01", "1e9", places=2))
BODIES = st.sampled_from([f"Body {number}" for number in range(20)])
ANY_LINKS = st.lists(
    st.builds(Link, BODIES, BODIES, AMOUNTS, st.integers(0, 1), st.integers(0, 3)), max_size=40
)


@given(ANY_LINKS, st.integers(2, 8))
def test_gathering_keeps_every_sum(links: list[Link], most: int) -> None:
    together = gathered(links, sankey_words(), most)
    for level in (0, 1):
        before = [link for link in links if link.column == level]
        after = [link for link in together if link.column == level]
        assert sum(link.amount or 0 for link in before) == sum(link.amount or 0 for link in after)
        assert sum(link.sums_not_known for link in before) == sum(link.sums_not_known for link in after)
        assert len({link.source for link in after}) <= most
    pairs = [(link.column, link.source, link.target) for link in together]
    assert len(pairs) == len(set(pairs))


def test_the_bars_of_the_years_hold_the_sums_of_the_table() -> None:
    picture = totals_by_year(YEARS, year_words())
    drawn = {(row["year"], row["kind"]): row["amount"] for row in rows(picture) if "kind" in row}
    assert drawn == {
        (2021, "committed"): 500000.0,
        (2021, "spent"): 300000.0,
        (2023, "spent"): None,
        (None, "committed"): 70000.0,
    }
    assert column(picture, 2) == ["EUR 500,000.00", "EUR 300,000.00 (estimate)", None, "EUR 70,000.00"]
    assert column(picture, 3) == ["1", "0", "2", "0"]


def test_a_year_without_a_sum_keeps_its_place_and_what_has_no_year_is_shown() -> None:
    drawn = svg(totals_by_year(YEARS, year_words()))
    for words in ("2022", "no sum recorded", "year not known", "spent: 2 sums not known", "(estimate)"):
        assert words in drawn


def test_shares_are_of_all_known_sums_and_grow_together() -> None:
    lines = ranked(DONORS, donor_words(), most=10)
    assert [(line.donor.label, line.share, line.together) for line in lines] == [
        ("EU", Decimal("70.0"), Decimal("70.0")),
        ("Sweden", Decimal("20.0"), Decimal("90.0")),
        ("Norway", None, None),
        ("not stated", Decimal("10.0"), None),
    ]
    picture = concentration(DONORS, donor_words())
    drawn = {row["donor"]: row["amount"] for row in rows(picture) if "donor" in row}
    assert drawn == {"EU": 700000.0, "Sweden": 200000.0, "Norway": None, "not stated": 100000.0}
    assert column(picture, 1) == ["EUR 700,000.00", "EUR 200,000.00", None, "EUR 100,000.00"]
    assert picture.table.rows[0][0].href == "/organisations/eu/"


@given(
    st.lists(
        st.builds(Donor, BODIES, AMOUNTS, st.integers(0, 3)), max_size=30, unique_by=lambda donor: donor.label
    )
)
def test_the_lines_add_to_the_whole(donors: list[Donor]) -> None:
    lines = ranked(donors, donor_words(), most=5)
    assert len(lines) <= 5
    assert sum(line.donor.amount or 0 for line in lines) == sum(donor.amount or 0 for donor in donors)
    assert sum(line.donor.sums_not_known for line in lines) == sum(donor.sums_not_known for donor in donors)


@pytest.mark.parametrize(
    "picture",
    [sankey([], sankey_words()), totals_by_year([], year_words()), concentration([], donor_words())],
    ids=lambda picture: picture.name,
)
def test_nothing_at_all_is_drawn_as_nothing(picture: Picture) -> None:
    assert is_valid(picture)
    assert "</svg>" in svg(picture)
    assert picture.table.rows == ()
