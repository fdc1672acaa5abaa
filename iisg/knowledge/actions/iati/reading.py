"""Reading IATI activity files of versions 1.01 to 2.03, one activity at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from lxml import etree

from iisg.knowledge.actions.partner_names import PARTNER_CODES
from iisg.knowledge.actions.records import ActionRecord
from iisg.knowledge.actions.sources import Source, open_source
from iisg.knowledge.actions.sources.markup import elements, forget, not_well_formed
from iisg.knowledge.actions.sources.refusals import refusal

from . import schema
from .children import every, first, inside
from .codes import SCOPES
from .extension import PART, restored, take_out_marks
from .money import read_flows
from .notes import Notes
from .parties import read_parties, read_reporter
from .places import check_sectors, read_places
from .ruleset import check_rules
from .sectors import sectors_of
from .times import read_stage, read_times
from .words import (
    Worded,
    all_wordings,
    english_first,
    is_blacked_out,
    language_of,
    name_of,
    one_line,
    whole_text,
)

_WEB_PAGE = "A12"


def read_iati(
    source: Source | bytes | Path,
    *,
    known_partners: Mapping[str, str] = PARTNER_CODES,
    today: date | None = None,
) -> Iterator[ActionRecord]:
    """Every activity of the file as a record, refused ones included (their findings say why).

    `known_partners` maps country codes as printed to partner codes; without `today` no date counts as lying in
    the future. The file is streamed, so that memory
    does not grow with it. Raises `UnreadableFile` before the first record where the file cannot be read.
    """
    opened = source if isinstance(source, Source) else open_source(source)
    if opened.format != "iati":
        raise refusal(
            "iati.not-one", "This is no IATI file.", place=opened.name, cure="Send an IATI activity file."
        )
    return _activities(opened, known_partners, today)


def _activities(source: Source, codes: Mapping[str, str], today: date | None) -> Iterator[ActionRecord]:
    reader = Reader(codes, today, schema.knows(source.version))
    with source.stream() as stream:
        try:
            for _, activity in elements(stream, ("end",), "iati-activity"):
                parent = activity.getparent()
                if parent is None or parent.getparent() is not None:
                    continue  # an element of this name inside a foreign one is no activity of the file
                if reader.number == 0:
                    _refuse_part(parent, source.name)
                yield reader.read(activity)
                forget(activity)
        except etree.XMLSyntaxError as fault:
            raise not_well_formed(fault, source.name) from fault


def _refuse_part(root: etree._Element, name: str) -> None:
    """Our own file of what is public holds each record in part only: read back it would wipe out the rest."""
    if root.get(PART):
        raise refusal(
            "iati.public-part",
            "This file holds only the public part of each record of this platform.",
            place=name,
            cure="It cannot be brought back; export the actions as a member, and import that file.",
        )


class Reader:
    """What is remembered from one activity of a file to the next."""

    def __init__(self, codes: Mapping[str, str], today: date | None, checks_schema: bool) -> None:
        self.codes, self.today, self.checks_schema = codes, today, checks_schema
        self.number = 0
        self.first_lines: dict[str, str] = {}
        self.habits: Counter[str] = Counter()

    def read(self, activity: etree._Element) -> ActionRecord:
        """The next activity as a record; what only the schema demanded is taken out of the element first."""
        self.number += 1
        breaches = list(schema.breaches(activity)) if self.checks_schema else []
        explained = take_out_marks(activity)
        element = first(activity, "iati-identifier")
        identifier = whole_text(element) if element is not None else ""
        notes = Notes(activity, self.number, identifier, self.habits)
        _check_identifier(identifier, element, self.first_lines, notes)
        record = ActionRecord(ref=identifier, place=notes.place(None))
        _read_activity(activity, record, self.codes, notes)
        check_rules(activity, identifier, notes, self.today)
        _note_breaches(breaches, notes)
        record.findings = [finding for finding in notes.all() if finding.code not in explained]
        return restored(activity, record)


def _read_activity(
    activity: etree._Element, record: ActionRecord, codes: Mapping[str, str], notes: Notes
) -> None:
    _read_words(activity, record, notes)
    record.reporter, record.second_hand = read_reporter(activity, notes)
    record.parties = read_parties(activity, notes)
    places = read_places(activity, codes, notes)
    record.partners, record.names_partners = places.partners, places.named
    record.partner_shares, record.other_beneficiaries = places.shares, places.others
    times = read_times(activity, notes)
    record.start, record.end, record.date_note = times.start, times.end, times.note
    record.start_actual, record.end_actual = times.start_actual, times.end_actual
    record.stage, record.stage_printed = read_stage(activity, notes)
    record.flows, record.money_note = read_flows(activity, codes, notes)
    record.sectors = _sectors(activity, notes)
    record.scope = _scope(activity)
    record.assistance_printed = _aid_type(activity)
    record.parent_refs = _related(activity, record.ref, "1")
    record.child_refs = _related(activity, record.ref, "2")
    record.source_url, record.second_source_url = _addresses(activity, notes)


def _note_breaches(breaches: Iterable[schema.Breach], notes: Notes) -> None:
    for breach in breaches:
        notes.warn_at(
            breach.line,
            "standard.schema",
            f"The schema of IATI 2.03 does not allow this: {breach.words}",
            "It was read as far as it can be; ask the publisher to mend it.",
            breach.element,
        )


def _check_identifier(
    identifier: str, element: etree._Element | None, first_lines: dict[str, str], notes: Notes
) -> None:
    if not identifier:
        notes.error(
            "iati.no-identifier",
            "The activity has no iati-identifier, so that it could never be recognised again.",
            "Ask the publisher to give it one.",
            element,
            "iati-identifier",
        )
    elif identifier in first_lines:
        notes.error(
            "iati.identifier-twice",
            f"The identifier '{identifier}' was already used by the activity in {first_lines[identifier]}.",
            "The first was taken; ask the publisher which is right.",
            element,
        )
    else:
        first_lines[identifier] = f"line {notes.line} ({notes.label.split(' (')[0]})"


def _read_words(activity: etree._Element, record: ActionRecord, notes: Notes) -> None:
    """Title in English where given, the original beside it, and the description."""
    titles = all_wordings(activity, "title")
    title, own = english_first(titles), language_of(activity)
    if not title.text:
        notes.error(
            "iati.no-title",
            "The activity has no title.",
            "Ask the publisher to give it one.",
            first(activity, "title"),
            "title",
        )
    elif is_blacked_out(title.text):
        notes.warn(
            "iati.title-redacted",
            f"The publisher has blacked out the title ('{title.text[:80]}').",
            "It can hardly be told from others of its kind; judge it by its dates and sums.",
            first(activity, "title"),
        )
    original = _original(titles, title, own)
    record.title, record.title_language = title.text, title.language or ("" if titles else "en")
    record.title_original, record.original_language = original.text, original.language
    record.summary = english_first(all_wordings(activity, "description")).text


def _original(titles: list[Worded], title: Worded, own: str) -> Worded:
    """The title in the activity's own language if not English; blank where English is the original."""
    foreign = [worded for worded in titles if worded.language not in ("en", "")]
    if title.language == "en" and own in ("en", ""):
        return Worded("")
    return next(
        (worded for worded in foreign if worded.language == own), foreign[0] if foreign else Worded("")
    )


