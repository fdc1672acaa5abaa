"""A need as a file states it beside the need as recorded, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iisg.foundations.core.folding import fold
from iisg.knowledge.needs.models import FrameworkVersion, Need, Objective
from iisg.knowledge.needs.records import NeedRecord

PLAIN = (
    "title",
    "title_original",
    "original_language",
    "perspective",
    "priority",
    "quantity",
    "unit",
    "basis",
    "source_body",
    "source_year",
    "source_url",
    "pillar_basis",
    "four_p_basis",
    "notes",
)
"""Fields that a record and the recorded need share by name."""

LIMITS = {
    name: length
    for name in PLAIN
    if (length := getattr(Need._meta.get_field(name), "max_length", None)) is not None
}
"""Longest text that is kept of a field, in characters; PostgreSQL would refuse more, SQLite would not notice."""

Facts = dict[str, Any]


def stated(record: NeedRecord) -> Facts:
    """The facts of a record in the form in which they are compared and stored."""
    facts: Facts = {name: getattr(record, name) for name in PLAIN}
    facts |= {name: facts[name][:limit] for name, limit in LIMITS.items() if isinstance(facts[name], str)}
    facts["kinds"] = tuple(k for k in ("legislative", "institutional", "operational") if k in record.kinds)
    facts["partners"] = tuple(sorted(record.partners))
    facts["placements"] = tuple(
        sorted(
            (pillar, place.four_p, fold(place.objective), fold(place.measure))
            for place in record.places
            for pillar in place.pillars
        )
    )
    return facts


def recorded(need: Need) -> Facts:
    """The facts of a recorded need; partners and placements must be fetched (`with_facts`)."""
    facts: Facts = {name: getattr(need, name) for name in PLAIN}
    facts["kinds"] = need.kinds
    facts["partners"] = tuple(sorted(p.code or "" for p in need.partners.all()))
    facts["placements"] = tuple(
        sorted(
            (
                p.objective.pillar_id,
                p.objective.four_p,
                p.objective.folded,
                fold(p.measure.title) if p.measure else "",
            )
            for p in need.placements.all()
        )
    )
    return facts


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], silent: frozenset[str]
) -> list[tuple[str, Any, Any]]:
    """(field, before, after) of every field that differs; `silent` are fields that the source does not speak of."""
    found = [(k, before[k], after[k]) for k in after if k not in silent and before[k] != after[k]]
    if "measure" in silent:
        found = [
            (k, b, a) for k, b, a in found if k != "placements" or [p[:3] for p in b] != [p[:3] for p in a]
        ]
    return found


class Framework:
    """The version of the framework in force, read once, for placing many needs."""

    def __init__(self, version: FrameworkVersion | None) -> None:
        self.version = version
        objectives = Objective.objects.filter(version=version).prefetch_related("measures") if version else []
        self.objectives = {(o.pillar_id, o.four_p, o.folded): o for o in objectives}

    @classmethod
    def in_force(cls) -> Framework:
        """The adopted version, else the newest draft; without any, an empty one."""
        versions = FrameworkVersion.objects.filter(valid_to=None)
        return cls(versions.filter(adopted=True).first() or versions.order_by("-valid_from", "-pk").first())

    def knows(self, pillar: str, four_p: str, objective: str) -> bool:
        """Whether the objective stands in the framework under the pillar and field."""
        return (pillar, four_p, fold(objective)) in self.objectives
