"""Which body a printed name means, so that OSCE, OEBS and ОБСЕ, or a ministry and its state, meet in one key."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from iisg.foundations.core.folding import fold
from iisg.knowledge.analysis.engine.relating.glossary import PARTNERS
from iisg.knowledge.analysis.engine.relating.names import AGENCIES, NOBODY, PUBLIC, STATES, UNION, WHOLE_NAMES
from iisg.knowledge.analysis.engine.relating.words import EMPTY, likeness, pattern_of, sound_of, words_of

_DIVIDED = re.compile(r"[;/|]|\bthrough\b|\bsupported by\b")
_ROLE = re.compile(r"\((?:lead|component|fund manager|secretariat|administrator|facility)[^)]*\)")


_UNION = pattern_of(UNION)
_PUBLIC = pattern_of(PUBLIC)
_NOBODY = pattern_of(NOBODY)
_AGENCIES = {key: pattern_of(names) for key, names in AGENCIES.items()}
_STATES = {key: pattern_of(names) for key, names in STATES.items()} | {
    code: pattern_of(",".join(w.removesuffix(".") if w.endswith(".") else f"{w}*" for w in words.split()))
    for code, words in PARTNERS.items()
}

DONORS: Final = frozenset({"eu", *STATES})
"""Keys of those that mostly pay and seldom carry out."""


@lru_cache(maxsize=50_000)
def bodies_of(printed: str) -> frozenset[str]:
    """Keys of the bodies in a printed name: agencies, else the Union, else states, else the name as it sounds.

    A ministry, embassy or agency of a state stands for the state, an office or mission for its organisation.
    """
    names = (fold(_ROLE.sub(" ", part)) for part in _DIVIDED.split(printed))
    return frozenset(key for name in names if name and not _NOBODY.fullmatch(name) for key in _keys(name))


def bodies(printed: Iterable[str]) -> frozenset[str]:
    """Keys of all bodies named."""
    return frozenset(key for name in printed for key in bodies_of(name))


def shared(first: frozenset[str], second: frozenset[str]) -> frozenset[str]:
    """The bodies of either that are among those of the other; names of no known body may differ in spelling."""
    same = first & second
    unknown = [[key for key in keys - same if key.startswith("~")] for keys in (first, second)]
    return same | {min(one, other) for one in unknown[0] for other in unknown[1] if _alike(one, other)}


def known_apart(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two sets of bodies with none in common are surely different: a name of no known body may be a translation
    of any, so that each side must have one that we know."""
    return all(any(not key.startswith("~") for key in keys) for keys in (first, second))


def _keys(name: str) -> set[str]:
    if name in WHOLE_NAMES:
        return {WHOLE_NAMES[name]}
    if agencies := {key for key, pattern in _AGENCIES.items() if pattern.search(name)}:
        return agencies
    if _UNION.search(name):
        return {"eu"}
    return _states(name) or _sounded(name)


def _states(name: str) -> set[str]:
    """The states a name is of; none where it is that of a free association that only bears a state's name."""
    found = {code for code, pattern in _STATES.items() if pattern.search(name)}
    if not found or _PUBLIC.search(name):
        return found
    others = name
    for code in found:
        others = _STATES[code].sub(" ", others)
    return found if all(word in EMPTY for word in others.split()) else set()


def _sounded(name: str) -> set[str]:
    sounds = " ".join(sorted({sound_of(word) for word in words_of(name)}))
    return {f"~{sounds}"} if sounds else set()


@lru_cache(maxsize=50_000)
def _alike(first: str, second: str) -> bool:
    """Whether two unknown names sound alike in most of their words."""
    return likeness(dict.fromkeys(first[1:].split(), 1.0), dict.fromkeys(second[1:].split(), 1.0)) >= 0.66
