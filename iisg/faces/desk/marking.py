"""Marking the words that two records share, or do not, so that the eye finds them (looks: compare)."""

from __future__ import annotations

import re
from collections.abc import Set

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from iisg.foundations.core.folding import fold
from iisg.knowledge.analysis.engine.suggest import GENERIC, stem

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
SHORTEST = 3
"""Letters a word must have to be worth a mark."""
MOST_MARKED = 0.6
"""Of two texts that share less than the rest of this, no word is marked."""


def telling_words(text: str) -> frozenset[str]:
    """The folded stems of the words of a text that can tell two records apart, as the engine sees them."""
    return frozenset(found for word in _WORD.findall(text) if (found := _telling(word)))


def marked(text: str, shared: Set[str]) -> SafeString:
    """The text, never changed, with each word whose stem is in `shared` marked."""
    parts: list[tuple[SafeString | str]] = []
    end = 0
    for found in _WORD.finditer(text):
        if _telling(found[0]) in shared:
            parts += [(text[end : found.start()],), (format_html("<mark>{}</mark>", found[0]),)]
            end = found.end()
    return format_html_join("", "{}", [*parts, (text[end:],)])


def marked_differences(text: str, others: str) -> SafeString:
    """The text, never changed, with each word marked that the other texts lack, numbers of phases included.

    Where nearly nothing is shared marks would say nothing, so there are none.
    """
    known = {fold(word) for word in _WORD.findall(others)}
    words = list(_WORD.finditer(text))
    new = [found for found in words if fold(found[0]) not in known]
    if not known or len(new) > MOST_MARKED * len(words):
        return format_html("{}", text)
    parts: list[tuple[SafeString | str]] = []
    end = 0
    for found in new:
        parts += [(text[end : found.start()],), (only_here(found[0]),)]
        end = found.end()
    return format_html_join("", "{}", [*parts, (text[end:],)])


def only_here(text: str) -> SafeString:
    """A word or a value that only this record has: marked by colour, by a line, and in words for who hears it."""
    return format_html(
        '<mark class="iisg-differs">{}<span class="govuk-visually-hidden"> ({})</span></mark>',
        text,
        _("only here"),
    )


def _telling(word: str) -> str:
    """The stem of a word, "" for one that tells nothing."""
    folded = fold(word)
    if len(folded) < SHORTEST or folded in GENERIC or folded.isdigit():
        return ""
    return stem(folded)
