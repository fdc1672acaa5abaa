"""What a text says, as weighted terms that meet across languages, scripts and endings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from iisg.foundations.core.folding import fold
from iisg.knowledge.analysis.engine.relating.glossary import (
    CAPITALS,
    COMMON,
    MEANS,
    PARTNERS,
    REGION,
    SUBJECTS,
)

Terms = Mapping[str, float]
"""Term to weight. A concept of the glossary stands as "=border", a place as "@RS", any other word by its sound."""

SUBJECT, MEAN, UNKNOWN_WORD, LITTLE = 1.0, 0.5, 0.45, 0.12
"""How much a term says about what an action is."""

_SOUND = re.compile(r"(.)\1+")
_LETTERS = str.maketrans({"c": "k", "q": "k", "w": "v", "y": "i", "z": "s"})

_EMPTY = """
a an and are as at by der die das de da di do e el en et for from ga i ii iii iv in into is it its je kod koj koja koje
ku la le me mes mit na nad ne nga o od of on ose or per po pod pri qe s sa se si so su te that the their this to u und v
vo vi von vs with within y za ze zur zum dhe del dell della dei degli delle du des dans sul nel nei nella al alla ai il
con kah kon kaj deri duke mund ky kjo iz koi was were be been has have will which who other also incl including
such more than between under over after before during preko nakon posle
anti inter multi non up co sub cross post re use line all further first
"""
EMPTY: Final = frozenset(_EMPTY.split())
"""Words without a meaning of their own, in the same languages."""


def pattern_of(names: str) -> re.Pattern[str]:
    """A pattern for any of these folded names, divided by commas, in which "*" stands for any ending of a word."""
    words = (re.escape(name.strip()).replace(r"\ ", " ").replace(r"\*", r"\w*") for name in names.split(","))
    return re.compile(rf"\b(?:{'|'.join(words)})\b")


_REGION = pattern_of(REGION)
PLACES: Final = {code: f"{words} {CAPITALS[code]}" for code, words in PARTNERS.items()}


def _table(kinds: Mapping[str, tuple[Mapping[str, str], float]]) -> tuple[dict[str, str], dict[str, str]]:
    whole: dict[str, str] = {}
    beginnings: dict[str, str] = {}
    for sign, (concepts, _weight) in kinds.items():
        for concept, words in concepts.items():
            for word in words.split():
                (whole if word.endswith(".") else beginnings)[word.removesuffix(".")] = f"{sign}{concept}"
    return whole, beginnings


_KINDS = {"-": (COMMON, LITTLE), "+": (MEANS, MEAN), "=": (SUBJECTS, SUBJECT), "@": (PLACES, LITTLE)}
_WHOLE, _BEGINNINGS = _table(_KINDS)
_SHORTEST, _LONGEST = min(map(len, _BEGINNINGS)), max(map(len, _BEGINNINGS))


@lru_cache(maxsize=200_000)
def term_of(word: str) -> str:
    """The term that a folded word stands for: "=border", "+training", "-support", "@RS", or its sound."""
    if word in _WHOLE:
        return _WHOLE[word]
    for length in range(min(len(word), _LONGEST), _SHORTEST - 1, -1):
        if found := _BEGINNINGS.get(word[:length]):
            return found
    return sound_of(word)


@lru_cache(maxsize=200_000)
def sound_of(word: str) -> str:
    """How a folded word sounds, its ending cut: spellings of one loanword or name meet ("akademia", "academy")."""
    sounded = word.replace("th", "t").replace("ph", "f").replace("x", "ks").translate(_LETTERS)
    return _SOUND.sub(r"\1", sounded)[:6]


def words_of(text: str) -> Iterator[str]:
    """The folded words of a text that mean something; numbers are left to `marks`."""
    return (word for word in fold(text).split() if word not in EMPTY and not word.isdigit() and len(word) > 1)


def terms_of(text: str) -> dict[str, float]:
    """The terms of a text with their weights."""
    return {term: weight_of(term) for term in map(term_of, words_of(text))}


def weight_of(term: str) -> float:
    """How much a term says."""
    return _KINDS[term[0]][1] if term[0] in _KINDS else UNKNOWN_WORD


def likeness(first: Terms, second: Terms) -> float:
    """How much of what two texts say is the same, from 0 to 1; 0 where either says nothing."""
    if not first or not second:
        return 0.0
    shared = sum(weight for term, weight in first.items() if term in second)
    return float(shared / (sum(first.values()) * sum(second.values())) ** 0.5)


def told_places(text: str) -> frozenset[str]:
    """Codes of the partners that a text names; all six where it names their region instead."""
    named = frozenset(term[1:] for term in map(term_of, words_of(text)) if term[0] == "@")
    return named or (frozenset(PLACES) if _REGION.search(fold(text)) else frozenset())
