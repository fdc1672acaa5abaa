"""What must be kept of an action that a file enters or changes, so that the file can be taken back.

Of a new action the digest of its facts: whether it is still as the file left it. Of a changed one both values of every
fact that differs, with where it came from and who had confirmed it. Bodies are kept by key and by their printed names,
which alone are compared: that two bodies were said to be one changes no fact.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, Final

from iisg.knowledge.actions.comparing import FLOW_FIELDS, Facts, first_facts
from iisg.knowledge.actions.models import Action, Flow
from iisg.knowledge.needs.undoing import plain

Changes = Iterable[tuple[str, Any, Any]]
_ENDS: Final = {
    FLOW_FIELDS.index(f"{end}_id"): FLOW_FIELDS.index(f"{end}_printed") for end in ("source", "destination")
}
_PARTY: Final = {1: 3}
"""Where in a row the key of a body stands, and where its printed name."""
_FLOW: Final[tuple[Any, ...]] = tuple(Flow._meta.get_field(name.removesuffix("_id")) for name in FLOW_FIELDS)
Resolve = Callable[[str, int | None], int | None]
"""(printed name, key) to the key of a body that is there, or None."""


def kept_of(changes: Changes, sources: tuple[dict[str, Any], dict[str, Any]], *, new: bool) -> dict[str, Any]:
    """What a row of a file keeps of the action that it entered or changed; nothing where it did neither."""
    told = list(changes)
    if not told:
        return {}
    if new:
        return {"digest": _digest((name, value) for name, _before, value in told)}
    origins, confirmed = sources
    facts = {name: [plain(before), plain(after)] for name, before, after in told}
    return {"facts": facts, "origins": origins, "confirmed": confirmed}


def digest_of(facts: Facts) -> str:
    """Of the facts of a recorded action, as `kept_of` makes it of a new one."""
    return _digest((name, value) for name, _nothing, value in first_facts(facts))


def is_as_left(name: str, now: Any, after: Any) -> bool:
    """Whether a fact is still what the file made of it."""
    return bool(_without_keys(name, plain(now)) == _without_keys(name, after))


def back(name: str, kept: Any, resolve: Resolve) -> Any:
    """The value before, in the form in which facts are stored; raises LookupError where a body is no longer there."""
    if name == "flows":
        return tuple(
            _row([_typed(place, value) for place, value in enumerate(_whole(row))], _ENDS, resolve)
            for row in kept
        )
    if name == "parties":
        rows = ([role, key, _number(share), printed] for role, key, share, printed in kept)
        return tuple(_row(row, _PARTY, resolve) for row in rows)
    if name == "places":
        return tuple((code, named, _number(share)) for code, named, share in kept)
    if name in ("pillars", "assistance"):
        return tuple(kept)
    field: Any = Action._meta.get_field(name)
    return field.to_python(kept)


def _digest(facts: Iterable[tuple[str, Any]]) -> str:
    known = {name: _without_keys(name, plain(value)) for name, value in facts}
    return hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()


def _without_keys(name: str, value: Any) -> Any:
    keys = {"flows": _ENDS, "parties": _PARTY}.get(name)
    if keys is None:
        return value
    return [[inner for place, inner in enumerate(row) if place not in keys] for row in value]


def _whole(row: list[Any]) -> list[Any]:
    """A flow that was kept before it had all the columns of today."""
    return [*row, *([""] * (len(FLOW_FIELDS) - len(row)))]


def _typed(place: int, value: Any) -> Any:
    field = _FLOW[place]
    return value if field.is_relation or value is None else field.to_python(value)


def _row(row: list[Any], keys: dict[int, int], resolve: Resolve) -> tuple[Any, ...]:
    for place, name in keys.items():
        if row[place] is not None or row[name]:
            row[place] = resolve(row[name], row[place])
            if row[place] is None:
                raise LookupError(row[name])
    return tuple(row)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text).quantize(Decimal("0.0001"))
