"""Letters on the way to membership in the languages of the partners, one module each.

They are drafts of the house until somebody who has the language from home has read them (`Wording.checked`), or the
Secretariat keeps a wording of its own. A body's name stands in them where it needs no case and no gender: as a
subject in the present tense, after "nga" in Albanian, or behind a colon.
"""

from __future__ import annotations

from dataclasses import replace

from iisg.governance.membership.wordings import bs, cnr, mk, sq, sr
from iisg.office.letters.kinds import Said, Wording
from iisg.office.letters.labels import framed

_MODULES = {"sq": sq, "bs": bs, "mk": mk, "cnr": cnr, "sr": sr}


def translations_of(slug: str) -> dict[str, Wording]:
    """A kind of letter in each language, with salutation and closing."""
    found = {language: module.WORDINGS[slug] for language, module in _MODULES.items()}
    return {language: replace(each, body=framed(language, each.body)) for language, each in found.items()}


def ground_said(ground: str, english: str) -> Said:
    """A ground of membership as a fact of a letter."""
    return Said(english, {language: module.GROUNDS[ground] for language, module in _MODULES.items()})


def decision_said(number: str, procedure: str, english: str) -> Said:
    """On what an admission rests: the number of the decision, and how the Board has decided."""
    ways = {language: module.PROCEDURES[procedure] for language, module in _MODULES.items()}
    return Said(f"{number}, {english}", {language: f"{number}, {way}" for language, way in ways.items()})
