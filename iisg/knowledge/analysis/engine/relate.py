"""Relations between records of actions: candidates with their reasons; a person decides, nothing is merged."""

from __future__ import annotations

from collections.abc import Iterable
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

__all__ = [
    "DIRECTED",
    "RELATIONS",
    "Candidate",
    "Reason",
    "Report",
    "candidates",
    "likely_twins",
    "likely_twins_of_each",
]


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


def likely_twins(report: Report, among: Iterable[Report], top: int = 3) -> list[Candidate]:
    """The records among `among` that are most likely another report of the same action, likeliest first.

    For the guard before a record is saved; a record with `report`'s own ref is passed over.
    """
    return likely_twins_of_each([report], among, top)[report.ref]


def likely_twins_of_each(
    new: Iterable[Report], among: Iterable[Report], top: int = 3
) -> dict[str, list[Candidate]]:
    """`likely_twins` of many by their ref, in one pass over `among`; they are not compared with each other."""
    asked = {report.ref: profile_of(report) for report in new}
    known = {report.ref: profile_of(report) for report in among if report.ref not in asked}
    profiles = sorted([*asked.values(), *known.values()], key=lambda p: p.ref)
    asking = [row for row, profile in enumerate(profiles) if profile.ref in asked]
    found: dict[str, list[Candidate]] = {ref: [] for ref in asked}
    for one, other in near(profiles, asking=asking):
        pair = sorted((profiles[one].ref, profiles[other].ref), key=lambda ref: ref not in asked)
        if pair[1] in asked:
            continue
        candidate = relation_of(profiles[one], profiles[other])
        if candidate is not None and candidate.relation == SAME_AS:
            found[pair[0]].append(candidate)
    return {
        ref: sorted(twins, key=lambda c: (-c.score, c.from_ref, c.to_ref))[:top]
        for ref, twins in found.items()
    }


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
