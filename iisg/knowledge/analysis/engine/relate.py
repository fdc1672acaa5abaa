"""Relations between records of actions: candidates with their reasons; a person decides, nothing is merged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from iisg.knowledge.analysis.engine.relating.blocking import near
from iisg.knowledge.analysis.engine.relating.classes import relation_of
from iisg.knowledge.analysis.engine.relating.profiles import profile_of
from iisg.knowledge.analysis.engine.relating.records import (
    DIRECTED,
    NEXT_PHASE_OF,
    PART_OF,
    RELATIONS,
    SAME_AS,
    Candidate,
    Reason,
    Report,
)

__all__ = ["DIRECTED", "RELATIONS", "Candidate", "Reason", "Report", "candidates", "likely_twins"]


def candidates(reports: Iterable[Report], more: Iterable[Report] = ()) -> list[Candidate]:
    """Every pair that stands in one of the seven relations, once, by relation, then score.

    `more` are second reports, of others, to be found again among `reports`; they are related to `reports` and
    to each other in the same way. The order of the input is irrelevant. The class of a pair depends on its two
    records alone; what others can change is only whether a pair is looked at (each record is compared with its
    nearest, see `blocking`) and whether a phase or part is a direct step (one with a step between is left out).
    Raises ValueError for a reference that stands for two records.
    """
    profiles = [profile_of(report) for report in sorted([*reports, *more], key=lambda r: r.ref)]
    for first, second in pairwise(profiles):
        if first.ref == second.ref:
            raise ValueError(f"The reference '{first.ref}' stands for two records.")
    pairs = ((profiles[one], profiles[other]) for one, other in near(profiles))
    found = _direct([c for one, other in pairs if (c := relation_of(one, other)) is not None])
    return sorted(found, key=lambda c: (RELATIONS.index(c.relation), -c.score, c.from_ref, c.to_ref))


def likely_twins(report: Report, among: Sequence[Report], top: int = 3) -> list[Candidate]:
    """The records among `among` that are most likely another report of the same action, likeliest first.

    For the guard before a record is saved; a record with `report`'s own ref is passed over.
    """
    own = profile_of(report)
    found = [relation_of(own, profile_of(other)) for other in among if other.ref != report.ref]
    twins = [c for c in found if c is not None and c.relation == SAME_AS]
    return sorted(twins, key=lambda c: (-c.score, c.from_ref, c.to_ref))[:top]


def _direct(found: list[Candidate]) -> list[Candidate]:
    """Only direct steps: where A follows B and B follows C, that A follows C is left out; likewise for parts."""
    steps: dict[str, dict[str, set[str]]] = {NEXT_PHASE_OF: {}, PART_OF: {}}
    for one in found:
        if one.relation in steps:
            steps[one.relation].setdefault(one.from_ref, set()).add(one.to_ref)
    return [
        one
        for one in found
        if one.relation not in steps
        or not any(
            one.to_ref in steps[one.relation].get(between, ())
            for between in steps[one.relation][one.from_ref] - {one.to_ref}
        )
    ]
