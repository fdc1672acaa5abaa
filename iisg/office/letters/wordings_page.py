"""How each kind of letter stands in each language: worded by the Secretariat, by the house, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from iisg.office.letters.kinds import Kind, known
from iisg.office.letters.languages import LANGUAGES
from iisg.office.letters.models import KindWording


@dataclass(frozen=True, slots=True)
class InLanguage:
    """A kind of letter in one language; `own` is the wording that the Secretariat keeps."""

    kind: Kind
    code: str
    name: Any
    own: KindWording | None

    @property
    def is_draft(self) -> bool:
        """Whether the house's translation is used and nobody has checked it; what the Secretariat keeps is checked."""
        translation = self.kind.translations.get(self.code)
        return self.own is None and translation is not None and not translation.checked

    @property
    def is_english(self) -> bool:
        """Whether nobody has worded it in this language, so that the letter goes out in English."""
        return self.own is None and self.kind.house_wording(self.code) is None


def in_language(kind: Kind, code: str) -> InLanguage:
    """How a kind stands in a language."""
    own = KindWording.objects.filter(kind=kind.slug, language=code).first()
    return InLanguage(kind, code, dict(LANGUAGES)[code], own)


def in_all_languages() -> list[tuple[Kind, list[InLanguage]]]:
    """All kinds with all languages, in one question."""
    own = {(each.kind, each.language): each for each in KindWording.objects.all()}
    return [
        (kind, [InLanguage(kind, code, name, own.get((kind.slug, code))) for code, name in LANGUAGES])
        for kind in known()
    ]
