"""Which of the seven relations a pair stands in: one, the most specific, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from iisg.knowledge.analysis.engine.relating.bodies import DONORS
from iisg.knowledge.analysis.engine.relating.evidence import (
    Evidence,
    apart_by_place,
    evidence_of,
    fund_named,
    weight_of_all,
    weight_shared,
)
from iisg.knowledge.analysis.engine.relating.profiles import PARTS, WHOLES, Found, Profile
from iisg.knowledge.analysis.engine.relating.reasons import reasons_of
from iisg.knowledge.analysis.engine.relating.records import (
    CO_FUNDED_WITH,
    FUNDED_BY,
    NEXT_PHASE_OF,
    PART_OF,
    SAME_AS,
    Candidate,
)
from iisg.knowledge.analysis.engine.relating.sameness import CERTAIN, ENOUGH, figures_agree, points, ruled_out
from iisg.knowledge.analysis.engine.relating.themes import theme
from iisg.knowledge.analysis.engine.relating.words import Terms

SAME_LINE: Final = 0.62
"""Likeness of titles without marks from which two are of one line of actions."""

SPECIFIC: Final = 1.9
"""Weight of the words two titles share from which the shared title is more than a theme."""


def relation_of(one: Profile, other: Profile) -> Candidate | None:
    """The relation of a pair with its reasons; None where there is none. The order of the two is irrelevant."""
    first, second = sorted((one, other), key=lambda p: p.ref)
    found = _printed(first, second)
    if found is None and apart_by_place(first, second):
        return None
    seen = evidence_of(first, second)
    for rule in RULES if found is None else ():
        if (found := rule(first, second, seen)) is not None:
            break
    if found is None:
        return None
    from_, to, relation, score = found
    return Candidate(
        from_.ref, to.ref, relation, round(score, 3), tuple(reasons_of(from_, to, relation, seen))
    )


def _both_ways(first: Profile, second: Profile) -> Iterator[tuple[Profile, Profile]]:
    yield first, second
    yield second, first


def _printed(first: Profile, second: Profile) -> Found | None:
    """What the sources themselves say."""
    for one, other in _both_ways(first, second):
        if one.report.parents & other.links:
            return one, other, PART_OF, 1.0
        if one.report.funder_actions & other.links:
            return one, other, FUNDED_BY, 1.0
    return None


def _part(first: Profile, second: Profile, seen: Evidence) -> Found | None:
    """A record whose form is that of a part, under one that bears its name and holds its time and partners."""
    if seen.apart:
        return None
    for part, whole in _both_ways(first, second):
        if fund_named(part, whole):
            return part, whole, PART_OF, 0.9
        form, upper = part.form, whole.form
        if form in PARTS and upper not in PARTS and _fits_into(part, whole):
            if part.names & whole.names:
                return part, whole, PART_OF, 0.9
            if (
                not seen.marks_apart
                and _held(whole.line, part.line) >= 0.85
                and weight_of_all(whole.line) >= SPECIFIC
            ):
                return part, whole, PART_OF, 0.8
        if upper in WHOLES and form not in WHOLES and form and seen.line >= SAME_LINE and seen.funders:
            return part, whole, PART_OF, 0.5 + seen.line / 2
    return None


def _fits_into(part: Profile, whole: Profile) -> bool:
    """Whether partners, days and sum of a part are not beyond those of the whole, as far as both are known."""
    one, other = part.report, whole.report
    return not (
        (one.partners and other.partners and not one.partners <= other.partners)
        or (one.start and other.start and one.start < other.start)
        or (one.end and other.end and one.end > other.end)
        or (part.euros and whole.euros and part.euros > whole.euros)
    )


def _phase(first: Profile, second: Profile, seen: Evidence) -> Found | None:
    """Two of one line that marks, or days, put one after the other."""
    if first.marks.inquiry != second.marks.inquiry:
        return None
    one_line = (seen.line >= SAME_LINE and _kept(seen)) or (seen.line >= 0.9 and not seen.implementers_apart)
    handed_on = seen.gap is not None and -92 <= seen.gap <= 366
    same_team = _same_team(first, second, seen)
    first_told = same_team and _after_a_first(first, second)
    if not one_line and not (same_team and handed_on) and not first_told:
        return None
    later = first.marks.later_than(second.marks) if first.marks.differ(second.marks) else None
    if later is None and _one_marked(first, second) and not figures_agree(seen):
        later = (first.marks.phase or 1) > (second.marks.phase or 1)
        if seen.gap is not None and not seen.apart and not handed_on:
            return None
    if later is None and (seen.apart or (same_team and handed_on) or first_told):
        later = _later_by_days(first, second)
    if later is None:
        return None
    from_, to = (first, second) if later else (second, first)
    if _begins_before(from_, to):
        return None
    return from_, to, NEXT_PHASE_OF, 0.5 + 0.5 * max(seen.line, 0.5)


def _kept(seen: Evidence) -> bool:
    """Whether those who carry it out, or at least those who pay, stayed."""
    return bool(seen.implementers) or (bool(seen.funders) and not seen.implementers_apart)


def _same_team(first: Profile, second: Profile, seen: Evidence) -> bool:
    """Whether several bodies carry both out for the same partners, and either money or subject is the same."""
    if len(seen.implementers) < 2 or first.places != second.places or seen.funders_apart:
        return False
    return len(seen.funders) >= 2 or seen.subject >= 0.5


def _after_a_first(first: Profile, second: Profile) -> bool:
    """Whether one is called a first phase and the other, of no phase told, begins a year later or more."""
    for earlier, later in _both_ways(first, second):
        starts = earlier.report.start, later.report.start
        if earlier.marks.phase == 1 and later.marks.phase is None and starts[0] and starts[1]:
            return (starts[1] - starts[0]).days >= 365
    return False


def _one_marked(first: Profile, second: Profile) -> bool:
    """One title tells a second or later phase, the other none: then that is the earlier."""
    told = sorted(p.marks.phase if p.marks.told_apart and p.marks.phase else 0 for p in (first, second))
    return told[0] == 0 and told[1] >= 2 and first.marks.phase != second.marks.phase


def _later_by_days(first: Profile, second: Profile) -> bool | None:
    """Whether the first begins later, or after the end of the second; None where days do not tell."""
    one, other = first.report, second.report
    if one.start and other.start and one.start != other.start:
        return one.start > other.start
    if one.start and other.end and one.start > other.end:
        return True
    return False if other.start and one.end and other.start > one.end else None


def _begins_before(later: Profile, earlier: Profile) -> bool:
    return bool(later.report.start and earlier.report.start and later.report.start < earlier.report.start)


def _paid(first: Profile, second: Profile, seen: Evidence) -> Found | None:
    """The one who pays and the one who carries out, each reporting the same action."""
    if seen.marks_apart or seen.apart or seen.line < SAME_LINE:
        return None
    if _one_marked(first, second):
        return None
    sides = [(_speaks_for(doer, payer), doer, payer) for doer, payer in _both_ways(first, second)]
    (weaker, *_), (stronger, doer, payer) = sorted(sides, key=lambda side: side[0])
    if weaker == stronger:
        return None
    return doer, payer, FUNDED_BY, 0.4 + seen.line / 2 + 0.1 * (stronger == TOLD)


LIKELY, TOLD = 1, 2


def _speaks_for(doer: Profile, payer: Profile) -> int:
    """How surely the one carries out what the other pays: TOLD by a field, LIKELY by what the two bodies are, or 0."""
    if not doer.reporter or not payer.reporter or doer.reporter & payer.reporter:
        return 0
    if payer.reporter & doer.funders or doer.reporter & payer.implementers:
        return TOLD
    likely = payer.reporter <= DONORS and not doer.reporter & DONORS
    return LIKELY if likely and weight_shared(doer.line, payer.line) >= SPECIFIC else 0


def _same(first: Profile, second: Profile, seen: Evidence) -> Found | None:
    """Two reports of one action."""
    if ruled_out(first, second, seen) or _two_payers(first, second) or _whole_and_part(first, second):
        return None
    two_reporters = first.reporter and second.reporter and not first.reporter & second.reporter
    if two_reporters and weight_shared(first.line, second.line) < SPECIFIC:
        return None
    enough = points(first, second, seen)
    one_title = (
        seen.line >= 0.8
        and weight_shared(first.line, second.line) >= SPECIFIC
        and not seen.implementers_apart
    )
    if enough < ENOUGH and not (one_title and enough >= ENOUGH - 1.0):
        return None
    return first, second, SAME_AS, max(0.5, min(1.0, enough / CERTAIN))


def _whole_and_part(first: Profile, second: Profile) -> bool:
    """Whether one has the form of a programme or fund and the other another form."""
    forms = {first.form, second.form} - {""}
    return len(forms) == 2 and bool(forms & WHOLES)


def _two_payers(first: Profile, second: Profile) -> bool:
    """Two donors who report for themselves."""
    both = first.reporter and second.reporter and not first.reporter & second.reporter
    return bool(both) and first.reporter <= DONORS and second.reporter <= DONORS


def _co_funded(first: Profile, second: Profile, seen: Evidence) -> Found | None:
    """One action with a title of its own, of which different funders report their own parts."""
    if seen.marks_apart or seen.apart or seen.implementers_apart:
        return None
    if weight_shared(first.line, second.line) < SPECIFIC:
        return None
    reported_apart = _two_payers(first, second) and seen.line >= 0.7
    paid_apart = seen.funders_apart and seen.line >= (SAME_LINE if seen.implementers else 0.9)
    if not reported_apart and not paid_apart:
        return None
    return first, second, CO_FUNDED_WITH, 0.3 + 0.6 * seen.line


def _held(inner: Terms, outer: Terms) -> float:
    """How much of what one text says the other says too."""
    total = sum(inner.values())
    return sum(weight for term, weight in inner.items() if term in outer) / total if total else 0.0


RULES: Final[tuple[Callable[[Profile, Profile, Evidence], Found | None], ...]] = (
    _part, _phase, _paid, _same, _co_funded, theme,
)  # fmt: skip
"""The rules in the order in which they decide: the first that finds a relation gives it. They are asked about pairs
that have a partner in common, or of which one's partners are not known."""
