"""The facts of a record whose file speaks of some only, completed by what is recorded of the same action."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from iisg.foundations.core.periods import PrintedDate, add_months
from iisg.knowledge.actions import comparing
from iisg.knowledge.actions.comparing import FLOW_FIELDS, Facts
from iisg.knowledge.actions.models import FlowState, PartyRole
from iisg.knowledge.actions.partner_names import PARTNERS_IN_ORDER
from iisg.knowledge.actions.records import ActionRecord

Row = tuple[Any, ...]
_DATES: Final = frozenset(("start_on", "end_on", "duration_months"))
_MEANT_BY_A_BUDGET: Final = (FlowState.PLEDGE, FlowState.COMMITTED)
_NEVER_TAKEN_OVER: Final = frozenset(("state", "printed"))
"""Facts of money that belong to its amount: another amount does not take them over."""


def completed(record: ActionRecord, stated: Facts, recorded: Facts) -> Facts:
    """What the record states, and of all that its file does not speak of (`record.silent`) what is recorded."""
    silent = frozenset(record.silent)
    if not silent:
        return stated
    facts = stated | {name: recorded[name] for name in silent if name in recorded}
    if "parties" not in silent:
        facts["parties"] = _parties(stated["parties"], recorded["parties"], silent)
    if "places" not in silent:
        facts["places"] = _places(stated["places"], recorded["places"], silent)
    if "flows" not in silent:
        facts["flows"] = _flows(stated["flows"], recorded["flows"], silent)
    if 0 < len(_DATES & silent) < len(_DATES):
        facts |= _days(record, recorded, silent)
    return facts


def _parties(stated: tuple[Row, ...], recorded: tuple[Row, ...], silent: Collection[str]) -> tuple[Row, ...]:
    """Role by role: one without a column stays; shares stay where the bodies are the same and none is stated."""
    found: list[Row] = []
    for role in PartyRole.values:
        mine, theirs = ([each for each in rows if each[0] == role] for rows in (stated, recorded))
        if not mine and f"parties.{role}" in silent:
            mine = theirs
        elif "parties.share" in silent and all(share is None for _role, _body, share, _printed in mine):
            shares = {body: share for _role, body, share, _printed in theirs}
            if {body for _role, body, *_rest in mine} == shares.keys():
                mine = [(role, body, shares[body], printed) for _role, body, _share, printed in mine]
        found += mine
    return tuple(found)


def _places(stated: tuple[Row, ...], recorded: tuple[Row, ...], silent: Collection[str]) -> tuple[Row, ...]:
    """Whether partners are named and their shares stay where the file says neither and means the same partners."""
    before = {code: (named, share) for code, named, share in recorded}
    if {code for code, *_rest in stated} != before.keys():
        return stated
    unnamed = "places.named" in silent and ("places.region" in silent or len(stated) < len(PARTNERS_IN_ORDER))
    unshared = "places.share" in silent and all(share is None for _code, _named, share in stated)
    return tuple(
        (
            code,
            before[code][0] if unnamed else named,
            before[code][1] if unshared else share,
        )
        for code, named, share in stated
    )


def _days(record: ActionRecord, recorded: Facts, silent: Collection[str]) -> Facts:
    """Start, end and duration as the file has them, else as recorded; an end computed before is computed anew."""
    start, end, duration = record.start, record.end, record.duration_months
    if "start_on" in silent:
        first, precision = recorded["start_on"], recorded["start_precision"]
        last = add_months(first, 1) - timedelta(days=first.day) if first and precision == "month" else first
        start = PrintedDate(recorded["start_printed"], first, last, precision)
    if "end_on" in silent:
        day = None if recorded["end_derived"] else recorded["end_on"]
        end = PrintedDate(recorded["end_printed"], day, day, recorded["end_precision"] if day else "")
    if "duration_months" in silent:
        duration = recorded["duration_months"]
    return comparing.days(replace(record, start=start, end=end, duration_months=duration))


def _flows(stated: tuple[Row, ...], recorded: tuple[Row, ...], silent: Collection[str]) -> tuple[Row, ...]:
    """Each sum as recorded where it agrees in all that the file says of it, else with what it does not say.

    A file that knows a budget only says nothing of money spent or received, and nothing of the parts of a budget.
    """
    untold = frozenset(name for name in FLOW_FIELDS if f"flows.{name}" in silent)
    if not untold:
        return stated
    budget, others = list(recorded), list[Row]()
    if "flows.others" in silent:
        budget = [flow for flow in recorded if flow[0] in _MEANT_BY_A_BUDGET]
        others = [flow for flow in recorded if flow[0] not in _MEANT_BY_A_BUDGET]
    if "flows.parts" in silent and _is_sum(stated, budget, untold):
        return recorded
    left, found = list(budget), list[Row]()
    for position, flow in enumerate(stated):
        same = next((each for each in left if _agree(flow, each, untold)), None)
        if same is not None:
            left.remove(same)
            found.append(same)
            continue
        like = budget[position : position + 1] if len(budget) == len(stated) else budget
        found.append(_filled(flow, like, untold))
    found += others
    return recorded if Counter(found) == Counter(recorded) else tuple(found)


def _agree(flow: Row, other: Row, untold: Collection[str]) -> bool:
    return all(a == b for name, a, b in zip(FLOW_FIELDS, flow, other, strict=True) if name not in untold)


def _is_sum(stated: tuple[Row, ...], parts: list[Row], untold: Collection[str]) -> bool:
    """Whether one sum is stated that several recorded ones of one currency add up to."""
    if len(stated) != 1 or len(parts) < 2:
        return False
    flow, rows = _named(stated[0]), [_named(part) for part in parts]
    currencies = {row["currency"] for row in rows}
    amounts = [row["amount"] for row in rows]
    same = len(currencies) == 1 and ("currency" in untold or currencies == {flow["currency"]})
    return same and None not in amounts and sum(amounts) == flow["amount"]


def _filled(flow: Row, like: list[Row], untold: frozenset[str]) -> Row:
    """The sum with what the file does not say of it, where all that it may replace have the same."""
    values = _named(flow)
    for name in untold - _NEVER_TAKEN_OVER:
        kept = {_named(each)[name] for each in like}
        if len(kept) == 1:
            values[name] = kept.pop()
    return tuple(values.values())


def _named(flow: Row) -> dict[str, Any]:
    return dict(zip(FLOW_FIELDS, flow, strict=True))