def _sectors(activity: etree._Element, notes: Notes) -> tuple[str, ...]:
    """Sectors with vocabulary and share ("DAC:15210=60"), each once; of the transactions if the activity has none.

    Of transactions only the codes: what share of all money a sector has there is not stated.
    """
    check_sectors(activity, notes)
    if own := every(activity, "sector"):
        return sectors_of(own)
    return sectors_of(inside(activity, "transaction", "sector"), with_shares=False)


def _scope(activity: etree._Element) -> str:
    element = first(activity, "activity-scope")
    return SCOPES.get(one_line(element.get("code")), "") if element is not None else ""


def _aid_type(activity: etree._Element) -> str:
    """The source's words for the kind of aid; it says too little to choose a kind of assistance by it."""
    found = []
    for element in every(activity, "default-aid-type"):
        code, name = one_line(element.get("code")), name_of(element)
        found.append(f"aid type {code} ({name})" if name else f"aid type {code}")
    return "; ".join(found)


def _related(activity: etree._Element, own: str, kind: str) -> tuple[str, ...]:
    """Identifiers of related activities of one type (1 parent, 2 child), each once and never itself."""
    found = (
        one_line(element.get("ref"))
        for element in every(activity, "related-activity")
        if one_line(element.get("type")) == kind
    )
    return tuple(dict.fromkeys(ref for ref in found if ref and ref != own))


def _addresses(activity: etree._Element, notes: Notes) -> tuple[str, str]:
    """The activity's own web page first, then documents; only addresses of the web."""
    pages = [one_line(element.text) for element in every(activity, "activity-website")]
    links = every(activity, "document-link")
    links.sort(key=lambda link: link.find(f"category[@code='{_WEB_PAGE}']") is None)
    pages += [one_line(link.get("url")) for link in links]
    usable = list(dict.fromkeys(page for page in pages if page.lower().startswith(("http://", "https://"))))
    if strange := next((page for page in pages if page and page not in usable), ""):
        notes.warn(
            "iati.address",
            f"'{strange[:80]}' is no address of the web.",
            "It was left out.",
            None,
            "document-link",
        )
    first, second = (*usable[:2], "", "")[:2]
    return first, second
