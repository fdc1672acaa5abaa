"""Letters about focal points in the languages of the partners, one module each: drafts until they are checked."""

from __future__ import annotations

from iisg.office.letters.kinds import Said, Wording
from iisg.office.pillars.models import Purpose
from iisg.office.pillars.wordings import bs, cnr, mk, sq, sr

_MODULES = {"sq": sq, "bs": bs, "mk": mk, "cnr": cnr, "sr": sr}


def translations_of(slug: str) -> dict[str, Wording]:
    """A kind of letter in each language."""
    return {language: module.WORDINGS[slug] for language, module in _MODULES.items()}


def purpose_said(purpose: str) -> Said:
    """What a focal point is for, as a fact of a letter."""
    words = {language: module.PURPOSES[purpose] for language, module in _MODULES.items()}
    return Said(Purpose(purpose).in_full, words)
