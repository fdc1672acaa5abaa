"""Suggestions: which actions may answer a need and why, in codes; a person judges, no suggestion counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from iisg.foundations.core.folding import fold
from iisg.knowledge.analysis.engine.relating.words import Terms, terms_of
from iisg.knowledge.analysis.engine.rows import ActionRow, NeedRow, Running
from iisg.knowledge.analysis.engine.running import running_at

Reason = tuple[str, tuple[str, ...]]

WEIGHTS = {
    "letters": 0.4, "words": 0.31, "concepts": 0.13, "pillar": 0.05, "measure": 0.14, "kind": 0.035, "place": 0.035,
}  # fmt: skip
"""How much each sign adds; letters, words and concepts are cosines from 0 to 1, the others hold or do not. Concepts are
the glossary's, so that a text in a partner's language meets one in English."""

FITTING = {
    "legislative": frozenset({"advice", "institution_building", "mentoring"}),
    "institutional": frozenset(
        {"institution_building", "training", "mentoring", "advice", "coordination", "research"}
    ),
    "operational": frozenset(
        {"equipment", "training", "operational_support", "information_systems", "infrastructure", "mentoring",
         "protection", "coordination", "grants"}
    ),
}  # fmt: skip
"""Kinds of assistance that can meet a kind of need."""

GENERIC = frozenset({
    "a", "action", "actions", "activities", "against", "albania", "an", "and", "as", "at", "balkan",
    "balkans", "better", "between", "bosnia", "building", "by", "capacities", "capacity", "eastern",
    "enhanced", "enhancing", "eu", "europe", "european", "facility", "for", "from", "herzegovina",
    "horizontal", "i", "ii", "iii", "improve", "improving", "in", "into", "ipa", "kosovo",
    "macedonia", "montenegro", "national", "new", "north", "of", "on", "or", "phase", "program",
    "programme", "project", "public", "region", "regional", "serbia", "south", "strengthen",
    "strengthened", "strengthening", "support", "supporting", "that", "the", "their", "through",
    "to", "turkey", "under", "union", "use", "western", "with", "within",
})  # fmt: skip
"""Words that every second title of the field has; they do not tell two records apart."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An action that may answer a need: score from 0 to 1 and the reasons, the weightiest first."""

    need: str
    action: str
    score: float
    reasons: tuple[Reason, ...]


class Engine:
    """Term weights of needs and actions, learnt once; then both are compared in either direction."""

    def __init__(self, needs: Iterable[NeedRow], actions: Iterable[ActionRow]) -> None:
        self.needs = sorted(needs, key=lambda n: n.ref)
        self.actions = sorted(actions, key=lambda a: a.ref)
        need_texts = [_telling(f"{n.title} {n.objective}") for n in self.needs]
        action_texts = [_telling(f"{a.title} {a.summary}") for a in self.actions]
        self._words = _cosines(need_texts, action_texts, analyzer="word", ngram_range=(1, 2))
        self._letters = _cosines(need_texts, action_texts, analyzer="char_wb", ngram_range=(3, 5))
        self._concepts = _likenesses(
            [terms_of(f"{n.title} {n.objective}") for n in self.needs],
            [terms_of(f"{a.title} {a.summary}") for a in self.actions],
        )

    def for_need(self, ref: str, at: date, top: int = 10) -> list[Suggestion]:
        """The likeliest actions for a need; raises KeyError for a need that the engine does not know."""
        row = next((n for n, need in enumerate(self.needs) if need.ref == ref), None)
        if row is None:
            raise KeyError(ref)
        return self._best([(row, column) for column in range(len(self.actions))], at, top)

    def for_action(self, ref: str, at: date, top: int = 10) -> list[Suggestion]:
        """The likeliest needs for an action; raises KeyError for an action that the engine does not know."""
        column = next((n for n, action in enumerate(self.actions) if action.ref == ref), None)
        if column is None:
            raise KeyError(ref)
        return self._best([(row, column) for row in range(len(self.needs))], at, top)

    def _best(self, pairs: Iterable[tuple[int, int]], at: date, top: int) -> list[Suggestion]:
        """The likeliest pairs; only these get their reasons, which take longer than the scores."""
        scored = [(score, *pair) for pair in pairs if (score := self._score(*pair)) is not None]
        scored.sort(key=lambda found: (-found[0], *found[1:]))
        return [
            Suggestion(
                self.needs[row].ref,
                self.actions[column].ref,
                score,
                tuple(_reasons(self.needs[row], self.actions[column], running_at(self.actions[column], at))),
            )
            for score, row, column in scored[:top]
        ]

    def _score(self, row: int, column: int) -> float | None:
        """From 0 to 1; None where the places rule the pair out or nothing speaks for it."""
        need, action = self.needs[row], self.actions[column]
        shared = need.partners & action.partners
        if action.partners and need.partners and not shared:
            return None
        letters, words = float(self._letters[row, column]), float(self._words[row, column])
        if letters + words < 0.02 and not need.measures & action.measures:
            return None
        measures = need.measures & action.measures
        named = bool(shared & action.named)
        score = (
            WEIGHTS["letters"] * letters
            + WEIGHTS["words"] * words
            + WEIGHTS["concepts"] * float(self._concepts[row, column])
            + WEIGHTS["pillar"] * bool(need.pillars & action.pillars)
            + WEIGHTS["measure"] * bool(measures)
            + WEIGHTS["kind"] * _fitting(need, action)
            + WEIGHTS["place"] * (named or len(need.partners) > 1)
        )
        return round(min(1.0, score), 4)


