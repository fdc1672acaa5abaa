"""An action as a file states it beside the action as recorded, field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from iisg.foundations.core.periods import add_months
from iisg.knowledge.actions.models import Action, Flow
from iisg.knowledge.actions.records import ActionRecord, FlowRecord

Facts = dict[str, Any]
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
)
"""Fields that a record and the recorded action share by name."""

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
        "start_printed": start.printed[:60],
        "end_on": end_on,
        "end_precision": "month" if derived else (end.precision if end_on else ""),
        "end_printed": end.printed[:60],
        "end_derived": derived,
    }


def _flow(flow: FlowRecord, resolve: Resolve) -> tuple[Any, ...]:
    """One flow in the form in which it is compared and stored."""
    return (
        flow.state,
        flow.kind,
        None if flow.amount is None else flow.amount.quantize(Decimal("0.01")),
        flow.currency[:3],
        resolve(flow.source, "") if flow.source else None,
        flow.source[:300],
        resolve(flow.destination, "") if flow.destination else None,
        flow.destination[:300],
        flow.happened.first,
        flow.happened.printed[:60],
        flow.period_from.first,
        flow.period_to.last,
        flow.printed[:120],
        flow.valued.first,
        flow.source_activity[:250],
        flow.destination_activity[:250],
    )


def flow_recorded(flow: Flow) -> tuple[Any, ...]:
    """A recorded flow in the same form; which report of it was chosen is no fact of the file."""
    return tuple(getattr(flow, name) for name in FLOW_FIELDS)


def _share(share: Decimal | None) -> Decimal | None:
    """Shares to four decimals, as stored; what cannot be a share is not known."""
    if share is None or not Decimal(-1000) < share < Decimal(1000):
        return None
    return share.quantize(Decimal("0.0001"))


def stated(record: ActionRecord, resolve: Resolve) -> Facts:
    """The facts of a record in the form in which they are compared and stored."""
    facts: Facts = {name: getattr(record, name) for name in PLAIN}
    facts |= {name: facts[name][:limit] for name, limit in LIMITS.items() if isinstance(facts[name], str)}
    facts |= days(record)
    facts["sectors"] = " ".join(record.sectors)[:1000]
    facts["pillars"] = tuple(sorted(record.pillars))
    facts["assistance"] = tuple(sorted(set(record.assistance)))
    facts["parties"] = tuple(
        (p.role, resolve(p.name, p.identifier), _share(p.share), p.name[:300])
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


def recorded(action: Action) -> Facts:
    """The facts of a recorded action; its relations must be fetched (`with_facts`)."""
    facts: Facts = {name: getattr(action, name) for name in PLAIN}
    facts |= {name: getattr(action, name) for name in days(ActionRecord("", ""))}
    facts["sectors"] = action.sectors
    facts["pillars"] = tuple(sorted(p.pk for p in action.pillars.all()))
    facts["assistance"] = tuple(sorted(a.kind for a in action.assistance.all()))
    parties = sorted(action.parties.all(), key=lambda p: p.order)
    facts["parties"] = tuple((p.role, p.organisation_id, _share(p.share), p.printed) for p in parties)
    facts["places"] = tuple(
        sorted((p.partner.code or "", p.named, _share(p.share)) for p in action.places.all())
    )
    facts["flows"] = tuple(flow_recorded(flow) for flow in action.flows.all())
    return facts


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], silent: frozenset[str]
) -> list[tuple[str, Any, Any]]:
    """(field, before, after) of every field that differs; `silent` are fields that the source does not speak of."""
    return [
        (name, before[name], after[name])
        for name in after
        if name not in silent and before[name] != after[name]
    ]
