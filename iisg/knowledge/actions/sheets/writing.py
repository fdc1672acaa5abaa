"""Records as rows of the house's own columns, from which the reader makes the same records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from iisg.foundations.core.periods import PrintedDate
from iisg.foundations.core.plain_values import LONGEST_CELL
from iisg.knowledge.actions.records import ActionRecord, FlowRecord, NeedRecord

from .columns import LONG_TEXTS, ROLES
from .figures import read_written_date
from .marks import join, join_shares

Cell = str | int | Decimal | None
Cells = dict[str, Cell]
"""One row by the names of its columns; what is not there is blank."""

_AS_THEY_STAND = {
    "title": "title",
    "title_language": "title_language",
    "title_original": "title_original",
    "original_language": "original_language",
    "action_kind": "kind",
    "kind": "form",
    "other_beneficiaries": "other_beneficiaries",
    "scope": "scope",
    "pillar_basis": "pillar_basis",
    "assistance_type": "assistance_printed",
    "duration_months": "duration_months",
    "date_note": "date_note",
    "action_stage": "stage",
    "stage_in_source": "stage_printed",
    "money_note": "money_note",
    "iisg_link_in_source": "mechanism_link",
    "summary": "summary",
    "source_url": "source_url",
    "second_source_url": "second_source_url",
}
"""Column to the field of an action that it holds."""
_NEED_AS_THEY_STAND = (
    "title_original", "original_language", "pillar_basis", "four_p_basis", "perspective", "priority", "quantity",
    "unit", "basis", "source_body", "source_year", "source_url", "notes", "body", "capability", "met_when",
    "references",
)  # fmt: skip


def action_row(record: ActionRecord) -> Cells:
    """The action in one row, without its money."""
    row: Cells = {column: getattr(record, field) for column, field in _AS_THEY_STAND.items()}
    row |= {"ref": record.ref, "reporter": record.reporter.name if record.reporter else ""}
    for column, role in ROLES.items():
        row[column] = join_shares((p.name, p.share) for p in record.parties if p.role == role)
    row["beneficiaries"] = join_shares((code, record.partner_shares.get(code)) for code in record.partners)
    row["partners_named"] = _yes_no(record.names_partners if record.partners else None)
    row["pillar"], row["assistance_kinds"] = join(record.pillars), join(record.assistance)
    row["sectors"] = " ".join(record.sectors)
    row["start_date"], row["start_printed"] = written_date(record.start)
    row["end_date"], row["end_printed"] = written_date(record.end, last=True)
    row["parent_ref"] = join(record.parent_refs)
    row["public"] = _yes_no(record.published)
    row["second_hand"] = "yes" if record.second_hand else ""
    return row


def money_row(record: ActionRecord, flow: FlowRecord) -> Cells:
    """One flow, with the reference by which it finds its action."""
    on, printed = written_date(flow.happened)
    return {
        "ref": record.ref,
        "reporter": record.reporter.name if record.reporter else "",
        "money_state": flow.state,
        "money_figure": flow.kind,
        "money_amount": flow.amount,
        "money_currency": flow.currency,
        "money_from": flow.source,
        "money_to": flow.destination,
        "money_date": on,
        "money_date_printed": printed,
        "money_valued": _day(flow.valued.first),
        "money_from_action": flow.source_activity,
        "money_to_action": flow.destination_activity,
        "money_period_from": _day(flow.period_from.first),
        "money_period_to": _day(flow.period_to.last),
        "money_printed": flow.printed,
        "money_sectors": " ".join(flow.sectors),
        "money_recipients": join(flow.recipients),
    }


def action_rows(record: ActionRecord) -> Iterator[Cells]:
    """The action with its first flow in one row, and a row for each further flow."""
    flows = [money_row(record, flow) for flow in record.flows]
    yield action_row(record) | (flows[0] if flows else {})
    yield from flows[1:]


def need_rows(record: NeedRecord) -> Iterator[Cells]:
    """The need with its first place in the framework in one row, and a row for each further place."""
    row: Cells = {name: getattr(record, name) for name in _NEED_AS_THEY_STAND}
    row |= {"need": record.title, "partner": join(record.partners), "need_kind": join(record.kinds)}
    row["needed_by"] = _day(record.needed_by)
    for place in record.places:
        yield row | {
            "ref": record.ref,
            "pillar": join(place.pillars),
            "four_p": place.four_p,
            "objective": place.objective,
            "measure": place.measure,
        }
        row = {}


def fitting(rows: Iterable[Cells], longest: int = LONGEST_CELL) -> Iterator[Cells]:
    """Rows whose texts fit into the cells of a workbook: what is too long goes on in a further row."""
    for row in rows:
        rest = {name: text for name in LONG_TEXTS if len(text := str(row.get(name) or "")) > longest}
        cuts = {name: _cut(text, longest) for name, text in rest.items()}
        yield row | {name: rest[name][:cut] for name, cut in cuts.items()}
        if rest:
            going_on: Cells = {"ref": row["ref"], "reporter": row.get("reporter")}
            yield from fitting([going_on | {name: rest[name][cut:] for name, cut in cuts.items()}], longest)


def _cut(text: str, longest: int) -> int:
    """Where to divide a text: no blank on either side, for blanks at the ends of a cell are not kept."""
    inside = range(longest, 1, -1)
    return next((at for at in inside if not text[at - 1].isspace() and not text[at].isspace()), longest)


def written_date(printed: PrintedDate, *, last: bool = False) -> tuple[str, str]:
    """(what was understood: a day, month or year, "" for nothing; what is printed where that is something else).

    Of an end only the last possible day may be known, of a start the first.
    """
    known = printed.last if last else printed.first
    if known is None:
        return "", printed.printed
    understood = known.isoformat()[: {"year": 4, "month": 7}.get(printed.precision, 10)]
    same = read_written_date(printed.printed)
    if (same.last if last else same.first) == known and same.precision == (printed.precision or "day"):
        return printed.printed, ""
    return understood, printed.printed


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _yes_no(said: bool | None) -> str:
    return "" if said is None else "yes" if said else "no"
