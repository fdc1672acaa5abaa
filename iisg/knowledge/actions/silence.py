"""Of which facts a record says nothing, because its file has no column or no key for them: they keep what is recorded.

A fact made of several columns is silent in parts: "parties.implementing" is the implementers, "flows.currency" the
currency of its money. A blank cell is another thing: it says that the fact is not known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from iisg.knowledge.actions.sheets.columns import ROLES

_OWN_COLUMN = (
    "title", "title_original", "original_language", "title_language", "summary", "scope", "other_beneficiaries",
    "pillar_basis", "duration_months", "date_note", "source_url", "second_source_url", "sectors",
)  # fmt: skip
_START = ("start_on", "start_precision", "start_printed")
_END = ("end_on", "end_precision", "end_printed", "end_derived")
_ANY_OF: Final[Mapping[str, tuple[str, ...]]] = {
    **{name: (name,) for name in _OWN_COLUMN},
    **dict.fromkeys(_START, ("start_date",)),
    **dict.fromkeys(_END, ("end_date",)),
    **{f"parties.{role}": (column,) for column, role in ROLES.items()},
    "parties.share": ("budget_note", "money_state"),
    "form": ("kind",),
    "places": ("beneficiaries",),
    "places.named": ("partners_named",),
    "places.region": ("scope",),
    "places.share": ("money_state",),
    "pillars": ("pillar",),
    "assistance": ("assistance_type", "assistance_kinds"),
    "assistance_printed": ("assistance_type",),
    "stage": ("stage_in_source", "action_stage"),
    "stage_printed": ("stage_in_source",),
    "mechanism_link": ("iisg_link_in_source",),
    "money_note": ("budget_note", "money_note"),
    "flows": ("budget_amount", "money_state"),
    "flows.state": ("money_state",),
    "flows.others": ("money_state",),
    "flows.parts": ("money_state", "budget_note"),
    "flows.kind": ("money_figure",),
    "flows.amount": ("budget_amount", "money_amount"),
    "flows.currency": ("budget_currency", "money_currency"),
    "flows.destination_id": ("money_to",),
    "flows.destination_printed": ("money_to",),
    "flows.happened_on": ("money_date",),
    "flows.happened_printed": ("money_date",),
    "flows.period_from": ("money_period_from",),
    "flows.period_to": ("money_period_to",),
    "flows.valued_on": ("money_valued",),
    "flows.source_activity": ("money_from_action",),
    "flows.destination_activity": ("money_to_action",),
    "flows.sectors": ("money_sectors",),
    "flows.recipients": ("money_recipients",),
}  # fmt: skip
"""Facts of an action with the columns of which each speaks of it by itself.

Only our own sheets, which have `money_state`, write shares in braces. `places.region` is whether all six are meant as a
region, `flows.others` money that is no budget, `flows.parts` what a budget is made of.
"""
_ALL_OF: Final[Mapping[str, tuple[frozenset[str], ...]]] = {
    "kind": (frozenset({"action_kind"}), frozenset({"donor", "donor_kind", "assistance_type"})),
    **dict.fromkeys(
        ("flows.source_id", "flows.source_printed"),
        (frozenset({"money_from"}), frozenset({"budget_amount", "donor"}), frozenset({"budget_amount", "budget_note"})),
    ),
    "flows.printed": (frozenset({"money_printed"}), frozenset({"budget_amount", "budget_currency"})),
}  # fmt: skip
"""Facts of an action that are made of several columns: any of these sets speaks of it."""

NEED_PLACE: Final = ("pillar", "four_p", "objective", "measure")
_NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("need",),
    "kinds": ("need_kind",),
    "partners": ("partner",),
    "placements": NEED_PLACE,
    **{f"placements.{name}": (name,) for name in NEED_PLACE},
    **{
        name: (name,)
        for name in (
            "title_original", "original_language", "perspective", "priority", "quantity", "unit", "basis",
            "source_body", "source_year", "source_url", "pillar_basis", "four_p_basis", "notes", "body", "capability",
            "needed_by", "met_when", "references",
        )
    },
}  # fmt: skip


def of_columns(kind: str, spoken: Collection[str]) -> tuple[str, ...]:
    """Facts of which no row speaks that is read by these fields; `kind` is "needs" or "actions"."""
    known = set(spoken)
    told = _NEEDS if kind == "needs" else _ANY_OF
    silent = [fact for fact, columns in told.items() if known.isdisjoint(columns)]
    if kind != "needs":
        silent += [fact for fact, sets in _ALL_OF.items() if not any(each <= known for each in sets)]
    return tuple(silent)


_ACTION_KEYS: Final[Mapping[str, str]] = {
    **{name: name for name in _OWN_COLUMN},
    **{
        name: name
        for name in (
            "kind", "form", "pillars", "assistance", "assistance_printed", "stage", "stage_printed", "mechanism_link",
            "money_note", "parties", "flows",
        )
    },
    **dict.fromkeys(_START, "start"),
    **dict.fromkeys(_END, "end"),
    "places": "partners",
    "places.named": "names_partners",
    "places.region": "names_partners",
}  # fmt: skip
_INSIDE: Final[Mapping[str, tuple[str, str]]] = {
    "flows.kind": ("flows", "kind"),
    "flows.amount": ("flows", "amount"),
    "flows.currency": ("flows", "currency"),
    "flows.source_id": ("flows", "from"),
    "flows.source_printed": ("flows", "from"),
    "flows.destination_id": ("flows", "to"),
    "flows.destination_printed": ("flows", "to"),
    "flows.happened_on": ("flows", "date"),
    "flows.happened_printed": ("flows", "date"),
    "flows.period_from": ("flows", "period_from"),
    "flows.period_to": ("flows", "period_to"),
    "flows.printed": ("flows", "printed"),
    "flows.valued_on": ("flows", "valued"),
    "flows.source_activity": ("flows", "from_action"),
    "flows.destination_activity": ("flows", "to_action"),
    "flows.sectors": ("flows", "sectors"),
    "flows.recipients": ("flows", "recipients"),
}
"""Facts that stand in the objects of a list, with the list and the key; a share is left out where it is not known."""


def of_keys(kind: str, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Facts of which an object of a JSON file says nothing: it has no such key, not even with null."""
    if kind == "needs":
        silent = [fact for fact in _NEEDS if "." not in fact and _NEED_KEYS.get(fact, fact) not in facts]
        return (*silent, *_unsaid(facts, {f"placements.{key}": ("places", key) for key in NEED_PLACE[1:]}))
    silent = [fact for fact, key in _ACTION_KEYS.items() if key not in facts]
    return (*silent, *_unsaid(facts, _INSIDE))


_NEED_KEYS: Final[Mapping[str, str]] = {"placements": "places"}


def _unsaid(facts: Mapping[str, Any], inside: Mapping[str, tuple[str, str]]) -> Iterable[str]:
    """Facts of a list that has objects, none of which has the key."""
    for fact, (name, key) in inside.items():
        listed = facts.get(name)
        objects = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
        if objects and not any(key in each for each in objects):
            yield fact
