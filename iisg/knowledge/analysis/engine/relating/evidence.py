"""What two profiles have in common and what holds them apart; what one does not tell is neither."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Final

from iisg.knowledge.analysis.engine.relating.bodies import known_apart, shared
from iisg.knowledge.analysis.engine.relating.profiles import WHOLES, Profile
from iisg.knowledge.analysis.engine.relating.words import LITTLE, Terms, likeness, terms_of

ALL_SIX: Final = 6


@dataclass(frozen=True, slots=True)
class Evidence:
    """The pair compared field by field; None or empty where one of the two does not tell.

    `line` and `text` are likenesses of titles without marks and of all text, from 0 to 1. `starts` and `ends` are
    the days between the two, 0 where they may be one day; `rough` says which of them is printed as no more than a
    year. `gap` is how many days after the end of the one the other begins, negative where they meet. `sums` is the
    larger sum over the smaller, 1 where they are equal.
    """

    line: float
    text: float
    subject: float
    funders: frozenset[str]
    implementers: frozenset[str]
    funders_apart: bool
    implementers_apart: bool
    places: frozenset[str]
    starts: int | None
    ends: int | None
    rough: frozenset[str]
    gap: int | None
    sums: float | None
    marks_apart: bool

    @property
    def apart(self) -> bool:
        """Whether known days show that they never run together."""
        return self.gap is not None and self.gap > 0


def evidence_of(first: Profile, second: Profile) -> Evidence:
    """Compare two profiles; the order of the two is irrelevant."""
    funders, implementers = (
        shared(first.funders, second.funders),
        shared(first.implementers, second.implementers),
    )
    one, other = first.report, second.report
    starts = _between(one.start, one.start_by, other.start, other.start_by)
    ends = _between(one.end_from or one.end, one.end, other.end_from or other.end, other.end)
    return Evidence(
        line=likeness(first.line, second.line),
        text=likeness(first.terms, second.terms),
        subject=likeness(first.subjects, second.subjects),
        funders=funders,
        implementers=implementers,
        funders_apart=not funders and known_apart(first.funders, second.funders),
        implementers_apart=not implementers and known_apart(first.implementers, second.implementers),
        places=first.places & second.places,
        starts=starts,
        ends=ends,
        rough=frozenset(
            name
            for name, wide in (
                ("start", _wide(one.start, one.start_by) or _wide(other.start, other.start_by)),
                ("end", _wide(one.end_from, one.end) or _wide(other.end_from, other.end)),
            )
            if wide
        ),
        gap=_gap(first, second),
        sums=max(first.euros, second.euros) / min(first.euros, second.euros)
        if first.euros and second.euros
        else None,
        marks_apart=first.marks.differ(second.marks) or first.marks.inquiry != second.marks.inquiry,
    )


def apart_by_place(first: Profile, second: Profile) -> bool:
    """Whether both are known to be for some partners, and for none in common."""
    return bool(first.places and second.places) and not first.places & second.places


def _wide(first: date | None, last: date | None) -> bool:
    """Whether a day is known no better than to more than a month."""
    return first is not None and last is not None and (last - first).days > 31


def _between(
    from_: date | None, by: date | None, other_from: date | None, other_by: date | None
) -> int | None:
    """Days between two days known within bounds, counted from their first; 0 where they may be one day."""
    if from_ is None or other_from is None:
        return None
    if from_ <= (other_by or other_from) and other_from <= (by or from_):
        return 0
    return abs((other_from - from_).days)


def _gap(first: Profile, second: Profile) -> int | None:
    """Days from the end of the earlier to the start of the later; None where that cannot be said."""
    gaps = [
        (later.start - earlier.end).days
        for earlier, later in ((first.report, second.report), (second.report, first.report))
        if earlier.end is not None and later.start is not None
    ]
    return max(gaps) if gaps else None


def same_size(evidence: Evidence) -> float | None:
    """How far the sums are apart as a logarithm: 0 where equal, 0.1 for about a tenth."""
    return None if evidence.sums is None else math.log(evidence.sums)


def fund_named(part: Profile, whole: Profile) -> tuple[str, ...]:
    """The funders of the part that are the other record: a fund bears the name under which it pays."""
    if whole.form not in WHOLES:
        return ()
    told = {name: terms_of(name) for name in part.report.funders}
    return tuple(
        sorted(
            name
            for name, terms in told.items()
            if weight_of_all(terms) >= 1.5 and likeness(terms, whole.line) >= 0.7
        )
    )


def weight_of_all(terms: Terms) -> float:
    """How much a text says, without the words that nearly all say."""
    return sum(weight for weight in terms.values() if weight > LITTLE)


def weight_shared(first: Terms, second: Terms) -> float:
    """How much two texts say in common, without the words that nearly all say."""
    return sum(weight for term, weight in first.items() if term in second and weight > LITTLE)
