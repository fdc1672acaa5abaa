"""Dividing sums so that the parts add to the whole to the cent: by weights, by place, by days (rules.md 6.5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from math import lcm
from typing import Final

SHARED: Final = "shared"
"""For several partners, or for the region: inside the six, and not attributed to one of them."""
ELSEWHERE: Final = "elsewhere"
UNSAID: Final = "unsaid"
"""Partly for places outside the six, or for nobody knows where; how much is not said."""

HUNDRED: Final = Decimal(100)
ABOUT: Final = Decimal(1)
"""How far printed shares may miss a hundred and still be taken as a hundred."""
CENT: Final = Decimal("0.01")


def split(amount: Decimal, weights: Mapping[str, Decimal | Fraction]) -> dict[str, Decimal]:
    """`amount` (in whole cents, negative too) by weights, to the cent, by largest remainders.

    The order of the weights is irrelevant: equal remainders go by key. Raises ValueError for a negative weight,
    for weights that are all zero, and for an amount with parts of a cent.
    """
    cents = amount / CENT
    if cents != cents.to_integral_value():
        raise ValueError(f"{amount} has parts of a cent")
    ratios = {key: weight.as_integer_ratio() for key, weight in weights.items() if weight}
    if not ratios or any(above < 0 for above, _ in ratios.values()):
        raise ValueError("weights must be positive, and at least one above zero")
    if len(ratios) == 1:
        return dict.fromkeys(ratios, amount)
    below = lcm(*(below for _, below in ratios.values()))
    whole = {key: above * (below // own) for key, (above, own) in ratios.items()}
    total = sum(whole.values())
    size, sign = abs(int(cents)), -1 if cents < 0 else 1
    parts = {key: divmod(size * weight, total) for key, weight in whole.items()}
    left = size - sum(part for part, _ in parts.values())
    first = sorted(parts, key=lambda key: (-parts[key][1], key))[:left]
    return {key: sign * (part + (key in first)) * CENT for key, (part, _) in parts.items()}


def by_days(amount: Decimal, first: date, last: date) -> dict[int, Decimal]:
    """`amount` by calendar years, as many parts as days; both days included, `last` not before `first`."""
    years = range(first.year, last.year + 1)
    days = {
        str(year): Decimal(
            (min(last, date(year, 12, 31)) - max(first, date(year, 1, 1)) + timedelta(days=1)).days
        )
        for year in years
    }
    return {int(year): part for year, part in split(amount, days).items()}


def place_weights(
    partners: Mapping[str, Decimal | None],
    *,
    countries_elsewhere: bool = False,
    regions_elsewhere: bool = False,
    region_itself: bool = False,
    regions_around: bool = False,
) -> dict[str, Decimal]:
    """How a sum lies on the partners that an action names, on SHARED, ELSEWHERE and UNSAID; adds to 100.

    `partners` holds the printed share of each or None. The rule of the CDFD workbooks, as far as it never
    spreads in silence: (A) countries without shares stand before a region; (B) shares of countries that add to
    about a hundred are taken alone and rebased; (C) otherwise what is missing to a hundred lies with the other places
    that are named, see `_remainder`, and where there are none the shares are rebased. Several partners without shares
    are SHARED.
    """
    stated = {code: share for code, share in partners.items() if share is not None and share > 0}
    silent = [code for code, share in partners.items() if share is None]
    other = _remainder(countries_elsewhere or regions_elsewhere, region_itself, regions_around)
    if not partners:
        return {other or UNSAID: HUNDRED}
    if not stated:
        if countries_elsewhere:
            return {UNSAID: HUNDRED}
        if silent:
            return {silent[0]: HUNDRED} if len(silent) == 1 else {SHARED: HUNDRED}
        return {other or SHARED: HUNDRED}
    total = sum(stated.values())
    missing = HUNDRED - total
    if missing <= ABOUT:
        return rebased(stated)
    if silent:
        if other not in ("", SHARED):
            rest = UNSAID
        else:
            rest = silent[0] if len(silent) == 1 and not other else SHARED
        return stated | {rest: missing}
    return stated | {other: missing} if other else rebased(stated)


def _remainder(elsewhere: bool, region_itself: bool, regions_around: bool) -> str:
    """On which place lies what the partners' shares leave over; "" where no other place is named.

    The Western Balkans as a region are for the six, not divided. A region that holds the six among others, or the
    region beside places outside it, does not say how much is for them.
    """
    if regions_around or (region_itself and elsewhere):
        return UNSAID
    return SHARED if region_itself else ELSEWHERE if elsewhere else ""


def sector_weights(sectors: Mapping[str, Decimal | None]) -> dict[str, Decimal]:
    """How a sum lies on sectors, on SHARED (several without shares, not divided) and UNSAID; adds to 100.

    By the rule for places: shares are rebased to a hundred, a single sector without a share takes what is missing.
    """
    return place_weights(sectors)


def rebased(shares: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Shares in per cent that add to exactly a hundred (to a millionth), by largest remainders."""
    total = sum(shares.values())
    step = Decimal("0.000001")
    ideal = {key: share * HUNDRED / total for key, share in shares.items()}
    given = {key: part.quantize(step, ROUND_FLOOR) for key, part in ideal.items()}
    left = int((HUNDRED - sum(given.values())) / step)
    for key in sorted(ideal, key=lambda k: (given[k] - ideal[k], k))[:left]:
        given[key] += step
    return given
