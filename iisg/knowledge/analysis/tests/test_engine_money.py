"""Laws of money: parts add to the whole to the cent, order is irrelevant, unknown is never zero."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iisg.knowledge.analysis.engine.money import series
from iisg.knowledge.analysis.engine.money.account import Account, account_of, by_place, cells
from iisg.knowledge.analysis.engine.money.fates import fates_of, share_out
from iisg.knowledge.analysis.engine.money.passing import new_money_factor, passed_on
from iisg.knowledge.analysis.engine.money.rates import EcbRates, Exchange, TableRates, ecb_range, exchange_of
from iisg.knowledge.analysis.engine.money.rows import MoneyAction, MoneyFlow, valued
from iisg.knowledge.analysis.engine.money.rules import REMOVED, Measure
from iisg.knowledge.analysis.engine.money.splits import (
    ELSEWHERE,
    SHARED,
    UNSAID,
    by_days,
    place_weights,
    rebased,
    sector_weights,
    split,
)
from iisg.knowledge.analysis.engine.money.standing import GROSS, NET, PAYER_UNKNOWN, Scope
from iisg.knowledge.analysis.engine.rows import PARTNERS
from iisg.knowledge.analysis.tests.made_up_rows import PLACES_OF_SUMS

REFS = [*"ABCDE"]
PILLARS = ["WBCTi", "WBCSCi", "WBBSi"]
BESIDE = {"countries_elsewhere": "country", "regions_elsewhere": "region",
          "region_itself": "itself", "regions_around": "around"}  # fmt: skip
SECTORS = ["15130", "15210", "16063"]
cents = st.decimals(Decimal(-10_000_000), Decimal(10_000_000), places=2)
shares = st.none() | st.decimals(Decimal(0), Decimal(120), places=2)
days = st.dates(date(2018, 1, 1), date(2028, 12, 31))


@st.composite
def flows(draw: st.DrawFn, key: int) -> MoneyFlow:
    """A sum of any state, known or not, converted or not."""
    first, last = draw(st.none() | days), draw(st.none() | days)
    return MoneyFlow(
        key=key,
        state=draw(st.sampled_from([*Measure, "incoming"])),
        amount=draw(st.none() | cents),
        currency=draw(st.sampled_from(["EUR", "EUR", "BAM", "USD", "ALL", ""])),
        day=draw(st.none() | days),
        first=min(first, last) if first and last else first,
        last=max(first, last) if first and last else last,
        source=draw(st.sampled_from(["", "EU", "Norway", "Albania"])),
        source_partner=draw(st.sampled_from(["", "", "AL"])),
        budget=draw(st.booleans()),
        promised=draw(st.booleans()),
        second_of=draw(st.none() | st.integers(0, 14)),
        sectors=draw(st.dictionaries(st.sampled_from(SECTORS), shares, max_size=2)),
        where=draw(st.none() | PLACES_OF_SUMS),
    )


@st.composite
def action_sets(draw: st.DrawFn) -> list[MoneyAction]:
    """A few actions with links of every kind among them, circles included."""
    found = []
    links = st.frozensets(st.sampled_from(REFS), max_size=2)
    for number, ref in enumerate(REFS[: draw(st.integers(1, 5))]):
        partners = draw(st.dictionaries(st.sampled_from(PARTNERS), shares, max_size=3))
        found.append(
            MoneyAction(
                ref=ref,
                flows=tuple(draw(flows(number * 3 + n)) for n in range(draw(st.integers(0, 3)))),
                partners=partners,
                regional=frozenset() if partners else draw(st.frozensets(st.sampled_from(PARTNERS))),
                countries_elsewhere=draw(st.booleans()),
                regions_elsewhere=draw(st.booleans()),
                region_itself=draw(st.booleans()),
                regions_around=draw(st.booleans()),
                sectors=draw(st.dictionaries(st.sampled_from(SECTORS), shares, max_size=3)),
                second_hand=draw(st.sampled_from([False, False, True])),
                pillars=draw(st.frozensets(st.sampled_from(PILLARS), max_size=2)),
                parents=draw(links) - {ref},
                same_as=draw(links) - {ref},
                funded_by=draw(links) - {ref},
            )
        )
    return found


scopes = st.builds(
    Scope,
    partner=st.sampled_from(["", *PARTNERS]),
    pillar=st.sampled_from(["", *PILLARS]),
    year=st.none() | st.integers(2018, 2028),
    sector=st.sampled_from(["", "", *SECTORS]),
)


# ---- splits


@given(cents, st.dictionaries(st.text(max_size=3), st.decimals(0, 1000, places=4), min_size=1))
def test_a_split_adds_to_the_whole_to_the_cent(amount: Decimal, weights: dict[str, Decimal]) -> None:
    if not any(weights.values()):
        with pytest.raises(ValueError, match="at least one above zero"):
            split(amount, weights)
        return
    parts = split(amount, weights)
    assert sum(parts.values()) == amount
    assert parts == split(amount, dict(reversed(weights.items())))
    total = sum(weights.values())
    assert all(abs(part - amount * weights[key] / total) < Decimal("0.01") for key, part in parts.items())


def test_a_split_refuses_what_it_cannot_divide() -> None:
    with pytest.raises(ValueError, match="parts of a cent"):
        split(Decimal("1.001"), {"a": Decimal(1)})
    with pytest.raises(ValueError, match="must be positive"):
        split(Decimal(1), {"a": Decimal(-1), "b": Decimal(2)})


@given(cents, days, st.integers(0, 3000))
def test_days_add_to_the_whole_to_the_cent(amount: Decimal, first: date, length: int) -> None:
    parts = by_days(amount, first, first + timedelta(days=length))
    assert sum(parts.values()) == amount
    assert min(parts) >= first.year
    assert by_days(Decimal("365.00"), date(2023, 7, 1), date(2024, 6, 29)) == {2023: 184, 2024: 181}


@given(
    st.dictionaries(st.sampled_from(PARTNERS), shares, max_size=6),
    st.fixed_dictionaries(dict.fromkeys(BESIDE, st.booleans())),
)
def test_places_add_to_a_hundred(partners: dict[str, Decimal | None], beside: dict[str, bool]) -> None:
    weights = place_weights(partners, **beside)
    assert sum(weights.values()) == 100
    assert all(weight > 0 for weight in weights.values())
    assert set(weights) <= {*partners, SHARED, ELSEWHERE, UNSAID}


@pytest.mark.parametrize(
    ("partners", "elsewhere", "expected"),
    [
        ({"AL": None}, "", {"AL": 100}),
        ({"AL": None}, "region", {"AL": 100}),  # A: a country without share stands before a region
        ({"AL": None}, "country", {UNSAID: 100}),
        ({"AL": "70", "RS": "30"}, "region", {"AL": 70, "RS": 30}),  # B
        ({"AL": "50"}, "region", {"AL": 50, ELSEWHERE: 50}),  # C
        ({"AL": "30", "ME": "30"}, "", {"AL": 50, "ME": 50}),
        ({"AL": "100", "ME": "100"}, "", {"AL": 50, "ME": 50}),
        ({"AL": None, "ME": None}, "", {SHARED: 100}),
        ({"AL": "60", "ME": None}, "", {"AL": 60, "ME": 40}),
        ({"AL": "60", "ME": None, "RS": None}, "", {"AL": 60, SHARED: 40}),
        ({"AL": "60", "ME": None}, "region", {"AL": 60, UNSAID: 40}),
        ({"AL": "60"}, "itself", {"AL": 60, SHARED: 40}),  # the rest is for the Western Balkans as a region
        ({"AL": "60"}, "itself country", {"AL": 60, UNSAID: 40}),
        ({"AL": "60"}, "around", {"AL": 60, UNSAID: 40}),  # Europe: how much of it is for the six is not said
        ({"AL": None}, "itself", {"AL": 100}),  # A
        ({"AL": "60", "ME": None}, "itself", {"AL": 60, SHARED: 40}),
        ({"AL": "0"}, "itself", {SHARED: 100}),
        ({}, "itself", {SHARED: 100}),
        ({}, "around", {UNSAID: 100}),
        ({}, "country", {ELSEWHERE: 100}),
        ({}, "", {UNSAID: 100}),
    ],
)
def test_the_rule_for_countries_against_regions(
    partners: dict[str, str | None], elsewhere: str, expected: dict[str, int]
) -> None:
    stated = {code: Decimal(share) if share else None for code, share in partners.items()}
    found = place_weights(stated, **{name: word in elsewhere.split() for name, word in BESIDE.items()})
    assert found == expected


@given(st.dictionaries(st.sampled_from(SECTORS), shares))
def test_sectors_add_to_a_hundred(sectors: dict[str, Decimal | None]) -> None:
    weights = sector_weights(sectors)
    assert sum(weights.values()) == 100
    assert set(weights) <= {*sectors, SHARED, UNSAID}


@pytest.mark.parametrize(
    ("sectors", "expected"),
    [
        ({}, {UNSAID: 100}),
        ({"15210": None}, {"15210": 100}),
        ({"15210": "40", "15130": "40"}, {"15210": 50, "15130": 50}),
        ({"15210": "70", "15130": None}, {"15210": 70, "15130": 30}),
        ({"15210": None, "15130": None}, {SHARED: 100}),
        ({"15210": "70", "15130": None, "16063": None}, {"15210": 70, SHARED: 30}),
    ],
)
def test_shares_of_sectors_rebase_and_are_never_made_up(
    sectors: dict[str, str | None], expected: dict[str, int]
) -> None:
    assert (
        sector_weights({code: Decimal(share) if share else None for code, share in sectors.items()})
        == expected
    )


def test_thirds_rebase_to_exactly_a_hundred() -> None:
    assert sum(rebased({"a": Decimal(1), "b": Decimal(1), "c": Decimal(1)}).values()) == 100


@given(st.lists(cents, max_size=6), st.fractions(0, 1))
def test_a_part_of_many_sums_is_the_part_of_their_total(amounts: list[Decimal], part: Fraction) -> None:
    given_ = share_out(enumerate(amounts), part)
    assert sum(given_.values()) == Decimal(round(Fraction(sum(amounts)) * part * 100)) / 100
    assert share_out(enumerate(amounts), Fraction(1)) == dict(enumerate(amounts))


# ---- rates


def test_the_rate_is_the_days_or_the_nearest_earlier_working_days() -> None:
    friday, sunday = date(2024, 3, 29), date(2024, 3, 31)  # Good Friday: the last working day was Thursday
    rate = EcbRates().rate("USD", friday)
    assert rate is not None
    assert (rate.day, rate.source, rate.late) == (date(2024, 3, 28), "ecb", False)
    assert EcbRates().rate("USD", sunday) == rate
    converted = Exchange().to_eur(Decimal("1081.10"), "USD", friday)
    assert converted.eur == (Decimal("1081.10") / rate.per_euro).quantize(Decimal("0.01"))


def test_the_mark_stands_by_its_parity_on_any_day_and_the_euro_by_itself() -> None:
    exchange = Exchange()
    assert exchange.to_eur(Decimal("195.58"), "BAM", None).eur == Decimal("100.00")
    assert exchange.to_eur(Decimal("12.34"), "EUR", None).eur == Decimal("12.34")


@pytest.mark.parametrize(
    ("amount", "currency", "day", "why"),
    [
        (None, "EUR", date(2024, 1, 1), "amount"),
        (Decimal(5), "", date(2024, 1, 1), "currency"),
        (Decimal(5), "USD", None, "day"),
        (Decimal(5), "ALL", date(2024, 1, 1), "rate"),
        (Decimal(5), "USD", date(1998, 12, 1), "rate"),
        (Decimal(5), "RUB", date(2024, 1, 1), "rate"),
        (Decimal(5), "XYZ", date(2024, 1, 1), "rate"),
    ],
)
def test_what_cannot_be_converted_is_unknown_and_says_why(
    amount: Decimal | None, currency: str, day: date | None, why: str
) -> None:
    converted = Exchange().to_eur(amount, currency, day)
    assert (converted.eur, converted.why) == (None, why)


def test_a_day_after_the_newest_rate_is_an_estimate() -> None:
    last = ecb_range()[1]
    rate = EcbRates().rate("USD", last + timedelta(days=400))
    assert rate is not None
    assert (rate.day, rate.late) == (last, True)


def test_imported_rates_stand_in_where_the_ecb_has_none() -> None:
    table = {
        "inforeuro": [("ALL", date(2024, 5, 1), Decimal(100)), ("ALL", date(2024, 6, 1), Decimal(98))],
        "Bank of Albania": [("ALL", date(2024, 5, 20), Decimal(101))],
    }
    exchange = exchange_of(table)
    assert exchange.to_eur(Decimal(1010), "ALL", date(2024, 5, 25)).eur == 10
    assert exchange.to_eur(Decimal(1000), "ALL", date(2024, 5, 10)).eur == 10
    assert exchange.to_eur(Decimal(1000), "ALL", date(2024, 4, 10)).why == "rate"
    late = exchange.to_eur(Decimal(980), "ALL", date(2025, 1, 1))
    assert late.eur == 10
    assert late.rate is not None
    assert late.rate.late
    gap = TableRates("bank", [("MKD", date(2024, 1, 1), Decimal(61)), ("MKD", date(2024, 9, 1), Decimal(62))])
    assert gap.rate("MKD", date(2024, 5, 1)) is None


# ---- passing on


@given(cents, cents, cents)
def test_the_factor_lies_between_nothing_and_all(out: Decimal, promised: Decimal, received: Decimal) -> None:
    factor = new_money_factor(out, promised, received)
    assert 0 <= factor <= 1
    if promised <= 0 and received <= 0:
        assert factor == 1


@given(
    st.dictionaries(st.sampled_from(REFS), cents),
    st.dictionaries(st.sampled_from(REFS), st.frozensets(st.sampled_from(REFS))),
)
def test_nobody_passes_on_or_receives_more_than_it_states(
    out: dict[str, Decimal], funders: dict[str, frozenset[str]]
) -> None:
    found = passed_on(out, funders)
    for ref in REFS:
        assert sum(p.amount for p in found if p.funder == ref) <= max(out.get(ref, Decimal(0)), Decimal(0))
        assert sum(p.amount for p in found if p.receiver == ref) <= max(out.get(ref, Decimal(0)), Decimal(0))
    assert all(p.amount > 0 and p.funder != p.receiver for p in found)


# ---- the account as a whole


def lines_add_up(found: Account) -> None:
    """gross = net + everything that does not count, to the cent, for both measures that have a gross."""
    for measure in Measure:
        removed = sum(found.figure(measure, fate).eur for fate in REMOVED)
        rest = found.figure(measure, NET).eur + found.figure(measure, PAYER_UNKNOWN).eur
        assert found.figure(measure, GROSS).eur == rest + removed
    for figure in found.figures.values():
        assert figure.eur == sum(cell.eur for cell in figure.cells)


@given(action_sets(), scopes)
def test_gross_is_net_and_what_does_not_count_to_the_cent(actions: list[MoneyAction], scope: Scope) -> None:
    fates = fates_of(actions, Exchange())
    lines_add_up(account_of(actions, fates, scope))
    for action in actions:
        for sum_ in valued(action, Exchange()):
            if sum_.converted.eur is not None and sum_.flow.state != "incoming":
                parts = [p for p in fates.portions if p.of.flow.key == sum_.flow.key]
                assert sum(p.eur for p in parts) == sum_.eur
                assert sum(c.eur for p in parts for c in cells(p)) == sum_.eur


def told(found: Account) -> dict[tuple[Measure, str], Decimal]:
    """All lines with their sums."""
    return {key: figure.eur for key, figure in found.figures.items()}


@given(action_sets(), scopes, st.randoms())
def test_the_order_of_the_input_is_irrelevant(actions: list[MoneyAction], scope: Scope, by: Any) -> None:
    mixed = list(actions)
    by.shuffle(mixed)
    first = account_of(actions, fates_of(actions, Exchange()), scope)
    second = account_of(mixed, fates_of(mixed, Exchange()), scope)
    assert told(first) == told(second)


@given(action_sets())
def test_partners_and_what_is_shared_add_to_the_region(actions: list[MoneyAction]) -> None:
    fates = fates_of(actions, Exchange())
    region = account_of(actions, fates, Scope())
    for measure in Measure:
        inside = by_place(region.figure(measure, GROSS).cells)
        each = {p: account_of(actions, fates, Scope(p)).figure(measure, GROSS).eur for p in PARTNERS}
        assert sum(each.values()) + inside.get(SHARED, 0) == region.figure(measure, GROSS).eur


@given(action_sets())
def test_sectors_and_what_is_not_divided_add_to_the_whole(actions: list[MoneyAction]) -> None:
    fates = fates_of(actions, Exchange())
    region = account_of(actions, fates, Scope())
    for measure in Measure:
        whole = region.figure(measure, GROSS)
        each = {s: account_of(actions, fates, Scope(sector=s)).figure(measure, GROSS).eur for s in SECTORS}
        rest = sum(whole.sectors.get(place, Decimal(0)) for place in (SHARED, UNSAID))
        assert sum(each.values()) + rest == whole.eur == sum(whole.sectors.values())


@given(action_sets())
def test_years_and_the_unknown_year_add_to_the_whole(actions: list[MoneyAction]) -> None:
    fates = fates_of(actions, Exchange())
    whole = account_of(actions, fates, Scope())
    years = range(2017, 2030)
    found = {year: account_of(actions, fates, Scope(year=year)) for year in years}
    for measure in Measure:
        dated = sum(account.figure(measure, GROSS).eur for account in found.values())
        undated = sum(c.eur for c in whole.figure(measure, GROSS).cells if c.year is None)
        assert dated + undated == whole.figure(measure, GROSS).eur


@given(action_sets())
def test_what_is_not_known_is_never_counted_and_never_lost(actions: list[MoneyAction]) -> None:
    fates = fates_of(actions, Exchange())
    stated = [f.key for a in actions for f in a.flows if f.amount is not None and f.state != "incoming"]
    unconverted = [v.flow.key for v in fates.unconverted if v.converted.why != "amount"]
    told_of = {p.of.flow.key for p in fates.portions} | set(unconverted)
    assert told_of >= set(stated)
    assert all(p.of.flow.amount is not None for p in fates.portions)


@given(action_sets(), scopes)
def test_pictures_add_to_what_counts(actions: list[MoneyAction], scope: Scope) -> None:
    found = account_of(actions, fates_of(actions, Exchange()), scope)
    net = found.figure(Measure.COMMITTED, NET)
    ways = series.ways(net.cells, Measure.COMMITTED)
    for stage in (0, 1):
        sums = [cents for (at, *_ends), cents in ways.items() if at == stage]
        assert sum(sums) == net.eur * 100
        drawn = [link for link in series.links(ways, 2) if link.stage == stage]
        assert sum(link.eur for link in drawn) * 100 == sum(cents for cents in sums if cents > 0)
        assert len({link.source for link in drawn if link.source}) <= 2
    assert sum(d.eur for d in series.by_donor(ways)) == net.eur
    assert sum(y.committed for y in series.by_year(net.cells)) == net.eur
