"""Who works on the same for the same partner at the same time: overlaps and complements (rules.md 5)."""

from __future__ import annotations

from typing import Final

from iisg.knowledge.analysis.engine.relating.evidence import ALL_SIX, Evidence
from iisg.knowledge.analysis.engine.relating.profiles import UNSPECIFIC, Found, Profile
from iisg.knowledge.analysis.engine.relating.records import COMPLEMENTS, OVERLAPS

WEIGHTS: Final = {
    "field": 0.5,
    "subject": 0.7,
    "text": 0.5,
    "days meet": 0.4,
    "all six": 0.2,
    "one of six": -0.3,
}
"""What each sign adds; the first three are likenesses from 0 to 1, the others hold or do not. "one of six": the one
works for a single partner and the other for several."""

ENOUGH: Final = 1.05
"""Sum from which two actions work on the same."""

MOST: Final = sum(weight for weight in WEIGHTS.values() if weight > 0)


def theme(first: Profile, second: Profile, seen: Evidence) -> Found | None:
    """Overlap where a kind of assistance is shared and the money differs, complement where the kinds differ.

    A partner in common and kinds on both sides must be known; days that are known must meet. That two answer the
    same need, or work under the same measure, is enough; else field, subject and wording must be alike.
    """
    if not seen.places or seen.apart or not first.kinds or not second.kinds:
        return None
    if first.marks.inquiry or second.marks.inquiry or _one_hand(first, second):
        return None
    same_kind = bool(first.kinds & second.kinds - UNSPECIFIC)
    if not same_kind and first.kinds | second.kinds == UNSPECIFIC:
        return None
    if same_kind and first.funders and first.funders == second.funders:
        return None
    told = first.report.needs & second.report.needs or first.report.measures & second.report.measures
    sum_ = _alike(first, second, seen)
    if not told and sum_ < ENOUGH:
        return None
    score = min(1.0, max(sum_, ENOUGH) / MOST + 0.2 * bool(told))
    return first, second, OVERLAPS if same_kind else COMPLEMENTS, score


def _alike(first: Profile, second: Profile, seen: Evidence) -> float:
    """How much speaks for one theme."""
    alone = (len(first.places) == 1) != (len(second.places) == 1)
    return (
        WEIGHTS["field"] * _cosine(first, second)
        + WEIGHTS["subject"] * seen.subject
        + WEIGHTS["text"] * seen.text
        + WEIGHTS["days meet"] * (seen.gap is not None)
        + WEIGHTS["all six"] * (len(seen.places) == ALL_SIX)
        + WEIGHTS["one of six"] * alone
    )


def _cosine(first: Profile, second: Profile) -> float:
    """How alike the fields of work are, from 0 to 1."""
    product = sum(weight * second.fields.get(field, 0.0) for field, weight in first.fields.items())
    sizes = [sum(weight**2 for weight in one.fields.values()) for one in (first, second)]
    return product / (sizes[0] * sizes[1]) ** 0.5 if product else 0.0


def _one_hand(first: Profile, second: Profile) -> bool:
    """Whether the same bodies pay and the same carry out: sisters of one programme, not two efforts."""
    same_money = bool(first.funders) and first.funders == second.funders
    return same_money and bool(first.implementers) and first.implementers == second.implementers
