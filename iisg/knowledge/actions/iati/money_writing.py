"""Flows as transactions and budgets of IATI, where they have the days that the schema demands."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Final

from lxml import etree

from iisg.knowledge.actions.records import ActionRecord, FlowRecord

from .codes import TRANSACTION_WORDS
from .elements import add, add_named, decimal_text
from .figures import read_number
from .own_of_sums import add_recipients, add_sectors

_BY_WORDS: Final = {words: code for code, words in TRANSACTION_WORDS.items() if code.isdigit()}
_BY_STATE: Final = {"incoming": "1", "committed": "2", "spent": "3", "pledge": "12"}
_WORDS_OF_OLD: Final = {"commitment": "2"}
_PRINTED: Final = re.compile(r"^(?P<words>[a-z ]+): (?P<amount>\S+) (?P<currency>[A-Z]{3})$")


def add_money(parent: etree._Element, record: ActionRecord, by_sum: Collection[str] = ()) -> None:
    """Budgets, planned disbursements, then transactions: the order of the schema; `by_sum` as `said_by_sums` has it."""
    budgets = [flow for flow in record.flows if flow.kind != "transaction" and _can_be_said(flow)]
    planned = [flow for flow in budgets if flow.printed.startswith("planned disbursement")]
    for flow in budgets:
        if flow not in planned:
            _add_budget(parent, flow, record)
    for flow in planned:
        _add_planned(parent, flow)
    for flow in record.flows:
        if is_a_transaction(flow) and flow.happened.first:
            transaction = _add_transaction(parent, flow, flow.happened.first)
            if "sectors" in by_sum:
                add_sectors(transaction, flow.sectors)
            if "recipients" in by_sum:
                add_recipients(transaction, flow.recipients)


def is_a_transaction(flow: FlowRecord) -> bool:
    """Whether it can be said as a transaction."""
    return flow.kind == "transaction" and _can_be_said(flow) and flow.happened.first is not None


def _can_be_said(flow: FlowRecord) -> bool:
    return flow.amount is not None and flow.state in _BY_STATE


def _add_budget(parent: etree._Element, flow: FlowRecord, record: ActionRecord) -> None:
    """A total without a period of its own is the budget of the whole time of the action."""
    first = flow.period_from.first or (record.start.first if flow.kind == "total" else None)
    last = flow.period_to.last or (record.end.last if flow.kind == "total" else None)
    if first is None or last is None or flow.state == "incoming":
        return
    budget = add(parent, "budget", status="2" if flow.state in ("committed", "spent") else "1")
    _add_period(budget, first, last)
    _add_value(budget, flow, flow.happened.first or first)


def _add_planned(parent: etree._Element, flow: FlowRecord) -> None:
    first = flow.period_from.first
    if first is None:
        return
    planned = add(parent, "planned-disbursement")
    _add_period(planned, first, flow.period_to.last)
    _add_value(planned, flow, flow.happened.first or first)
    _add_ends(planned, flow)


def _add_transaction(parent: etree._Element, flow: FlowRecord, day: date) -> etree._Element:
    words = flow.printed.partition(":")[0]
    code = _BY_WORDS.get(words) or _WORDS_OF_OLD.get(words) or _BY_STATE[flow.state]
    transaction = add(parent, "transaction")
    add(transaction, "transaction-type", code=code)
    add(transaction, "transaction-date", {"iso-date": day.isoformat()})
    _add_value(transaction, flow, day)
    _add_ends(transaction, flow)
    return transaction


def _add_period(parent: etree._Element, first: date, last: date | None) -> None:
    add(parent, "period-start", {"iso-date": first.isoformat()})
    if last is not None:
        add(parent, "period-end", {"iso-date": last.isoformat()})


def _add_value(parent: etree._Element, flow: FlowRecord, day: date) -> None:
    """The amount in the digits that the source printed, where they mean the same sum."""
    amount = flow.amount or Decimal(0)
    match = _PRINTED.match(flow.printed)
    printed = match["amount"] if match else ""
    text = printed if printed and read_number(printed) == amount else decimal_text(amount)
    valued = flow.valued.first or day
    add(parent, "value", {"value-date": valued.isoformat()}, currency=flow.currency).text = text


def _add_ends(parent: etree._Element, flow: FlowRecord) -> None:
    ends = (
        ("provider", flow.source, flow.source_activity),
        ("receiver", flow.destination, flow.destination_activity),
    )
    for side, name, activity in ends:
        if name:
            end = add_named(parent, f"{side}-org", name)
            if activity:
                end.set(f"{side}-activity-id", activity)
