"""Letters about meetings in the languages of the partners, one module each: drafts until they are checked.

The title of a meeting stands in them behind a colon, where it needs no case.
"""

from __future__ import annotations

from dataclasses import replace

from iisg.governance.meetings.wordings import bs, cnr, mk, sq, sr
from iisg.office.letters.kinds import Said, Wording
from iisg.office.letters.labels import framed

_MODULES = {"sq": sq, "bs": bs, "mk": mk, "cnr": cnr, "sr": sr}


def translations_of(slug: str) -> dict[str, Wording]:
    """A kind of letter in each language, with salutation and closing."""
    found = {language: module.WORDINGS[slug] for language, module in _MODULES.items()}
    return {language: replace(each, body=framed(language, each.body)) for language, each in found.items()}


def online_said() -> Said:
    """That a meeting is held online, as a fact of a letter."""
    return Said("online", {language: module.ONLINE for language, module in _MODULES.items()})
