"""Suggestions: which actions may answer a need, with reasons in codes; a person judges, a suggestion never counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from iisg.foundations.core.folding import fold
from iisg.knowledge.analysis.engine.rows import ActionRow, NeedRow, Running
from iisg.knowledge.analysis.engine.running import running_at

Reason = tuple[str, tuple[str, ...]]

WEIGHTS = {"letters": 0.45, "words": 0.35, "pillar": 0.06, "measure": 0.16, "kind": 0.04, "place": 0.04}
"""How much each sign adds; letters and words are cosines from 0 to 1, the others hold or do not."""

FITTING = {
    "legislative": frozenset({"advice", "institution_building", "mentoring"}),
    "institutional": frozenset({"institution_building", "training", "mentoring", "advice", "coordination", "research"}),
    "operational": frozenset(
        {"equipment", "training", "operational_support", "information_systems", "infrastructure", "mentoring",
         "protection", "coordination", "grants"}
    ),
}  # fmt: skip
"""Kinds of assistance that can meet a kind of need."""

GENERIC = frozenset(
    """a an and as at by for from in into of on or that the their through to with within under against between
    western balkan balkans region regional south eastern europe european eu union project programme program support
    supporting action actions activities phase horizontal facility ipa ii iii i albania bosnia herzegovina kosovo
    montenegro north macedonia serbia turkey capacity capacities building strengthening strengthen strengthened
    improve improving enhanced enhancing national public new better use""".split()
)
"""Words that every second title of the field has; they do not tell two records apart."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An action that may answer a need: score from 0 to 1 and the reasons, the weightiest first."""

    need: str
    action: str
    score: float
    reasons: tuple[Reason, ...]


class Engine:
    """Term weights of a set of actions, learnt once; then needs and actions are compared in both directions."""

    def __init__(self, needs: Iterable[NeedRow], actions: Iterable[ActionRow]) -> None:
        self.needs = sorted(needs, key=lambda n: n.ref)
        self.actions = sorted(actions, key=lambda a: a.ref)
        need_texts = [_telling(f"{n.title} {n.objective}") for n in self.needs]
        action_texts = [_telling(f"{a.title} {a.summary}") for a in self.actions]
        self._words = _cosines(need_texts, action_texts, analyzer="word", ngram_range=(1, 2))
        self._letters = _cosines(need_texts, action_texts, analyzer="char_wb", ngram_range=(3, 5))

    def for_need(self, ref: str, at: date, top: int = 10) -> list[Suggestion]:
        """The likeliest actions for a need; raises KeyError for a need that the engine does not know."""
        row = next((n for n, need in enumerate(self.needs) if need.ref == ref), None)
        if row is None:
            raise KeyError(ref)
        found = [self._suggest(row, column, at) for column in range(len(self.actions))]
        return _best(found, top, lambda s: s.action)

    def for_action(self, ref: str, at: date, top: int = 10) -> list[Suggestion]:
        """The likeliest needs for an action; raises KeyError for an action that the engine does not know."""
        column = next((n for n, action in enumerate(self.actions) if action.ref == ref), None)
        if column is None:
            raise KeyError(ref)
        found = [self._suggest(row, column, at) for row in range(len(self.needs))]
        return _best(found, top, lambda s: s.need)

    def _suggest(self, row: int, column: int, at: date) -> Suggestion | None:
        """Score and reasons of a pair; None where the places rule it out or nothing speaks for it."""
        need, action = self.needs[row], self.actions[column]
        shared = need.partners & action.partners
        if action.partners and need.partners and not shared:
            return None
        letters, words = float(self._letters[row, column]), float(self._words[row, column])
        if letters + words < 0.02 and not need.measures & action.measures:
            return None
        measures = need.measures & action.measures
        fitting = any(FITTING.get(kind, frozenset()) & action.assistance for kind in need.kinds)
        named = bool(shared & action.named)
        score = (
            WEIGHTS["letters"] * letters
            + WEIGHTS["words"] * words
            + WEIGHTS["pillar"] * bool(need.pillars & action.pillars)
            + WEIGHTS["measure"] * bool(measures)
            + WEIGHTS["kind"] * fitting
            + WEIGHTS["place"] * (named or len(need.partners) > 1)
        )
        reasons = tuple(_reasons(need, action, running_at(action, at), fitting))
        return Suggestion(need.ref, action.ref, round(min(1.0, score), 4), reasons)


def suggest(
    needs: Iterable[NeedRow], actions: Iterable[ActionRow], at: date, top: int = 10
) -> list[Suggestion]:
    """The likeliest `top` actions for each need, by need reference, then score; places are respected."""
    engine = Engine(needs, actions)
    return [found for need in engine.needs for found in engine.for_need(need.ref, at, top)]


def _reasons(need: NeedRow, action: ActionRow, time: Running, fitting: bool) -> Iterable[Reason]:
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
    if fitting:
        yield "fitting_kind", tuple(sorted(need.kinds))
    if time is Running.RUNNING:
        yield "runs_until", (action.end.isoformat(),) if action.end else ()
    else:
        yield {"finished": "finished", "planned": "planned", "stopped": "stopped"}.get(time, "time_unknown"), ()


def _shared_words(need: str, action: str, most: int = 5) -> tuple[str, ...]:
    """Telling words of the need, as printed there, that the action has too, also in another form of the word."""
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


def _best(found: Iterable[Suggestion | None], top: int, key: Callable[[Suggestion], str]) -> list[Suggestion]:
    return sorted((s for s in found if s is not None), key=lambda s: (-s.score, key(s)))[:top]
