"""Actions as IATI 2.03, valid against its schema; what the house's own reader would not get back is added in facts.

The schema demands a date, a state, a description and a party of every activity. Where none is known, an element
stands there with no code of the standard and with the mark `unknown`: nobody can take it for a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from xml.sax.saxutils import quoteattr

from lxml import etree

from iisg.knowledge.actions.partner_names import PARTNER_CODES, PARTNERS_IN_ORDER
from iisg.knowledge.actions.plain import action_facts
from iisg.knowledge.actions.records import ActionRecord, PartyRecord

from .codes import ORGANISATION_TYPES, SCOPES, STAGES
from .elements import add, add_named, decimal_text, language, narrative, web_address
from .extension import NAMESPACE, REGION, REPUBLISHED, SECOND_HAND, UNKNOWN, add_facts
from .money_writing import add_money, is_a_transaction
from .own_of_sums import add_sectors, said_by_sums
from .reading import Reader

VERSION: Final = "2.03"
_ROLES: Final = {"funding": "1", "accountable": "2", "extending": "3", "implementing": "4"}
_TYPES: Final = {words: code for code, words in ORGANISATION_TYPES.items()}
_SCOPES: Final = {scope: code for code, scope in reversed(list(SCOPES.items()))}
_STAGES: Final = {
    "pipeline": "1",
    "implementation": "2",
    "completed": "4",
    "cancelled": "5",
    "suspended": "6",
}
_AID_TYPE: Final = re.compile(r"aid type (\w+)(?=;|$)")
_WEB_PAGE: Final = "A12"


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who hands the file out: its identifier (the prefix of actions that have no reporter) and its name."""

    ref: str
    name: str


@dataclass(frozen=True, slots=True)
class Handed:
    """What a file says of itself: marking, whose it is, when it was made, what it was chosen by, and its part."""

    marking: str
    by: str
    at: datetime
    chosen: str
    note: str
    part: str = ""


def iati_pieces(records: Iterable[ActionRecord], publisher: Publisher, handed: Handed) -> Iterator[bytes]:
    """The file, activity by activity."""
    own = {"marking": handed.marking, "taken-by": handed.by, "chosen-by": handed.chosen, "part": handed.part}
    said = " ".join(f"iisg:{name}={quoteattr(_readable(value))}" for name, value in own.items() if value)
    yield (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- {_in_comment(handed.note)} -->\n'
        f'<iati-activities version="{VERSION}" generated-datetime="{handed.at.isoformat(timespec="seconds")}" '
        f'xmlns:iisg="{NAMESPACE}" {said}>\n'
    ).encode()
    for record in records:
        yield etree.tostring(activity(record, publisher), encoding="unicode").encode() + b"\n"
    yield b"</iati-activities>\n"


def activity(record: ActionRecord, publisher: Publisher) -> etree._Element:
    """One action as an element, from which `Reader` makes a record of the same facts."""
    element = etree.Element("iati-activity", nsmap={"iisg": NAMESPACE})
    if original := language(record.original_language):
        element.set("{http://www.w3.org/XML/1998/namespace}lang", original)
    add(element, "iati-identifier").text = identifier_of(record, publisher)
    _add_reporter(element, record, publisher)
    title = add(element, "title")
    narrative(title, record.title, record.title_language)
    if record.title_original:
        narrative(title, record.title_original, record.original_language)
    narrative(add(element, "description"), record.summary)
    _add_parties(element, record.parties)
    _add_stage(element, record)
    _add_dates(element, record)
    if code := _SCOPES.get(record.scope):
        add(element, "activity-scope", code=code)
    by_sum = said_by_sums(record, filter(is_a_transaction, record.flows))
    if "recipients" not in by_sum:
        _add_places(element, record)
    if "sectors" not in by_sum:
        add_sectors(element, record.sectors)
    for code in _AID_TYPE.findall(record.assistance_printed):
        add(element, "default-aid-type", code=code)
    add_money(element, record, by_sum)
    for address in (record.source_url, record.second_source_url):
        if web_address(address):
            _add_link(element, address)
    for parent in record.parent_refs:
        add(element, "related-activity", type="1", ref=parent)
    _add_rest(element, record)
    return element


