"""Sectors of an activity or of one of its transactions, with vocabulary and share."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from lxml import etree

from iisg.knowledge.actions.sector_codes import Sector

from .codes import SECTOR_VOCABULARIES
from .figures import read_number
from .words import one_line


def sectors_of(elements: Iterable[etree._Element], *, with_shares: bool = True) -> tuple[str, ...]:
    """Each sector once ("DAC:15210=60"); one that is named twice has both shares, or none where one is missing."""
    found: dict[tuple[str, str], list[Decimal | None]] = {}
    for element in elements:
        vocabulary = one_line(element.get("vocabulary")).upper()
        if code := one_line(element.get("code")):
            share = read_number(element.get("percentage")) if with_shares else None
            known = share if share is not None and 0 <= share <= 100 else None
            found.setdefault((SECTOR_VOCABULARIES.get(vocabulary, vocabulary), code), []).append(known)
    return tuple(
        Sector(
            *key, None if None in shares else sum((s for s in shares if s is not None), Decimal(0))
        ).printed
        for key, shares in found.items()
    )
