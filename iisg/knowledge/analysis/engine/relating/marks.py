"""Marks by which a title tells one phase, cycle or edition from the next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from iisg.foundations.core.folding import fold
from iisg.knowledge.analysis.engine.relating.words import pattern_of

ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
ORDINALS: Final = {
    1: "first, prva, prvi, prvo, prve, prvu, prvog, prvoj, pare, prima, primo, erste*, premier, premiere",
    2: "second, drugi, druga, drugo, druge, drugu, drugog, drugoj, dyte, vtor*, seconda, secondo, zweite*, deuxieme",
    3: "third, trec*, treta, tretata, treti, tretiot, trete, terza, terzo, dritte*, troisieme",
    4: "fourth, cetvrt*, katert*, quarta, quarto, vierte*, quatrieme",
    5: "fifth, peti, peta, pete, petog, petata, pettiot, peste, quinta, quinto, funfte*, cinquieme",
    6: "sixth, sesti, sesta, seste, sestata, gjasht*, sesto, sechste*, sixieme",
}
"""Folded ordinal numbers in the languages of the glossary; "*" stands for any ending of a word."""

PHASE = (
    r"(?:phase|faz[aeiu]?|fazen|fazata|fazes|fase|cycle|cikli?t?|ciklus\w*|zyklus|etap\w*|round|krug\w*|edition|"
    r"izdanj\w*)"
)
PROJECT = r"(?:project|projekat|projekt\w*|proekt\w*|projekti|program\w*|progetto)"
_NUMBER = r"(\d{1,2}|i{1,3}|iv|v|vi{1,3}|ix|x)"
_AFTER = re.compile(rf"\b{PHASE} (?:(?:no|nr|br|e|i) )?{_NUMBER}\b")
_BEFORE = re.compile(rf"\b{_NUMBER} {PHASE}\b")
_WORD_BEFORE = re.compile(rf"\b([a-z]+) (?:{PHASE}|{PROJECT})\b")
_WORD_AFTER = re.compile(rf"\b{PHASE} (?:e |i |te |se )?([a-z]+)\b")
_STANDING = re.compile(
    r"(?<=[\w)])[ \-–]+(II|III|IV|VI{1,3}|IX)\b|(?<=\w)[ \-–]+([IVX])(?=$|[),:;–—-]| [–—-])"
)
_NOT_A_PHASE = re.compile(
    r"\b(?:IPA|ИПА|Pillar|Chapter|Annex|Level|Title|Tier|Part)[ \-–](?:I{1,3}|IV|V)\b", re.IGNORECASE
)
_ENDING = re.compile(r"(?<=[A-Za-z])[ \-–]([1-9]\d?)(?=$|[),:;]| [–—-] )|(?<=[A-Z]{3})-([1-9])(?= )")
_YEAR = re.compile(r"(?<!\d)(?<!\d/)(?:19|20)\d\d(?![\d/]?\d)")
_SPAN = re.compile(r"((?:19|20)\d\d)\s*[-–—/]\s*((?:19|20)?\d\d)(?!\d)")
_ACT = re.compile(r"(?<!\d)(?:19|20)\d\d/\d{2,4}(?![\d/])")
_INQUIRY = re.compile(
    r"\b(evaluation|audit|review|feasibility|vleresim\w*|evaluac\w*|revizij\w*|valutazione)\b"
)


_ORDINALS = [(number, pattern_of(words)) for number, words in ORDINALS.items()]


@dataclass(frozen=True, slots=True)
class Marks:
    """`phase` is the number told, None where none is; `years` are the years an edition is named by.

    `told_apart` says that the phase stands in the title and not only in the text below it, `inquiry` that the title is
    about looking at an action ("Evaluation of …") and not about doing it; `acts` are the numbers of decisions in it.
    """

    phase: int | None = None
    years: tuple[int, ...] = ()
    told_apart: bool = False
    inquiry: bool = False
    acts: frozenset[str] = frozenset()

    def differ(self, other: Marks) -> bool:
        """Whether both tell a phase, or both a year, and not the same one."""
        if self.phase is not None and other.phase is not None:
            return self.phase != other.phase
        if self.acts and other.acts and not self.acts & other.acts:
            return True
        return bool(self.years and other.years) and not set(self.years) & set(other.years)

    def later_than(self, other: Marks) -> bool | None:
        """Whether this is the later of the two; None where the marks do not tell."""
        if self.phase is not None and other.phase is not None and self.phase != other.phase:
            return self.phase > other.phase
        if self.years and other.years and self.years != other.years:
            return self.years > other.years
        if self.acts and other.acts and self.acts != other.acts:
            return max(self.acts) > max(other.acts)
        return None


def marks_of(title: str, summary: str = "") -> Marks:
    """The marks of a title; a phase told nowhere but in the summary is taken from there."""
    text = _NOT_A_PHASE.sub(" ", title)
    phase = _phase_told(fold(text)) or _phase_standing(text)
    years = _years(title)
    inquiry = bool(_INQUIRY.search(fold(title)))
    acts = frozenset(_ACT.findall(title))
    if phase is None:
        return Marks(_phase_told(fold(_NOT_A_PHASE.sub(" ", summary))), years, False, inquiry, acts)
    return Marks(phase, years, True, inquiry, acts)


def without_marks(title: str) -> str:
    """The title as all phases share it."""
    text = _SPAN.sub(" ", _NOT_A_PHASE.sub(" ", title))
    text = _YEAR.sub(" ", _ENDING.sub(" ", _STANDING.sub(" ", text)))
    return re.sub(rf"\b{PHASE}\b", " ", text, flags=re.IGNORECASE)


def _phase_told(folded: str) -> int | None:
    for pattern in (_WORD_BEFORE, _WORD_AFTER):
        for match in pattern.finditer(folded):
            if (number := _ordinal(match.group(1))) is not None:
                return number
    for pattern in (_AFTER, _BEFORE):
        if told := pattern.search(folded):
            return ROMAN.get(told.group(1)) or int(told.group(1))
    return None


def _phase_standing(title: str) -> int | None:
    if match := _STANDING.search(title):
        return ROMAN[(match.group(1) or match.group(2)).lower()]
    if (match := _ENDING.search(title)) and (number := int(match.group(1) or match.group(2))) <= 20:
        return number
    return None


def _ordinal(word: str) -> int | None:
    return next((number for number, pattern in _ORDINALS if pattern.fullmatch(word)), None)


def _years(title: str) -> tuple[int, ...]:
    """The year of an edition; a span of years counts by its first."""
    spans = _SPAN.findall(title)
    if spans:
        return (int(spans[0][0]),)
    return tuple(sorted({int(year) for year in _YEAR.findall(title)}))