def identifier_of(record: ActionRecord, publisher: Publisher) -> str:
    """The reporter's own identifier; with the house's prefix where the reporter has none that IATI knows."""
    known = record.reporter is not None and bool(record.reporter.identifier)
    return record.ref if known or record.ref.startswith(publisher.ref) else f"{publisher.ref}-{record.ref}"


def _add_reporter(parent: etree._Element, record: ActionRecord, publisher: Publisher) -> None:
    reporter = record.reporter
    if reporter is None:
        own = add(parent, "reporting-org", {UNKNOWN: "true"}, ref=publisher.ref, type="90")
        narrative(own, publisher.name)
        return
    element = add(
        parent,
        "reporting-org",
        {REPUBLISHED: SECOND_HAND if record.second_hand else "true"},
        ref=reporter.identifier,
        type=_TYPES.get(reporter.kind_hint, ""),
        **{"secondary-reporter": "1"},
    )
    narrative(element, reporter.name)


def _add_parties(parent: etree._Element, parties: Iterable[PartyRecord]) -> None:
    said = [party for party in parties if party.role in _ROLES and party.name]
    for party in said:
        code = _TYPES.get(party.kind_hint, "")
        add_named(
            parent, "participating-org", party.name, role=_ROLES[party.role], ref=party.identifier, type=code
        )
    if not said:
        add(parent, "participating-org", {UNKNOWN: "true"}, role="")


def _add_stage(parent: etree._Element, record: ActionRecord) -> None:
    """The code as the source printed it where it means the stage that is recorded."""
    printed = record.stage_printed.split(" ")[0]
    code = printed if STAGES.get(printed) == record.stage else _STAGES.get(record.stage, "")
    add(parent, "activity-status", {} if code else {UNKNOWN: "true"}, code=code)


def _add_dates(parent: etree._Element, record: ActionRecord) -> None:
    """First possible start and last possible end, as planned ones: whether they came true is not recorded."""
    days = (("1", record.start.first), ("3", record.end.last))
    for kind, day in days:
        if day is not None:
            add(parent, "activity-date", {"iso-date": day.isoformat()}, type=kind)
    if not any(day for _kind, day in days):
        unknown = add(parent, "activity-date", {"iso-date": "1000-01-01", UNKNOWN: "true"}, type="")
        printed = "; ".join(day.printed for day in (record.start, record.end) if day.printed)
        said = f" Its source prints: {printed}." if printed else ""
        narrative(unknown, f"No date of this activity is known; the schema demands one.{said}", "en")


def _add_places(parent: etree._Element, record: ActionRecord) -> None:
    if record.names_partners is False and record.partners == PARTNERS_IN_ORDER and not record.partner_shares:
        region = add(parent, "recipient-region", {REGION: "all"}, code="WB6", vocabulary="99")
        narrative(region, "Western Balkans", "en")
        return
    for code in record.partners:
        share = record.partner_shares.get(code)
        add(parent, "recipient-country", code=code, percentage="" if share is None else decimal_text(share))


def _add_link(parent: etree._Element, address: str) -> None:
    link = add(parent, "document-link", url=address, format="text/html")
    narrative(add(link, "title"), "Source", "en")
    add(link, "category", code=_WEB_PAGE)


def _add_rest(element: etree._Element, record: ActionRecord) -> None:
    """What a reader of the elements alone would not get back."""
    wanted = action_facts(record)
    read = action_facts(Reader(PARTNER_CODES, None, checks_schema=False).read(deepcopy(element)))
    add_facts(element, {name: value for name, value in wanted.items() if read[name] != value})


def _readable(text: str) -> str:
    return " ".join(text.split())


def _in_comment(text: str) -> str:
    return _readable(text).replace("--", "- -").rstrip("-")
