"""Making elements of IATI: attributes only where something is said, narratives with their language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from lxml import etree

_LANGUAGE: Final = re.compile(r"^[a-zA-Z]{2,8}$", re.ASCII)
_ADDRESS: Final = re.compile(r"^https?://[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+$", re.ASCII)
_DEMANDED: Final = frozenset(
    {
        ("reporting-org", "ref"),
        ("reporting-org", "type"),
        ("participating-org", "role"),
        ("activity-status", "code"),
        ("activity-date", "type"),
    }
)
"""Attributes that the schema demands and that are blank where nothing is known."""


def add(
    parent: etree._Element, tag: str, given: Mapping[str, str] | None = None, **attributes: str
) -> etree._Element:
    """A new child; `given` stands as it is, of `attributes` those that the schema demands may be blank."""
    element = etree.SubElement(parent, tag)
    for name, value in (given or {}).items():
        element.set(name, value)
    for name, value in attributes.items():
        if value or (tag, name) in _DEMANDED:
            element.set(name, value)
    return element


def add_named(parent: etree._Element, tag: str, name: str, **attributes: str) -> etree._Element:
    """A new child that bears a name."""
    element = add(parent, tag, {}, **attributes)
    narrative(element, name)
    return element


def narrative(parent: etree._Element, text: str, stated: str = "") -> None:
    """A text in the language that is stated, "" where none is."""
    element = etree.SubElement(parent, "narrative")
    if code := language(stated):
        element.set("{http://www.w3.org/XML/1998/namespace}lang", code)
    element.text = text


def language(stated: str) -> str:
    """The code where it may stand in xml:lang, else ""."""
    return stated if _LANGUAGE.match(stated) else ""


def web_address(text: str) -> bool:
    """Whether the schema takes it for an address."""
    return bool(_ADDRESS.match(text))


def decimal_text(number: Decimal) -> str:
    """A number as the standard writes it."""
    return f"{number:f}"
