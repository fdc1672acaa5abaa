"""When an activity runs: the actual date wins, the planned one is kept in a note."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from iisg.foundations.core.folding import fold
from iisg.foundations.core.periods import NOTHING_PRINTED, PrintedDate, read_printed_date

from .children import every, first
from .codes import DATES, STAGE_WORDS, STAGES
from .notes import Notes
from .words import name_of, one_line

_LONGEST_KEPT = 32
_read = lru_cache(maxsize=2048)(read_printed_date)  # the same few days stand in most transactions of a file


@dataclass(slots=True)
class Times:
    """Both ends; `start_actual` and `end_actual` are None where there is no date."""

    start: PrintedDate = NOTHING_PRINTED
    end: PrintedDate = NOTHING_PRINTED
    start_actual: bool | None = None
    end_actual: bool | None = None
    note: str = ""


def read_date(element: etree._Element | None, notes: Notes, attribute: str = "iso-date") -> PrintedDate:
    """A date of an element, warned about where it is printed but impossible; it stays as printed."""
    if element is None:
        return NOTHING_PRINTED
    printed = one_line(element.get(attribute)) or one_line(element.text)
    date = _read(printed) if len(printed) <= _LONGEST_KEPT else read_printed_date(printed)
    if date.unreadable:
        notes.warn(
            "iati.impossible-date",
            f"'{printed}' is no possible date.",
            "It is kept as printed and counts as unknown; ask the publisher.",
            element,
        )
    return date


def read_times(activity: etree._Element, notes: Notes) -> Times:
    """Start and end: actual where it can be read, else planned; what was passed over stands in the note."""
    dates: dict[str, PrintedDate] = {}
    for element in every(activity, "activity-date"):
        printed = one_line(element.get("type"))
        kind = DATES.get(printed.lower(), "")
        if not kind:
            notes.warn(
                "iati.unknown-date-type",
                f"'{printed}' is no type of date.",
                "The date was left out; the types are planned and actual start and end.",
                element,
            )
        elif kind in dates:
            notes.warn(
                "iati.date-twice", f"The {_words(kind)} is given twice.", "The first was taken.", element
            )
        else:
            dates[kind] = read_date(element, notes)
    start, start_actual, start_note = _choose(dates, "start")
    end, end_actual, end_note = _choose(dates, "end")
    if _reversed(start, end):
        notes.warn(
            "iati.end-before-start",
            f"The end {end.printed} lies before the start {start.printed}.",
            "Both are kept as printed; ask the publisher.",
            None,
            "activity-date",
        )
    for state in ("planned", "actual"):
        first, last = (dates.get(f"{which}-{state}", NOTHING_PRINTED) for which in ("start", "end"))
        if _reversed(first, last) and (first, last) != (start, end):
            notes.warn(
                "standard.dates-reversed",
                f"The {state} end {last.printed} lies before the {state} start {first.printed}.",
                "Both are kept as printed; ask the publisher.",
                None,
                "activity-date",
            )
    return Times(
        start, end, start_actual, end_actual, "; ".join(part for part in (start_note, end_note) if part)
    )


def read_stage(activity: etree._Element, notes: Notes) -> tuple[str, str]:
    """(stage, as printed); "" where nothing is said, the code is unknown, or code and word disagree."""
    element = first(activity, "activity-status")
    if element is None:
        return "", ""
    code, word = one_line(element.get("code")), name_of(element)
    printed = " ".join(part for part in (code, word) if part)
    by_code, by_word = STAGES.get(code, ""), STAGE_WORDS.get(fold(word), "") if word else ""
    if by_code and by_word and by_code != by_word:
        notes.warn(
            "iati.stage-contradiction",
            f"The status code {code} and the word '{word}' contradict each other.",
            "The stage is unknown until the publisher says which is right.",
            element,
        )
        return "", printed
    if printed and not (by_code or by_word):
        notes.warn(
            "iati.unknown-status",
            f"'{printed}' is no status of an activity.",
            "The stage is unknown; ask the publisher.",
            element,
        )
    return by_code or by_word, printed


def _choose(dates: dict[str, PrintedDate], end: str) -> tuple[PrintedDate, bool | None, str]:
    actual, planned = (
        dates.get(f"{end}-actual", NOTHING_PRINTED),
        dates.get(f"{end}-planned", NOTHING_PRINTED),
    )
    if actual.printed and (actual.first or not planned.first):
        return actual, True, f"planned {end} {planned.printed}" if planned.printed else ""
    if planned.printed:
        return planned, False, f"actual {end} printed as '{actual.printed}'" if actual.printed else ""
    return NOTHING_PRINTED, None, ""


def _reversed(start: PrintedDate, end: PrintedDate) -> bool:
    return bool(start.first and end.last and end.last < start.first)


def _words(kind: str) -> str:
    end, state = kind.split("-")
    return f"{state} {end}"
