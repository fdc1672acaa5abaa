"""Records as plain values: every fact by its name, null where it is not known."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from iisg.foundations.core.periods import PrintedDate
from iisg.knowledge.actions.records import ActionRecord, FlowRecord, NeedRecord, PartyRecord
from iisg.knowledge.actions.sheets.writing import written_date

SCHEMA: Final = "iisg-records/1"
"""Name and version of the form; the number changes where a reader of an older file would misunderstand it."""
Facts = dict[str, Any]

ACTION_TEXTS: Final = (
    "title", "title_language", "title_original", "original_language", "summary", "kind", "form", "scope",
    "other_beneficiaries", "pillar_basis", "assistance_printed", "date_note", "stage", "stage_printed",
    "money_note", "mechanism_link", "source_url", "second_source_url",
)  # fmt: skip
NEED_TEXTS: Final = (
    "title", "title_original", "original_language", "pillar_basis", "four_p_basis", "perspective", "priority",
    "unit", "basis", "source_body", "source_url", "notes", "body", "capability", "met_when", "references",
)  # fmt: skip


def action_facts(record: ActionRecord) -> Facts:
    """All facts of an action."""
    facts: Facts = {"ref": record.ref, "reporter": _body(record.reporter) if record.reporter else None}
    facts |= {name: getattr(record, name) or None for name in ACTION_TEXTS}
    return facts | {
        "parties": [{"role": party.role} | _body(party) for party in record.parties],
        "partners": [
            {"code": code} | _known(share=record.partner_shares.get(code)) for code in record.partners
        ],
        "second_hand": record.second_hand or None,
        "names_partners": record.names_partners if record.partners else None,
        "pillars": list(record.pillars),
        "assistance": list(record.assistance),
        "sectors": list(record.sectors),
        "start": _date(record.start),
        "end": _date(record.end, last=True),
        "duration_months": record.duration_months,
        "flows": [_flow(flow) for flow in record.flows],
        "part_of": list(record.parent_refs),
        "public": record.published,
    }


def need_facts(record: NeedRecord) -> Facts:
    """All facts of a need."""
    facts: Facts = {"ref": record.ref} | {name: getattr(record, name) or None for name in NEED_TEXTS}
    return facts | {
        "partners": list(record.partners),
        "kinds": list(record.kinds),
        "quantity": record.quantity,
        "needed_by": _day(record.needed_by),
        "source_year": record.source_year,
        "places": [
            {
                "pillars": list(place.pillars),
                "four_p": place.four_p or None,
                "objective": place.objective or None,
                "measure": place.measure or None,
            }
            for place in record.places
        ],
    }


def _body(party: PartyRecord) -> Facts:
    return {"name": party.name} | _known(identifier=party.identifier, share=party.share)


def _flow(flow: FlowRecord) -> Facts:
    return {
        "state": flow.state,
        "kind": flow.kind,
        "amount": flow.amount,
        "currency": flow.currency or None,
        "from": flow.source or None,
        "to": flow.destination or None,
        "date": _date(flow.happened),
        "valued": _day(flow.valued.first),
        "from_action": flow.source_activity or None,
        "to_action": flow.destination_activity or None,
        "sectors": list(flow.sectors),
        "recipients": list(flow.recipients),
        "period_from": _day(flow.period_from.first),
        "period_to": _day(flow.period_to.last),
        "printed": flow.printed or None,
    }


def _date(printed: PrintedDate, *, last: bool = False) -> Facts | str | None:
    """A text where it is printed as it was understood, an object where both differ, null for nothing."""
    understood, words = written_date(printed, last=last)
    return {"date": understood or None, "printed": words} if words else understood or None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _known(**facts: Any) -> Facts:
    return {name: value for name, value in facts.items() if value not in (None, "")}
