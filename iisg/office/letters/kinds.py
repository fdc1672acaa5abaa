"""Kinds of letter: what each is for, which facts its wording may name, and the wordings that ship with the house.

An app above makes its own kinds known with `make_known` when it starts; the Secretariat may word any of them anew, in
any language. A wording names facts in braces: "{salutation},".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.foundations.core.findings import Finding, Grade
from iisg.office.letters.labels import labels_in

Words = str | Promise


class FactType(StrEnum):
    """What a fact of a letter is; it decides how it is asked for and printed."""

    TEXT = "text"
    PARAGRAPHS = "paragraphs"
    DAY = "day"
    LIST = "list"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a wording may name in braces."""

    name: str
    label: Words
    type: FactType = FactType.TEXT


@dataclass(frozen=True, slots=True)
class Wording:
    """Subject and body of a kind of letter; blank lines part paragraphs, "- " begins an item of a list.

    A translation is not `checked` until somebody who has the language from home has read it.
    """

    subject: str
    body: str
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A fact of a code list: its words in English, and in the other languages of letters as far as they are known."""

    english: str
    translations: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.english


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of letter. `numbered` ones stand in the register of letters out and have a PDF; others are plain mail."""

    slug: str
    label: Words
    purpose: str
    facts: tuple[Fact, ...]
    wording: Wording
    numbered: bool = True
    translations: Mapping[str, Wording] = field(default_factory=dict)

    def house_wording(self, language: str) -> Wording | None:
        """The house's own wording in a language, where it has one."""
        return self.wording if language == "en" else self.translations.get(language)

    @property
    def fact_names(self) -> frozenset[str]:
        """Names that may stand in braces."""
        return frozenset(fact.name for fact in self.facts) | {fact.name for fact in COMMON}


COMMON = (
    Fact("salutation", gettext_lazy("Dear …, as each addressee is addressed")),
    Fact("recipient", gettext_lazy("Name of the addressee")),
)
"""What every letter knows of whoever it goes to."""

_KNOWN: dict[str, Kind] = {}
_BRACES = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")


def make_known(*kinds: Kind) -> None:
    """Add kinds of letter; the same slug twice is a fault of the house."""
    for kind in kinds:
        if _KNOWN.get(kind.slug, kind) is not kind:
            raise ValueError(f"Two kinds of letter are called {kind.slug}.")
        _KNOWN[kind.slug] = kind


def known() -> list[Kind]:
    """All kinds, by slug."""
    return [_KNOWN[slug] for slug in sorted(_KNOWN)]


def kind_of(slug: str) -> Kind:
    """The kind with this slug; KeyError where there is none."""
    return _KNOWN[slug]


def filled(text: str, facts: Mapping[str, Any], language: str = "en") -> str:
    """The wording with each fact in its place and doubled braces single; KeyError names a fact that is missing."""

    def put(found: re.Match[str]) -> str:
        return found[0][0] if found[1] is None else printed(facts[found[1]], language)

    return _BRACES.sub(put, text)


def facts_named(text: str) -> frozenset[str]:
    """What a text names in braces."""
    return frozenset(found[1] for found in _BRACES.finditer(text) if found[1] is not None)


def doubled(text: str) -> str:
    """A text whose braces name nothing, as it stands in a wording."""
    return text.replace("{", "{{").replace("}", "}}")


def half_filled(text: str, facts: Mapping[str, Any], language: str = "en") -> str:
    """The wording with each fact in its place but those that every addressee's own copy fills."""
    own = {fact.name for fact in COMMON}

    def put(found: re.Match[str]) -> str:
        return (
            found[0] if found[1] is None or found[1] in own else doubled(printed(facts[found[1]], language))
        )

    return _BRACES.sub(put, text)


def printed(value: Any, language: str = "en") -> str:
    """A fact as a letter in a language prints it: a day as "20 June 2022" or "20 јуни 2022", a list as its items."""
    if isinstance(value, date):
        return labels_in(language).day_printed(value)
    if isinstance(value, Said):
        return value.translations.get(language, value.english)
    if isinstance(value, list | tuple):
        return "\n".join(f"- {printed(item, language)}" for item in value)
    return str(value)


def wrong_in(kind: Kind, text: str) -> list[Finding]:
    """What is wrong with a wording: a name in braces that this kind of letter does not know, a brace left open."""
    found = [
        Finding(
            Grade.ERROR,
            "letters.unknown-fact",
            _("A letter of this kind knows no “%(name)s”.") % {"name": name},
            cure=_("Use one of: %(names)s.") % {"names": ", ".join(sorted(kind.fact_names))},
        )
        for name in dict.fromkeys(found[1] for found in _BRACES.finditer(text))
        if name is not None and name not in kind.fact_names
    ]
    if {"{", "}"} & set(_BRACES.sub("", text)):
        found.append(
            Finding(
                Grade.ERROR,
                "letters.open-brace",
                _("A brace is left open."),
                cure=_("Write a fact as {name}, a brace itself doubled."),
            )
        )
    return found
