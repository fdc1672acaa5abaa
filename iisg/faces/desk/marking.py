"""Marking the words that two records share, so that the eye finds them (looks: compare)."""

from __future__ import annotations

from collections.abc import Set

from django.utils.safestring import SafeString

from iisg.foundations.core import marking
from iisg.foundations.core.folding import fold
from iisg.knowledge.analysis.engine.suggest import GENERIC, stem

SHORTEST = 3
"""Letters a word must have to be worth a mark."""


def telling_words(text: str) -> frozenset[str]:
    """The folded stems of the words of a text that can tell two records apart, as the engine sees them."""
    return frozenset(found for word in marking.WORD.findall(text) if (found := _telling(word)))


def marked(text: str, shared: Set[str]) -> SafeString:
    """The text, never changed, with each word whose stem is in `shared` marked."""
    return marking.marked(text, lambda word: _telling(word) in shared)


def _telling(word: str) -> str:
    """The stem of a word, "" for one that tells nothing."""
    folded = fold(word)
    if len(folded) < SHORTEST or folded in GENERIC or folded.isdigit():
        return ""
    return stem(folded)
