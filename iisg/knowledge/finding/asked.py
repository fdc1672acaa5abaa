"""What a reader asks for, in the words of either database; plain text in, no Django."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from iisg.foundations.core.folding import fold

STOP = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"))
"""Words that tell no record from another; they are dropped unless nothing else is asked."""
PREFIX_FROM = 3
"""From so many letters on, a word also finds longer words that begin with it."""
MOST_TERMS = 12
_PART = re.compile(r'"([^"]*)"|([^\s"]+)')


@dataclass(frozen=True, slots=True)
class Asked:
    """The terms of a question, each one or several folded words; several stand for a phrase."""

    terms: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def read(cls, words: str) -> Asked:
        """Read what was typed: words in any order and script, phrases between straight quotes."""
        found: dict[tuple[str, ...], None] = {}
        for quoted, single in _PART.findall(words):
            folded = tuple(fold(quoted or single).split())
            for term in [folded] if quoted else [(word,) for word in folded]:
                if term:
                    found[term] = None
        telling = [term for term in found if len(term) > 1 or term[0] not in STOP]
        return cls(tuple(telling or found)[:MOST_TERMS])

    def __bool__(self) -> bool:
        """Whether anything can be sought."""
        return bool(self.terms)

    def for_fts5(self, *, any_word: bool = False, weighed: bool = True) -> str:
        """The expression for SQLite's FTS5: a whole word weighs more than one that only begins so.

        Not `weighed` finds the same without telling the two apart, in half of the time.
        """
        return (" OR " if any_word else " AND ").join(_fts5(term, weighed) for term in self.terms)

    def for_tsquery(self, *, any_word: bool = False) -> str:
        """The same for PostgreSQL's to_tsquery."""
        return (" | " if any_word else " & ").join(_tsquery(term) for term in self.terms)

    def marks(self, word: str) -> bool:
        """Whether a word of a text is one that was asked for, in whatever script (its ending may differ)."""
        folded = fold(word)
        return any(_begins(folded, part) for term in self.terms for part in term)


def _fts5(term: Sequence[str], weighed: bool) -> str:
    """Folded words hold letters and digits only, so quoting them is enough."""
    whole = f'"{" ".join(term)}"'
    if len(term) > 1 or len(term[0]) < PREFIX_FROM:
        return whole
    return f"({whole} OR {whole}*)" if weighed else f"{whole}*"


def _tsquery(term: Sequence[str]) -> str:
    if len(term) > 1:
        return "(" + " <-> ".join(term) + ")"
    return term[0] if len(term[0]) < PREFIX_FROM else f"({term[0]} | {term[0]}:*)"


def _begins(word: str, part: str) -> bool:
    """Equal, longer than what was asked, or the same but for an English ending."""
    if len(part) < PREFIX_FROM:
        return word == part
    stem = part[:-1] if part.endswith("s") and len(part) > PREFIX_FROM else part
    return word.startswith(stem)
