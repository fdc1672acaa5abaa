"""Relations between records of actions: candidates with their reasons; a person decides, nothing is merged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

from iisg.foundations.core.folding import fold
from iisg.knowledge.analysis.engine.relating.records import (
    DIRECTED,
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
    to each other in the same way. The order of the input is irrelevant. Raises ValueError for a ref given twice.
    """
    known = sorted([*reports, *more], key=lambda r: r.ref)
    for first, second in pairwise(known):
        if first.ref == second.ref:
            raise ValueError(f"The reference '{first.ref}' stands for two records.")
    found = [c for first, second in combinations(known, 2) if (c := _related(first, second)) is not None]
    return sorted(found, key=lambda c: (RELATIONS.index(c.relation), -c.score, c.from_ref, c.to_ref))


def likely_twins(report: Report, among: Sequence[Report], top: int = 3) -> list[Candidate]:
    """The records among `among` that are most likely another report of the same action, likeliest first.

    For the guard before a record is saved; a record with `report`'s own ref is passed over.
    """
    found = [_related(*sorted((report, r), key=lambda r: r.ref)) for r in among if r.ref != report.ref]
    twins = [c for c in found if c is not None and c.relation == SAME_AS]
    return sorted(twins, key=lambda c: (-c.score, c.from_ref, c.to_ref))[:top]


def _related(first: Report, second: Report) -> Candidate | None:
    for child, whole in ((first, second), (second, first)):
        if child.parents & ({whole.ref} | whole.identifiers):
            return Candidate(child.ref, whole.ref, PART_OF, 1.0, (("printed_as_part", ()),))
    if fold(first.title) and fold(first.title) == fold(second.title):
        return Candidate(first.ref, second.ref, SAME_AS, 0.5, (("same_title", ()),))
    return None
