"""A recorded need as the record from which it could be entered again: what every export writes."""

from __future__ import annotations

from iisg.knowledge.needs.models import Need
from iisg.knowledge.needs.records import NeedPlace, NeedRecord


def record_of(need: Need) -> NeedRecord:
    """All facts of a need fetched `with_facts` that a file can state."""
    first, *more = _places(need) or [NeedPlace(())]
    return NeedRecord(
        ref=need.ref,
        place=need.ref,
        title=need.title,
        title_original=need.title_original,
        original_language=need.original_language,
        pillars=first.pillars,
        pillar_basis=need.pillar_basis,
        partners=tuple(sorted(p.code or "" for p in need.partners.all())),
        four_p=first.four_p,
        four_p_basis=need.four_p_basis,
        objective=first.objective,
        measure=first.measure,
        more_places=more,
        kinds=need.kinds,
        perspective=need.perspective,
        priority=need.priority,
        quantity=need.quantity,
        unit=need.unit,
        basis=need.basis,
        source_body=need.source_body,
        source_year=need.source_year,
        source_url=need.source_url,
        notes=need.notes,
        body=need.body.name if need.body else "",
        capability=need.capability,
        needed_by=need.needed_by,
        met_when=need.met_when,
        references=need.references,
    )


def _places(need: Need) -> list[NeedPlace]:
    """Placements that differ by their pillar only stand together."""
    pillars: dict[tuple[str, str, str], list[str]] = {}
    for placement in need.placements.all():
        objective, measure = placement.objective, placement.measure
        key = (objective.four_p, objective.title, measure.title if measure else "")
        pillars.setdefault(key, []).append(objective.pillar_id)
    return [NeedPlace(tuple(codes), *key) for key, codes in pillars.items()]
