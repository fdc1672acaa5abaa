"""A need as a file states it beside the need as recorded, field by field."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from iisg.foundations.core.folding import cut, fold
from iisg.knowledge.needs.models import FrameworkVersion, Need, Objective
from iisg.knowledge.needs.recorded import record_of
from iisg.knowledge.needs.records import NeedPlace, NeedRecord

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
    "capability",
    "needed_by",
    "met_when",
    "references",
)
"""Fields that a record and the recorded need share by name."""

LIMITS = {
    name: length
    for name in PLAIN
    if (length := getattr(Need._meta.get_field(name), "max_length", None)) is not None
}
"""Longest text that is kept of a field, in characters; PostgreSQL would refuse more, SQLite would not notice."""

Facts = dict[str, Any]
_Line = tuple[str, str, str, str]
_PLACE = ("pillar", "four_p", "objective", "measure")
_ALONE = frozenset((*PLAIN, "kinds", "partners", "body"))
"""Facts that a record holds under their own names; its places are made of several."""


def stated(record: NeedRecord, body: object = None) -> Facts:
    """The facts of a record in the form in which they are compared and stored.

    `body` is the key of the body that has the need, or the name of one that nobody knows yet; where the record says
    nothing of it (`NeedRecord.silent`) it is no fact.
    """
    facts: Facts = {name: getattr(record, name) for name in PLAIN}
    facts |= {name: cut(facts[name], limit) for name, limit in LIMITS.items() if isinstance(facts[name], str)}
    facts["kinds"] = tuple(k for k in ("legislative", "institutional", "operational") if k in record.kinds)
    facts["partners"] = tuple(sorted(record.partners))
    if "body" not in record.silent:
        facts["body"] = body or record.body or None
    facts["placements"] = tuple(
        sorted(
            (pillar, place.four_p, fold(place.objective), fold(place.measure))
            for place in record.places
            for pillar in place.pillars
        )
    )
    return facts


def body_it_has(need: Need | None, name: str) -> int | None:
    """Key of the body that the need has, where that is the one of this name."""
    return need.body_id if need is not None and need.body is not None and need.body.name == name else None


def recorded(need: Need) -> Facts:
    """The facts of a recorded need; partners and placements must be fetched (`with_facts`)."""
    facts: Facts = {name: getattr(need, name) for name in PLAIN}
    facts["kinds"], facts["body"] = need.kinds, need.body_id
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


def completed(record: NeedRecord, need: Need) -> NeedRecord:
    """The record, and of all that its file does not speak of (`record.silent`) what is recorded of the need."""
    if not record.silent:
        return record
    known = record_of(need)
    facts: Facts = {name: getattr(known, name) for name in record.silent if name in _ALONE}
    untold = [
        name for name in _PLACE if "placements" in record.silent or f"placements.{name}" in record.silent
    ]
    if untold:
        places = _places(record, known, untold) if len(untold) < len(_PLACE) else known.places
        first, *facts["more_places"] = places or [NeedPlace(())]
        facts |= {
            "pillars": first.pillars,
            "four_p": first.four_p,
            "objective": first.objective,
            "measure": first.measure,
        }
    return replace(record, **facts)


def _places(record: NeedRecord, known: NeedRecord, untold: Collection[str]) -> list[NeedPlace]:
    """Each place as recorded where it agrees in all that the file says, else with what all recorded ones have."""
    told = [position for position, name in enumerate(_PLACE) if name not in untold]
    held, found = _lines(known), dict[_Line, None]()
    for line in _lines(record):
        same = [each for each in held if all(fold(each[n]) == fold(line[n]) for n in told)]
        values = [
            text if position in told or len(kept := {each[position] for each in held}) != 1 else kept.pop()
            for position, text in enumerate(line)
        ]
        found.update(dict.fromkeys(same or [(values[0], values[1], values[2], values[3])]))
    return [NeedPlace((pillar,) if pillar else (), *rest) for pillar, *rest in found]


def _lines(record: NeedRecord) -> list[_Line]:
    """Its places, one for each pillar."""
    return [
        (pillar, place.four_p, place.objective, place.measure)
        for place in record.places
        for pillar in place.pillars or ("",)
    ]


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """(field, before, after) of every field that differs."""
    return [(name, before[name], after[name]) for name in after if before[name] != after[name]]


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
