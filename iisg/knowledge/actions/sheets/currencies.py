"""Currencies as people write them: codes, words and signs that can mean one currency only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from iisg.foundations.core.folding import fold

_CODE: Final = re.compile(r"^[A-Z]{3}$")
_SIGNS: Final[Mapping[str, str]] = {
    "€": "EUR",
    "£": "GBP",
    "US$": "USD",
    "$US": "USD",
    "ден": "MKD",
    "дин": "RSD",
}
_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "EUR": ("euro", "euros", "eur", "eura", "evro", "evra", "евро"),
    "USD": ("us dollar", "us dollars", "u s dollar", "u s dollars", "united states dollar", "united states dollars",
            "american dollar", "american dollars", "dollar us", "dollars us"),
    "ALL": ("lek", "leke", "leks", "albanian lek"),
    "BAM": ("convertible mark", "convertible marks", "konvertibilna marka", "km"),
    "MKD": ("denar", "denars", "denari", "macedonian denar", "macedonian denars"),
    "RSD": ("serbian dinar", "serbian dinars", "dinar", "dinars", "dinara", "din"),
    "CHF": ("swiss franc", "swiss francs", "schweizer franken", "sfr"),
    "GBP": ("pound sterling", "pounds sterling", "british pound", "british pounds", "sterling"),
    "SEK": ("swedish krona", "swedish kronor", "swedish crown", "swedish crowns"),
    "NOK": ("norwegian krone", "norwegian kroner", "norwegian crown", "norwegian crowns"),
    "DKK": ("danish krone", "danish kroner", "danish crown", "danish crowns"),
    "CAD": ("canadian dollar", "canadian dollars"),
    "JPY": ("japanese yen", "yen"),
    "TRY": ("turkish lira", "turkish liras"),
}  # fmt: skip
_BY_NAME: Final[Mapping[str, str]] = {fold(name): code for code, names in _NAMES.items() for name in names}


def read_currency(printed: str) -> str:
    """The code of three letters, "" where none is written or the word could mean several (dollar, krone, franc)."""
    text = printed.strip()
    code = _SIGNS.get(text.upper()) or _SIGNS.get(text.rstrip(".")) or _BY_NAME.get(fold(text), "")
    if code:
        return code
    return text.upper() if _CODE.match(text.upper()) else ""
