"""The six partners as files write them: codes old and new, and names in the forms that sources print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from iisg.foundations.core.folding import fold

PARTNER_CODES: Final[Mapping[str, str]] = {
    "AL": "AL",
    "BA": "BA",
    "XK": "XK",
    "KV": "XK",
    "KO": "XK",
    "XKX": "XK",
    "ME": "ME",
    "MK": "MK",
    "RS": "RS",
}
"""Code as printed to the partner's code. Kosovo* has no ISO code of its own: XK is user-assigned; KV and KO
are what publishers of IATI 1.x wrote."""

PARTNERS_IN_ORDER: Final = ("AL", "BA", "XK", "ME", "MK", "RS")
"""In the alphabetical order of their English names; never a ranking."""

_NAMES: Final[Mapping[str, str]] = {
    "albania": "AL",
    "bosnia and herzegovina": "BA",
    "bosnia herzegovina": "BA",
    "bosnia": "BA",
    "bih": "BA",
    "kosovo": "XK",
    "kosovo ko": "XK",
    "kosova": "XK",
    "montenegro": "ME",
    "north macedonia": "MK",
    "republic of north macedonia": "MK",
    "macedonia": "MK",
    "fyr macedonia": "MK",
    "the former yugoslav republic of macedonia": "MK",
    "former yugoslav republic of macedonia": "MK",
    "macedonia former yugoslav republic of": "MK",
    "macedonia the former yugoslav republic of": "MK",
    "fyrom": "MK",
    "serbia": "RS",
    "republic of serbia": "RS",
    "republic of albania": "AL",
}
_REGION = (
    "western balkans",
    "western balkan",
    "west balkans",
    "western balkans regional",
    "western balkans region",
    "the western balkans",
    "regional western balkans",
    "western balkan 6",
    "western balkans 6",
    "wb6",
)
_OF_THE_REGION = (" balkan", " wb6 ", " wb 6 ")
_SOUTH_EAST = (" south east ", " southeast ", " south eastern ", " southeastern ")


def read_partner(printed: str, codes: Mapping[str, str] = PARTNER_CODES) -> str:
    """The partner's code for a code or a name as printed, "" where it names none of the six."""
    text = printed.strip().rstrip("*").strip()
    if code := codes.get(text.upper()):
        return code
    folded = fold(text)
    if folded.startswith("kosovo ") and ("1244" in folded or "unsc" in folded):
        return "XK"
    return _NAMES.get(folded, "")


def means_the_region(printed: str) -> bool:
    """Whether a text says "Western Balkans" and nothing else: only then are all six covered as a region."""
    return fold(printed) in _REGION


def speaks_of_the_six(printed: str) -> bool:
    """Whether a text speaks of the region or of one of the six, be it with other words around it."""
    words = f" {fold(printed)} "
    south_east = " europe " in words and any(word in words for word in _SOUTH_EAST)
    return south_east or any(word in words for word in (*_OF_THE_REGION, *(f" {name} " for name in _NAMES)))


def in_order(partners: set[str]) -> tuple[str, ...]:
    """Partner codes in their alphabetical order."""
    return tuple(code for code in PARTNERS_IN_ORDER if code in partners)
