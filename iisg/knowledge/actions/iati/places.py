"""Whom an activity is for: the six partners named one by one, covered as a region, or not mentioned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from lxml import etree

from iisg.knowledge.actions.partner_names import PARTNERS_IN_ORDER, in_order, means_the_region, read_partner

from .children import every, inside
from .codes import REGIONS
from .figures import read_number
from .notes import Notes
from .words import name_of, one_line

_ROUNDING = Decimal("0.5")


@dataclass(slots=True)
class Places:
    """`named` is True where partners are named, False where only the region is, None where neither is."""

    partners: tuple[str, ...] = ()
    named: bool | None = None
    shares: dict[str, Decimal] = field(default_factory=dict)
    others: str = ""


def read_places(activity: etree._Element, codes: Mapping[str, str], notes: Notes) -> Places:
    """Recipients of the activity, or of its transactions where it states none itself (both are allowed)."""
    countries, regions = every(activity, "recipient-country"), every(activity, "recipient-region")
    own = bool(countries or regions)
    if not own:
        countries = inside(activity, "transaction", "recipient-country")
        regions = inside(activity, "transaction", "recipient-region")
    partners: set[str] = set()
    shares: dict[str, Decimal] = {}
    others: dict[str, None] = {}
    region_meant = False
    for element in (*countries, *regions):
        if partner := _partner(element, codes, notes):
            partners.add(partner)
            share = read_number(element.get("percentage"))
            if own and share is not None:
                shares[partner] = shares.get(partner, Decimal(0)) + share
        elif printed := _printed(element):
            others[printed] = None
            region_meant = region_meant or means_the_region(name_of(element))
    if own:
        _check_recipients(countries, regions, notes)
    if others and not partners and not region_meant:
        notes.warn_seldom(
            "iati.no-partner",
            "The activity is for others and names none of the Western Balkans partners; it counts for none of them.",
            "Ask whether the file belongs here at all.",
            (countries or regions)[0],
        )
    if partners or not region_meant:
        return Places(in_order(partners), True if partners else None, shares, "; ".join(others))
    notes.warn(
        "iati.region-covers-all",
        "The activity is for the Western Balkans as a region; all six partners are taken as covered by it.",
        "Where it is for some of them only, ask the publisher to name them.",
        regions[0] if regions else None,
    )
    return Places(PARTNERS_IN_ORDER, False, {}, "; ".join(others))


def recipients_of(transaction: etree._Element, codes: Mapping[str, str]) -> tuple[str, ...]:
    """Whom a transaction is for by itself: a partner's code, else a place as printed, with its code in brackets."""
    found: dict[str, None] = {}
    for element in (*every(transaction, "recipient-country"), *every(transaction, "recipient-region")):
        code, name = one_line(element.get("code")), name_of(element)
        by_code = codes.get(code.upper(), "") if element.tag == "recipient-country" else ""
        place = by_code or ("" if code and element.tag == "recipient-country" else read_partner(name, codes))
        if not place:
            place = _printed(element)
            if name and code and element.tag == "recipient-country":
                place = f"{name} ({code})"
        found[place] = None
    return tuple(place for place in found if place)


def check_sectors(activity: etree._Element, notes: Notes) -> None:
    """Shares of sectors add up to a hundred in each vocabulary."""
    groups: dict[str, list[etree._Element]] = {}
    for element in every(activity, "sector"):
        groups.setdefault(one_line(element.get("vocabulary")) or "1", []).append(element)
    for group in groups.values():
        _check_shares(group, "sectors", notes)


def _partner(element: etree._Element, codes: Mapping[str, str], notes: Notes) -> str:
    code, name = one_line(element.get("code")), name_of(element)
    by_code = codes.get(code.upper(), "") if element.tag == "recipient-country" else ""
    by_name = read_partner(name, codes)
    if by_code and by_name and by_code != by_name:
        notes.warn(
            "iati.recipient-contradiction",
            f"The code '{code}' and the name '{name}' mean two different partners.",
            "The code was taken; ask the publisher which is right.",
            element,
        )
    return by_code or (
        by_name if not code or element.tag == "recipient-region" or code.upper() in codes else ""
    )


def _printed(element: etree._Element) -> str:
    """A recipient outside the six as a reader would want to see it."""
    code, name = one_line(element.get("code")), name_of(element)
    if not name and element.tag == "recipient-region" and one_line(element.get("vocabulary")) in ("", "1"):
        name = REGIONS.get(code, "")
    if name and code and element.tag == "recipient-region":
        return f"{name} (region {code})"
    return name or (f"region {code}" if code and element.tag == "recipient-region" else code)


def _check_recipients(countries: list[etree._Element], regions: list[etree._Element], notes: Notes) -> None:
    """Shares of countries and regions add up to a hundred.

    Regions of a second vocabulary mostly repeat the same money in other words; some publishers
    let them share it.
    """
    total = sum((read_number(e.get("percentage")) or Decimal(0) for e in (*countries, *regions)), Decimal(0))
    if total != 100:
        regions = _of_one_vocabulary(regions)
    _check_shares([*countries, *regions], "recipients", notes)


def _of_one_vocabulary(regions: list[etree._Element]) -> list[etree._Element]:
    """Regions of the first vocabulary used."""
    first = one_line(regions[0].get("vocabulary")) or "1" if regions else ""
    return [region for region in regions if (one_line(region.get("vocabulary")) or "1") == first]


def _check_shares(elements: Iterable[etree._Element], what: str, notes: Notes) -> None:
    found = list(elements)
    printed = [element for element in found if element.get("percentage") is not None]
    if not printed:
        return
    shares = [read_number(element.get("percentage")) for element in printed]
    for element, share in zip(printed, shares, strict=True):
        if share is None or not 0 <= share <= 100:
            notes.warn(
                "iati.share-impossible",
                f"'{element.get('percentage')}' is no share between 0 and 100 per cent.",
                "The share is unknown; ask the publisher.",
                element,
            )
    total = sum((share for share in shares if share is not None), Decimal(0))
    if len(printed) < len(found) or None in shares:
        if len(found) > 1:
            notes.warn(
                "iati.shares-missing",
                f"Only {len(printed)} of {len(found)} {what} state a readable share.",
                "The missing shares are unknown; ask the publisher.",
                printed[0],
            )
    elif abs(total - 100) > _ROUNDING:
        notes.warn(
            "iati.shares-sum",
            f"The shares of the {what} add up to {total.normalize():f} per cent, not to 100.",
            "They are kept as printed; ask the publisher.",
            printed[0],
        )
