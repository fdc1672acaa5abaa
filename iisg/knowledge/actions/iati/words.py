"""Text inside IATI elements: plain in version 1.x, in narratives with a language each in version 2.x."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from .children import every

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_BLACKED_OUT = re.compile(r"\b(redacted|withheld)\b", re.IGNORECASE)
_LONG_CODES = {"eng": "en", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "esp": "es", "spa": "es"}


@dataclass(frozen=True, slots=True)
class Worded:
    """One text in one language; `language` is a short lower-case code or "" where nobody states it."""

    text: str
    language: str = ""


def is_blacked_out(text: str) -> bool:
    """Whether the publisher put "redacted" or "withheld" in the place of the words."""
    return bool(_BLACKED_OUT.search(text))


def one_line(text: str | None) -> str:
    """Text with single blanks; "" for None."""
    return " ".join(text.split()) if text else ""


def whole_text(element: etree._Element) -> str:
    """All text inside an element, with single blanks."""
    if not len(element):
        return one_line(element.text)
    return one_line("".join(str(part) for part in element.itertext()))


def language_of(element: etree._Element) -> str:
    """The language stated nearest: by the element, its activity or the file; "" where none states it."""
    at: etree._Element | None = element
    while at is not None:
        if stated := at.get(LANGUAGE, "").strip().lower():
            short = stated.split("-")[0].split("_")[0]
            return _LONG_CODES.get(short, short)
        at = at.getparent()
    return ""


def wordings(element: etree._Element) -> list[Worded]:
    """Every text of an element, in the order of the file."""
    narratives = every(element, "narrative")
    found = [Worded(whole_text(n), language_of(n)) for n in narratives]
    if not narratives:
        found = [Worded(whole_text(element), language_of(element))]
    return [worded for worded in found if worded.text]


def all_wordings(parent: etree._Element, tag: str) -> list[Worded]:
    """Every text of all children of this name."""
    return [worded for child in parent.iterchildren(tag) for worded in wordings(child)]


def english_first(found: list[Worded]) -> Worded:
    """The English text where there is one, else the first; blank where there is none."""
    english = next((worded for worded in found if worded.language == "en"), None)
    return english or (found[0] if found else Worded(""))


def name_of(element: etree._Element) -> str:
    """The name inside an organisation, country or region element, English first."""
    narratives = every(element, "narrative")
    if len(narratives) < 2:
        return whole_text(narratives[0] if narratives else element)
    return english_first(wordings(element)).text
