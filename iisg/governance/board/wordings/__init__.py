"""Letters of the Board's procedures in the languages of the partners, one module each: drafts until they are checked.

Titles, seats and moments stand in them behind a colon, where they need no case.
"""

from __future__ import annotations

from dataclasses import replace

from iisg.governance.board.wordings import bs, cnr, mk, sq, sr
from iisg.office.letters.kinds import Wording
from iisg.office.letters.labels import framed

_MODULES = {"sq": sq, "bs": bs, "mk": mk, "cnr": cnr, "sr": sr}


def translations_of(slug: str) -> dict[str, Wording]:
    """A kind of letter in each language, with salutation and closing."""
    found = {language: module.WORDINGS[slug] for language, module in _MODULES.items()}
    return {language: replace(each, body=framed(language, each.body)) for language, each in found.items()}