def suggest(
    needs: Iterable[NeedRow], actions: Iterable[ActionRow], at: date, top: int = 10
) -> list[Suggestion]:
    """The likeliest `top` actions for each need, by need reference, then score; places are respected."""
    engine = Engine(needs, actions)
    return [found for need in engine.needs for found in engine.for_need(need.ref, at, top)]


def _fitting(need: NeedRow, action: ActionRow) -> bool:
    """Whether a kind of assistance can meet a kind of the need."""
    return any(FITTING.get(kind, frozenset()) & action.assistance for kind in need.kinds)


def _reasons(need: NeedRow, action: ActionRow, time: Running) -> Iterable[Reason]:
    shared = need.partners & action.partners
    if shared & action.named:
        yield "names_partner", tuple(sorted(shared & action.named))
    elif shared:
        yield "covers_region", tuple(sorted(shared))
    else:
        yield "partner_not_stated", ()
    if measures := need.measures & action.measures:
        yield "same_measure", tuple(sorted(measures))
    if words := _shared_words(f"{need.title} {need.objective}", f"{action.title} {action.summary}"):
        yield "shared_words", words
    if pillars := need.pillars & action.pillars:
        yield "same_pillar", tuple(sorted(pillars))
    if _fitting(need, action):
        yield "fitting_kind", tuple(sorted(need.kinds))
    if time is Running.RUNNING:
        yield "runs_until", (action.end.isoformat(),) if action.end else ()
    else:
        yield ("time_unknown" if time is Running.UNKNOWN else time.value), ()


def _shared_words(need: str, action: str, most: int = 5) -> tuple[str, ...]:
    """Telling words of the need, as printed there, that the action has too, be it in another form."""
    stems = {stem(word) for word in fold(action).split() if word not in GENERIC}
    found = [
        word
        for word in re.findall(r"[^\W\d_][\w'-]{2,}", need)
        if fold(word) not in GENERIC and stem(fold(word)) in stems
    ]
    return tuple({stem(fold(w)): w for w in reversed(found)}.values())[::-1][:most]


def stem(word: str) -> str:
    """The part of a word that survives its endings, rough and the same for both sides."""
    for ending in ("ings", "ing", "ies", "ions", "ion", "ers", "er", "ed", "es", "s", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def telling_words(text: str) -> set[str]:
    """Stems of the words that tell a text from others; none of them is shorter than four letters."""
    return {word for word in _telling(text).split() if len(word) >= 4}


def _telling(text: str) -> str:
    """Folded text without the words that everybody uses, each word cut to its stem."""
    return " ".join(stem(word) for word in fold(text).split() if word not in GENERIC)


def _cosines(rows: Sequence[str], columns: Sequence[str], **options: Any) -> Any:
    """Cosine of every pair of texts under TF-IDF weights learnt from both sides; shape (rows, columns)."""
    import numpy
    from sklearn.feature_extraction.text import TfidfVectorizer

    if not any(rows) or not any(columns):
        return numpy.zeros((len(rows), len(columns)))
    vectors = TfidfVectorizer(sublinear_tf=True, min_df=1, **options)
    vectors.fit([*rows, *columns])
    return (vectors.transform(rows) @ vectors.transform(columns).T).toarray()


def _likenesses(rows: Sequence[Terms], columns: Sequence[Terms]) -> Any:
    """`words.likeness` of every pair; shape (rows, columns)."""
    import numpy
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.preprocessing import normalize

    if not any(rows) or not any(columns):
        return numpy.zeros((len(rows), len(columns)))
    roots = [{term: weight**0.5 for term, weight in terms.items()} for terms in (*rows, *columns)]
    both = normalize(DictVectorizer().fit_transform(roots))
    return (both[: len(rows)] @ both[len(rows) :].T).toarray()
