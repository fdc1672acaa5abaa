"""An action as a file states it beside the action as recorded, field by field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model

from iisg.foundations.core.folding import cut
from iisg.foundations.core.periods import add_months
from iisg.knowledge.actions.models import Action, Assistance, Flow, Party, PartyRole, Place
from iisg.knowledge.actions.records import ActionRecord, FlowRecord

_CENT, _TEN_THOUSANDTH = Decimal("0.01"), Decimal("0.0001")
Facts = dict[str, Any]
Part = tuple[str, object, Decimal | None, str]
"""A party as it is compared: role, body, share, name as printed."""
_ROLES = list(PartyRole.values)
Resolve = Callable[[str, str], object]
"""Turns (printed name, identifier) into the key of an organisation, or into the name itself where nobody is known."""

PLAIN = (
    "title",
    "title_language",
    "title_original",
    "original_language",
    "summary",
    "kind",
    "form",
    "scope",
    "other_beneficiaries",
    "pillar_basis",
    "stage",
    "stage_printed",
    "duration_months",
    "date_note",
    "assistance_printed",
    "money_note",
    "mechanism_link",
    "source_url",
    "second_source_url",
    "second_hand",
)
"""Fields that a record and the recorded action share by name."""

COLUMNS = (
    *PLAIN,
    "start_on",
    "start_precision",
    "start_printed",
    "end_on",
    "end_precision",
    "end_printed",
    "end_derived",
    "sectors",
)
"""Facts that are columns of the action itself; the others are rows beside it."""

LIMITS = {
    name: length
    for name in PLAIN
    if (length := getattr(Action._meta.get_field(name), "max_length", None)) is not None
}
"""Longest text that is kept of a field, in characters; PostgreSQL would refuse more, SQLite would not notice."""


FLOW_FIELDS = (
    "state",
    "kind",
    "amount",
    "currency",
    "source_id",
    "source_printed",
    "destination_id",
    "destination_printed",
    "happened_on",
    "happened_printed",
    "period_from",
    "period_to",
    "printed",
    "valued_on",
    "source_activity",
    "destination_activity",
    "sectors",
    "recipients",
)
"""Columns of a flow in the order in which it is compared and stored."""


def days(record: ActionRecord) -> Facts:
    """First possible start and last possible end, computed from the duration where the end is not printed.

    An end before the start cannot be right: then the printed values stay and the end counts as not known.
    """
    start, end = record.start, record.end
    end_on, derived = end.last, False
    if (
        end_on is None
        and not end.printed
        and start.first
        and start.precision != "year"
        and record.duration_months
    ):
        first_after = add_months(start.last or start.first, record.duration_months)
        end_on, derived = date.fromordinal(first_after.toordinal() - 1), True
    if end_on is not None and start.first is not None and end_on < start.first:
        end_on, derived = None, False
    return {
        "start_on": start.first,
        "start_precision": start.precision,
        "start_printed": cut(start.printed, 60),
        "end_on": end_on,
        "end_precision": "month" if derived else (end.precision if end_on else ""),
        "end_printed": cut(end.printed, 60),
        "end_derived": derived,
    }


def _flow(flow: FlowRecord, resolve: Resolve) -> tuple[Any, ...]:
    """One flow in the form in which it is compared and stored: the values of FLOW_FIELDS."""
    return (
        flow.state,
        flow.kind,
        None if flow.amount is None else flow.amount.quantize(_CENT),
        flow.currency[:3],
        resolve(flow.source, "") if flow.source else None,
        cut(flow.source, 300),
        resolve(flow.destination, "") if flow.destination else None,
        cut(flow.destination, 300),
        flow.happened.first,
        cut(flow.happened.printed, 60),
        flow.period_from.first,
        flow.period_to.last,
        cut(flow.printed, 120),
        flow.valued.first,
        cut(flow.source_activity, 250),
        cut(flow.destination_activity, 250),
        " ".join(flow.sectors),
        "; ".join(place.replace("; ", ", ") for place in flow.recipients),
    )


def flow_recorded(flow: Flow) -> tuple[Any, ...]:
    """A recorded flow in the same form; which report of it was chosen is no fact of the file."""
    return tuple(getattr(flow, name) for name in FLOW_FIELDS)


def _share(share: Decimal | None) -> Decimal | None:
    """Shares to four decimals, as stored; what cannot be a share is not known."""
    if share is None or not Decimal(-1000) < share < Decimal(1000):
        return None
    return share.quantize(_TEN_THOUSANDTH)


def _in_roles(parties: Iterable[Part]) -> tuple[Part, ...]:
    """Parties by role, those of one role in the source's order: files with a column for each role know no other."""
    return tuple(sorted(parties, key=lambda party: _ROLES.index(party[0])))


def stated(record: ActionRecord, resolve: Resolve) -> Facts:
    """The facts of a record in the form in which they are compared and stored."""
    facts: Facts = {name: getattr(record, name) for name in PLAIN}
    facts |= {name: cut(facts[name], limit) for name, limit in LIMITS.items() if isinstance(facts[name], str)}
    facts |= days(record)
    facts["sectors"] = " ".join(record.sectors)
    facts["pillars"] = tuple(sorted(record.pillars))
    facts["assistance"] = tuple(sorted(set(record.assistance)))
    facts["parties"] = _in_roles(
        (p.role, resolve(p.name, p.identifier), _share(p.share), cut(p.name, 300))
        for p in record.parties
        if p.name
    )
    facts["places"] = tuple(
        sorted(
            (code, bool(record.names_partners), _share(record.partner_shares.get(code)))
            for code in record.partners
        )
    )
    facts["flows"] = tuple(_flow(flow, resolve) for flow in record.flows)
    return facts


def recorded(actions: Collection[Action]) -> dict[int, Facts]:
    """The facts of recorded actions by their keys, in a constant number of queries."""
    keys = [action.pk for action in actions]

    def rows(model: type[Model], *fields: str) -> dict[int, list[tuple[Any, ...]]]:
        found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        listed = model._default_manager.filter(action__in=keys).order_by(*model._meta.ordering or ("pk",))
        for key, *values in listed.values_list("action", *fields).iterator():
            found[key].append(tuple(values))
        return found

    pillars = rows(Action.pillars.through, "pillar")
    assistance = rows(Assistance, "kind")
    parties = rows(Party, "role", "organisation", "share", "printed")
    places = rows(Place, "partner__code", "named", "share")
    flows = rows(Flow, *FLOW_FIELDS)
    return {
        action.pk: {name: getattr(action, name) for name in COLUMNS}
        | {
            "pillars": tuple(sorted(pillar for (pillar,) in pillars.get(action.pk, ()))),
            "assistance": tuple(sorted(kind for (kind,) in assistance.get(action.pk, ()))),
            "parties": _in_roles(
                (role, key, _share(share), name) for role, key, share, name in parties.get(action.pk, ())
            ),
            "places": tuple(
                sorted((code or "", named, _share(share)) for code, named, share in places.get(action.pk, ()))
            ),
            "flows": tuple(flows.get(action.pk, ())),
        }
        for action in actions
    }


def first_facts(facts: Facts) -> list[tuple[str, Any, Any]]:
    """What a record that is not recorded yet states, as differences from nothing."""
    return [(name, None, value) for name, value in facts.items() if value not in ("", None, (), False)]


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], kept: frozenset[str] = frozenset()
) -> list[tuple[str, Any, Any]]:
    """(field, before, after) of every field that differs but those that are `kept`."""
    return [
        (name, before[name], after[name])
        for name in after
        if name not in kept and before[name] != after[name]
    ]
