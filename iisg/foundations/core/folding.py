"""Folding of letters, so that Šćepan, Шћепан and Scepan are found by each other (rules.md 8); and cutting of texts."""

from __future__ import annotations

import re
import unicodedata

# Cyrillic letters of Serbian, Montenegrin and Macedonian to Latin; what is left folds by its diacritics.
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "ђ": "dj", "ѓ": "gj", "е": "e", "ж": "z", "з": "z",
    "ѕ": "dz", "и": "i", "ј": "j", "к": "k", "л": "l", "љ": "lj", "м": "m", "н": "n", "њ": "nj", "о": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "ћ": "c", "ќ": "kj", "у": "u", "ф": "f", "х": "h", "ц": "c",
    "ч": "c", "џ": "dz", "ш": "s", "ѐ": "e", "ѝ": "i", "й": "j", "ъ": "a", "ь": "", "ю": "ju", "я": "ja",
    "щ": "st", "э": "e", "ы": "i", "ё": "e", "є": "e", "і": "i", "ї": "i", "ґ": "g",
}  # fmt: skip
_OTHER = {"đ": "dj", "ß": "ss", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i"}
_TABLE = str.maketrans(_CYRILLIC | _OTHER)
_SPACE = re.compile(r"[^0-9a-z]+")


def fold(text: str) -> str:
    """Lower-case Latin words without diacritics or punctuation, single-spaced; "" for blank text."""
    lowered = unicodedata.normalize("NFKC", text).casefold().translate(_TABLE)
    decomposed = unicodedata.normalize("NFKD", lowered)
    return _SPACE.sub(" ", "".join(c for c in decomposed if not unicodedata.combining(c))).strip()


def cut(text: str, longest: int) -> str:
    """As many characters as are kept, without a blank at the end, so that a second reading keeps the same."""
    return text[:longest].rstrip()
