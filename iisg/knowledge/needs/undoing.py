"""What must be kept of a need that a file enters or changes, so that the file can be taken back."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from iisg.knowledge.needs import comparing
from iisg.knowledge.needs.models import Need, Placement

Changes = Iterable[tuple[str, Any, Any]]
PLACEMENTS = "placements"


@dataclass(frozen=True, slots=True)
class Sources:
    """A need before a file changes it: where its facts come from, and its places as (objective, measure)."""

    origins: dict[str, Any]
    confirmed: dict[str, Any]
    places: list[list[int | None]] = field(default_factory=list)


def sources_of(refs: Collection[str]) -> dict[str, Sources]:
    """Of recorded needs by reference, in two queries."""
    places: dict[str, list[list[int | None]]] = defaultdict(list)
    placed = Placement.objects.filter(need__ref__in=refs).order_by("pk")
    for ref, objective, measure in placed.values_list("need__ref", "objective_id", "measure_id"):
        places[ref].append([objective, measure])
    needs = Need.objects.filter(ref__in=refs).values_list("ref", "origins", "confirmed")
    return {ref: Sources(origins, confirmed, places[ref]) for ref, origins, confirmed in needs}


def kept_of(changes: Changes, before: Sources | None, *, new: bool) -> dict[str, Any]:
    """What a row of a file keeps: of a new need the digest of its facts, of a changed one both values of each."""
    told = list(changes)
    if not told:
        return {}
    if new or before is None:
        return {"digest": digest((name, value) for name, _before, value in told)}
    return {
        "facts": {name: [plain(was), plain(now)] for name, was, now in told},
        "origins": before.origins,
        "confirmed": before.confirmed,
        "places": before.places,
    }


def digest(facts: Iterable[tuple[str, Any]]) -> str:
    """Of all that is known of a need, without its places in the framework, which have events of their own."""
    known = {
        name: plain(value) for name, value in facts if value not in ("", None, ()) and name != PLACEMENTS
    }
    return hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()


def digest_of(need: Need) -> str:
    """Of a recorded need, fetched with its partners and placements."""
    return digest(comparing.recorded(need).items())


def is_as_left(need: Need, name: str, after: Any) -> bool:
    """Whether a fact is still what the file made of it."""
    return bool(plain(comparing.recorded(need)[name]) == after)


def plain(value: Any) -> Any:
    """A value as JSON keeps it; equal numbers are written alike."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value
