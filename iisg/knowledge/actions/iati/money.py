"""The money of an activity: transactions and budgets as flows, nothing invented and nothing counted twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from lxml import etree

from iisg.foundations.core.periods import NOTHING_PRINTED, PrintedDate, add_months
from iisg.knowledge.actions.records import FlowRecord

from .children import every, first
from .codes import FLOW_STATES, TRANSACTION_WORDS
from .figures import read_number
from .notes import Notes
from .places import recipients_of
from .sectors import sectors_of
from .times import read_date
from .words import is_blacked_out, name_of, one_line


def read_flows(
    activity: etree._Element, codes: Mapping[str, str], notes: Notes
) -> tuple[list[FlowRecord], str]:
    """(flows, note): transactions and budgets; planned disbursements stand in where there is no budget.

    `codes` maps country codes to those of the partners: a transaction may name its own recipient, and its own sector.
    """
    default = _default_currency(activity)
    flows, transaction_note = _transactions(activity, default, codes, notes)
    budgets = _budgets(activity, default, notes)
    planned = every(activity, "planned-disbursement")
    planned_note = ""
    if budgets:
        planned_note = (
            f"{len(planned)} planned disbursements besides the budget, not counted" if planned else ""
        )
    else:
        budgets = [_planned(element, default, notes) for element in planned]
    return budgets + flows, "; ".join(part for part in (transaction_note, planned_note) if part)


def _transactions(
    activity: etree._Element, default: str, codes: Mapping[str, str], notes: Notes
) -> tuple[list[FlowRecord], str]:
    flows: list[FlowRecord] = []
    left_out: Counter[str] = Counter()
    for element in every(activity, "transaction"):
        kind = first(element, "transaction-type")
        code = one_line(kind.get("code")).upper() if kind is not None else ""
        words = TRANSACTION_WORDS.get(code, "")
        if not words:
            notes.warn(
                "iati.unknown-transaction-type",
                f"'{code}' is no type of transaction."
                if code
                else "A transaction does not say of which type it is.",
                "It was left out of the money; ask the publisher.",
                kind if kind is not None else element,
            )
        state = FLOW_STATES.get(code, "")
        if state:
            flow = _transaction(element, state, words, default, notes)
            flow.sectors = sectors_of(every(element, "sector"))
            flow.recipients = recipients_of(element, codes)
            flows.append(flow)
        else:
            left_out[words or f"unknown type '{code}'"] += 1
    note = "; ".join(f"{number} × {words}: left out of the flows" for words, number in left_out.items())
    return flows, note


def _transaction(element: etree._Element, state: str, words: str, default: str, notes: Notes) -> FlowRecord:
    value = first(element, "value")
    amount, currency, printed = _sum(element, default, notes, "iati.transaction")
    happened = read_date(first(element, "transaction-date"), notes)
    valued = read_date(value if value is not None and value.get("value-date") else None, notes, "value-date")
    happened = happened if happened.printed else valued
    provider, receiver = first(element, "provider-org"), first(element, "receiver-org")
    return FlowRecord(
        state, amount, currency, "transaction", _party(provider), _party(receiver), happened,
        printed=f"{words}: {printed}".rstrip(": "),
        source_activity=one_line(provider.get("provider-activity-id")) if provider is not None else "",
        destination_activity=one_line(receiver.get("receiver-activity-id")) if receiver is not None else "",
        valued=valued if valued != happened else NOTHING_PRINTED,
    )  # fmt: skip


def _budgets(activity: etree._Element, default: str, notes: Notes) -> list[FlowRecord]:
    """One flow per period: a revised budget replaces the original, which stays visible in `printed`."""
    chosen: dict[tuple[str, str], tuple[str, FlowRecord]] = {}
    extra: list[FlowRecord] = []
    for element in every(activity, "budget"):
        flow = _period_flow(
            element, default, notes, "committed" if _is_committed(element) else "pledge", "budget"
        )
        kind = one_line(element.get("type")).lower()
        kind = {"original": "1", "revised": "2"}.get(kind, kind)
        period = (flow.period_from.printed, flow.period_to.printed)
        before = chosen.get(period)
        if before is None:
            chosen[period] = (kind, flow)
        elif before[0] == kind or not {before[0], kind} <= {"1", "2"}:
            extra.append(flow)
        else:
            new, old = (flow, before[1]) if kind == "2" else (before[1], flow)
            new.printed = f"{new.printed}; revised from {old.printed}"
            chosen[period] = ("2", new)
    return [flow for _, flow in chosen.values()] + extra


def _planned(element: etree._Element, default: str, notes: Notes) -> FlowRecord:
    flow = _period_flow(element, default, notes, "pledge", "planned disbursement")
    provider, receiver = first(element, "provider-org"), first(element, "receiver-org")
    flow.source, flow.destination = _party(provider), _party(receiver)
    return flow


def _period_flow(element: etree._Element, default: str, notes: Notes, state: str, words: str) -> FlowRecord:
    amount, currency, printed = _sum(element, default, notes, "iati.budget")
    start, end = (
        read_date(first(element, "period-start"), notes),
        read_date(first(element, "period-end"), notes),
    )
    if _reversed(start, end):
        notes.warn(
            "iati.period-reversed",
            f"The period ends {end.printed}, before it starts {start.printed}.",
            "It is kept as printed; ask the publisher.",
            element,
        )
    elif start.first and end.last and end.last > add_months(start.first, 12):
        notes.warn_seldom(
            "standard.period-too-long",
            f"The period {start.printed} to {end.printed} is longer than a year.",
            "It was taken as one period; by year it can be shared by days only.",
            element,
        )
    value = first(element, "value")
    happened = read_date(
        value if value is not None and value.get("value-date") else None, notes, "value-date"
    )
    return FlowRecord(
        state, amount, currency, "budget", happened=happened, period_from=start, period_to=end,
        printed=f"{words}: {printed}".rstrip(": "),
    )  # fmt: skip


def _sum(element: etree._Element, default: str, notes: Notes, code: str) -> tuple[Decimal | None, str, str]:
    """(amount, currency, as printed); unknown is None and "", with a warning."""
    value = first(element, "value")
    text = one_line(value.text) if value is not None else ""
    currency = (one_line(value.get("currency")).upper() if value is not None else "") or default
    amount = read_number(text)
    if amount is None:
        notes.warn(
            f"{code}-without-value",
            f"'{text}' is no amount." if text else "There is no amount.",
            "The amount is unknown, not zero; ask the publisher.",
            value if value is not None else element,
        )
    elif not currency:
        notes.warn(
            f"{code}-without-currency",
            f"The amount {text} has no currency, and the activity states no default.",
            "The currency is unknown; ask the publisher.",
            value,
        )
    return amount, currency, f"{text} {currency}".strip()


def _default_currency(activity: etree._Element) -> str:
    parent = activity.getparent()
    outer = parent.get("default-currency", "") if parent is not None else ""
    return one_line(activity.get("default-currency", "") or outer).upper()


def _party(element: etree._Element | None) -> str:
    """The name of a body at one end of a flow, "" where it is not said or blacked out."""
    name = (name_of(element) or one_line(element.get("ref"))) if element is not None else ""
    return "" if is_blacked_out(name) else name


def _is_committed(budget: etree._Element) -> bool:
    """BudgetStatus: 1 (or nothing) is indicative, 2 is committed."""
    return one_line(budget.get("status")) == "2"


def _reversed(start: PrintedDate, end: PrintedDate) -> bool:
    return bool(start.first and end.last and end.last < start.first)
