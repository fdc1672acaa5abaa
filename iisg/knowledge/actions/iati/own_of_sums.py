"""Sectors and recipients at the level of the transaction: said there where all transactions have their own.

The standard asks for one level or the other: where a sector or a recipient stands at the transactions, every
transaction has one and the activity states none. Sums of which only some have their own say it in our own facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from lxml import etree

from iisg.knowledge.actions.partner_names import PARTNERS_IN_ORDER, in_order
from iisg.knowledge.actions.records import ActionRecord, FlowRecord
from iisg.knowledge.actions.sector_codes import Sector

from .codes import SECTOR_VOCABULARIES
from .elements import add, decimal_text, narrative

_VOCABULARIES: Final = {name: code for code, name in SECTOR_VOCABULARIES.items() if code.isdigit()}
_COUNTRY: Final = re.compile(r"(?:(?P<name>.+) \((?P<code>[A-Z]{2})\)|(?P<only>[A-Z]{2}))")
_REGION: Final = re.compile(r"(?:(?P<name>.+) \(region (?P<code>[0-9]+)\)|region (?P<only>[0-9]+))")


def said_by_sums(record: ActionRecord, transactions: Iterable[FlowRecord]) -> frozenset[str]:
    """Which of "sectors" and "recipients" the transactions say for the activity."""
    sums = list(transactions)
    found = set()
    if sums and all(flow.sectors and _can_be_said(flow.sectors) for flow in sums):
        codes = (Sector(*Sector.of(word)[:2]).printed for flow in sums for word in flow.sectors)
        if tuple(dict.fromkeys(codes)) == record.sectors:
            found.add("sectors")
    if sums and all(len(flow.recipients) == 1 and _element_of(flow.recipients[0]) for flow in sums):
        places = dict.fromkeys(place for flow in sums for place in flow.recipients)
        partners = in_order(set(places) & set(PARTNERS_IN_ORDER))
        if partners == record.partners and not record.partner_shares:
            found.add("recipients")
    return frozenset(found)


def add_sectors(parent: etree._Element, sectors: Iterable[str]) -> None:
    """Sectors with their vocabulary; a transaction has no shares in the standard."""
    shared = parent.tag != "transaction"
    for sector in map(Sector.of, sectors):
        if sector.vocabulary and sector.code:
            vocabulary = _VOCABULARIES.get(sector.vocabulary, sector.vocabulary)
            share = "" if sector.share is None or not shared else decimal_text(sector.share)
            add(parent, "sector", vocabulary=vocabulary, code=sector.code, percentage=share)


def add_recipients(parent: etree._Element, recipients: Iterable[str]) -> None:
    """The one country or region that a transaction is for."""
    for place in recipients:
        if said := _element_of(place):
            tag, code, name = said
            element = add(parent, tag, code=code)
            if name:
                narrative(element, name)


def _can_be_said(sectors: Iterable[str]) -> bool:
    """One of each vocabulary and no shares, as the standard has it."""
    named = [Sector.of(word) for word in sectors]
    vocabularies = {sector.vocabulary for sector in named}
    return "" not in vocabularies and len(vocabularies) == len(named) and not any(s.share for s in named)


def _element_of(place: str) -> tuple[str, str, str] | None:
    """(element, code, name); None where only a name is known."""
    if place in PARTNERS_IN_ORDER:
        return "recipient-country", place, ""
    for tag, pattern in (("recipient-region", _REGION), ("recipient-country", _COUNTRY)):
        if match := pattern.fullmatch(place):
            return tag, match["only"] or match["code"], match["name"] or ""
    return None
