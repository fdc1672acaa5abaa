"""Why a pair stands together, in codes with values; pages and files word them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from iisg.knowledge.analysis.engine.relating.bodies import bodies_of, shared
from iisg.knowledge.analysis.engine.relating.evidence import Evidence, fund_named, same_size
from iisg.knowledge.analysis.engine.relating.profiles import Profile
from iisg.knowledge.analysis.engine.relating.records import (
    COMPLEMENTS,
    FUNDED_BY,
    NEXT_PHASE_OF,
    OVERLAPS,
    PART_OF,
    Reason,
)
from iisg.knowledge.analysis.engine.relating.words import LITTLE, term_of, words_of

MOST = 6
"""Values of one reason at most."""


def reasons_of(from_: Profile, to: Profile, relation: str, seen: Evidence) -> Iterator[Reason]:
    """The reasons of a relation, what led to its class first."""
    yield from _class(from_, to, relation, seen)
    if words := _shared_words(from_, to):
        yield "same_title" if seen.line >= 0.95 else "shared_words", words
    yield from _bodies(from_, to, relation, seen)
    yield from _figures(from_, to, seen)
    if seen.places:
        yield "same_partners", tuple(sorted(seen.places))


def _class(from_: Profile, to: Profile, relation: str, seen: Evidence) -> Iterator[Reason]:
    """What made it this relation and no other."""
    if relation == PART_OF:
        if printed := from_.report.parents & to.links:
            yield "printed_as_part", tuple(sorted(printed))
        if fund := fund_named(from_, to):
            yield "paid_by_fund", fund
        if names := from_.names & to.names:
            yield "same_name", tuple(sorted(names))
    elif relation == FUNDED_BY and (printed := from_.report.funder_actions & to.links):
        yield "printed_as_funder", tuple(sorted(printed))
    elif relation == NEXT_PHASE_OF:
        yield from _phases(from_, to, seen)
    elif relation in (OVERLAPS, COMPLEMENTS):
        yield from _theme(from_, to, relation)


def _bodies(from_: Profile, to: Profile, relation: str, seen: Evidence) -> Iterator[Reason]:
    if relation == FUNDED_BY and from_.reporter and to.reporter:
        yield "doer_and_payer", (from_.report.reporter, to.report.reporter)
    if seen.implementers:
        yield "same_implementer", _printed(from_.report.implementers, seen.implementers)
    if seen.funders:
        yield "same_funder", _printed(from_.report.funders, seen.funders)
    elif seen.funders_apart:
        yield "different_funders", ()


def _figures(from_: Profile, to: Profile, seen: Evidence) -> Iterator[Reason]:
    size = same_size(seen)
    if size is not None and size <= 0.12:
        yield "same_sum", (_money(from_), _money(to))
    if seen.starts is not None and seen.starts <= 31:
        yield "same_start", (_day(from_.report.start), _day(to.report.start))
    if seen.ends is not None and seen.ends <= 31:
        yield "same_end", (_day(from_.report.end), _day(to.report.end))


def _phases(later: Profile, earlier: Profile, seen: Evidence) -> Iterator[Reason]:
    if later.marks.differ(earlier.marks) or later.marks.told_apart != earlier.marks.told_apart:
        yield "phase_marks", (_mark(later), _mark(earlier))
    if seen.gap is not None and seen.gap > -93 and earlier.report.end and later.report.start:
        yield "follows", (earlier.report.end.isoformat(), later.report.start.isoformat())


def _mark(profile: Profile) -> str:
    marks = profile.marks
    if marks.phase is not None:
        return str(marks.phase)
    return "/".join(map(str, marks.years)) or ", ".join(sorted(marks.acts))


def _theme(from_: Profile, to: Profile, relation: str) -> Iterator[Reason]:
    if needs := from_.report.needs & to.report.needs:
        yield "same_need", tuple(sorted(needs))
    if measures := from_.report.measures & to.report.measures:
        yield "same_measure", tuple(sorted(measures))
    if relation == OVERLAPS:
        yield "same_assistance", tuple(sorted(from_.kinds & to.kinds))
    else:
        yield "other_assistance", (", ".join(sorted(from_.kinds)), ", ".join(sorted(to.kinds)))


def _shared_words(from_: Profile, to: Profile) -> tuple[str, ...]:
    """What both titles, or else both texts, speak of: concepts by their English name, other words as written."""
    written: dict[str, str] = {}
    for word in words_of(f"{from_.report.title} {from_.report.summary}"):
        written.setdefault(term_of(word), word)
    for one, other in ((from_.line, to.line), (from_.terms, to.terms)):
        terms = sorted(((-w, t) for t, w in one.items() if t in other and w > LITTLE))
        if terms:
            return tuple(t[1:] if t[0] in "=+" else written.get(t, t) for _, t in terms)[:MOST]
    return ()


def _printed(names: frozenset[str], keys: frozenset[str]) -> tuple[str, ...]:
    """The names, as printed, of the bodies with these keys."""
    return tuple(sorted(name for name in names if shared(bodies_of(name), keys)))[:MOST]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _money(profile: Profile) -> str:
    return f"{profile.report.amount:f} {profile.report.currency}" if profile.report.amount else ""
