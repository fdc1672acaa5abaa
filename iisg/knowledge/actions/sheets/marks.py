"""How several values and their shares stand in one cell: "European Union {60%}; Germany {40%}".

A semicolon divides; before a semicolon, an opening brace or a backslash that belongs to a value stands a backslash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

_LINE_END = re.compile("\r\n?|\f")
_PART: Final = re.compile(r"(?:\\.|[^;])+", re.DOTALL)
_MEANT: Final = re.compile(r"\\([\\;{])")
_SHARE: Final = re.compile(
    r"^(?P<name>.*?)\s*(?<!\\)\{\s*(?:(?P<share>-?\d{1,3}(?:\.\d{1,4})?)\s*%)?\s*\}$", re.DOTALL
)


def tidy(cell: str) -> str:
    """The text of a cell without blanks around it; lines inside a cell stay, each ended in one way."""
    return _LINE_END.sub("\n", cell.replace("\u00a0", " ")).strip()


def split(text: str) -> list[str]:
    """The values of a cell; only ";" divides, so that "A, B and C" stays one."""
    return [_meant(part) for part in _parts(text)]


def split_shares(text: str) -> list[tuple[str, Decimal | None, bool]]:
    """(value, its share, whether braces follow it) of each value of a cell; braces may be empty."""
    found: list[tuple[str, Decimal | None, bool]] = []
    for part in _parts(text):
        match = _SHARE.match(part)
        if match is None:
            found.append((_meant(part), None, False))
        elif match["name"]:
            found.append((_meant(match["name"]), Decimal(match["share"]) if match["share"] else None, True))
    return found


def join(values: Iterable[str]) -> str:
    """Values as one cell, from which `split` makes the same values."""
    return "; ".join(_guarded(value) for value in values)


def join_shares(values: Iterable[tuple[str, Decimal | None]]) -> str:
    """Values with their shares as one cell, from which `split_shares` makes the same."""
    return "; ".join(_with_share(value, share) for value, share in values)


def _with_share(value: str, share: Decimal | None) -> str:
    if share is not None:
        return f"{_guarded(value)} {{{plain_number(share)}%}}"
    return f"{_guarded(value)} {{}}" if value.lower().startswith("through ") else _guarded(value)


def plain_number(number: Decimal) -> str:
    """Digits without exponent and without zeros at the end: "60", "33.3333"."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _guarded(value: str) -> str:
    return re.sub(r"([\\;{])", r"\\\1", value)


def _meant(part: str) -> str:
    return _MEANT.sub(r"\1", part)


def _parts(text: str) -> list[str]:
    return [part for match in _PART.finditer(text) if (part := match.group().strip())]
