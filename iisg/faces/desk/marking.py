"""Marking the words that two records share, or do not, so that the eye finds them (looks: compare)."""

from __future__ import annotations

from collections.abc import Set

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from iisg.foundations.core import marking
from iisg.foundations.core.folding import fold
from iisg.knowledge.analysis.engine.suggest import GENERIC, stem

SHORTEST = 3
"""Letters a word must have to be worth a mark."""
MOST_MARKED = 0.6
"""Of two texts that share less than the rest of this, no word is marked."""


def telling_words(text: str) -> frozenset[str]:
    """The folded stems of the words of a text that can tell two records apart, as the engine sees them."""
    return frozenset(found for word in marking.WORD.findall(text) if (found := _telling(word)))


def marked(text: str, shared: Set[str]) -> SafeString:
    """The text, never changed, with each word whose stem is in `shared` marked."""
    return marking.marked(text, lambda word: _telling(word) in shared)


def marked_differences(text: str, others: str) -> SafeString:
    """The text, never changed, with each word marked that the other texts lack, numbers of phases included.

    Where nearly nothing is shared marks would say nothing, so there are none.
    """
    known = {fold(word) for word in marking.WORD.findall(others)}
    words = [fold(word) for word in marking.WORD.findall(text)]
    new = set(words) - known
    if not known or sum(word in new for word in words) > MOST_MARKED * len(words):
        return format_html("{}", text)
    return marking.marked(text, lambda word: fold(word) in new, only_here)


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
