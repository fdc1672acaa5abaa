"""Coverage of needs at a date: covered, partly, gap, or not known (rules.md 5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from iisg.knowledge.analysis.engine.rows import (
    PARTNERS,
    ActionRow,
    NeedCoverage,
    NeedRow,
    Outstanding,
    ResponseRow,
    Running,
    State,
)
from iisg.knowledge.analysis.engine.running import running_at

STRENGTH = (State.GAP, State.NOT_KNOWN, State.PARTLY, State.COVERED)
"""The states from worst to best: an added response never moves a need to the left."""


@dataclass(slots=True)
class _Judged:
    """The judged answers of one need that reach one partner, by what the date makes of them."""

    counted: list[tuple[ResponseRow, ActionRow]] = field(default_factory=list)
    by_time: dict[Running, list[str]] = field(default_factory=lambda: defaultdict(list))
    partners_unknown: list[str] = field(default_factory=list)


def coverage(
    needs: Iterable[NeedRow],
    actions: Iterable[ActionRow],
    responses: Iterable[ResponseRow],
    outstanding: Iterable[Outstanding],
    at: date,
) -> list[NeedCoverage]:
    """One answer per need and partner, by need reference and then the partners' order; the input's order is irrelevant.

    Only what a person judged full or partial counts, only while its action runs at the date, and only for partners
    that the action reaches. An action whose time or partners are unknown leaves the need not known, never a gap.
    """
    by_ref = {action.ref: action for action in actions}
    running = {ref: running_at(action, at) for ref, action in by_ref.items()}
    answers: dict[str, list[ResponseRow]] = defaultdict(list)
    for response in responses:
        if response.degree in ("full", "partial") and response.action in by_ref:
            answers[response.need].append(response)
    silent = sorted(set(outstanding), key=lambda o: (o.organisation, o.pillar, o.partner))
    return [
        _answer(need, partner, sorted(answers[need.ref], key=lambda r: r.action), by_ref, running, silent)
        for need in sorted(needs, key=lambda n: n.ref)
        for partner in PARTNERS
        if partner in need.partners
    ]


def _answer(
    need: NeedRow,
    partner: str,
    answers: list[ResponseRow],
    actions: Mapping[str, ActionRow],
    running: Mapping[str, Running],
    silent: list[Outstanding],
) -> NeedCoverage:
    judged = _judged(partner, answers, actions, running)
    not_answered = _not_answered(need, partner, silent)
    open_question = bool(judged.by_time[Running.UNKNOWN] or judged.partners_unknown or not_answered)
    state, met = _state(need, judged.counted, actions, open_question)
    naming = [(r, a) for r, a in judged.counted if partner in a.named]
    state_named, _ = _state(need, naming, actions, open_question)
    refs = tuple(sorted(a.ref for _, a in judged.counted))
    past = [*judged.by_time[Running.FINISHED], *judged.by_time[Running.STOPPED], *judged.by_time[Running.PLANNED]]
    return NeedCoverage(
        need=need.ref,
        partner=partner,
        state=state,
        state_named=state_named,
        running=refs,
        unknown_time=tuple(sorted([*judged.by_time[Running.UNKNOWN], *judged.partners_unknown])),
        not_counted=tuple(sorted(past)),
        outstanding=not_answered,
        quantity_met=met,
        sentence_parts=tuple(_sentence(need, judged, naming, refs, not_answered, met)),
    )


def _judged(
    partner: str, answers: list[ResponseRow], actions: Mapping[str, ActionRow], running: Mapping[str, Running]
) -> _Judged:
    """Sort the answers of a need: what counts for the partner, what does not and why."""
    judged = _Judged()
    for response in answers:
        action = actions[response.action]
        if action.partners and partner not in action.partners:
            continue
        time = running[action.ref]
        if time is Running.RUNNING and not action.partners:
            judged.partners_unknown.append(action.ref)
        elif time is Running.RUNNING:
            judged.counted.append((response, action))
        else:
            judged.by_time[time].append(action.ref)
    return judged


def _not_answered(need: NeedRow, partner: str, silent: list[Outstanding]) -> tuple[str, ...]:
    """Members asked about a pillar of the need that have not answered; a partner's silence concerns only itself."""
    found = [o.organisation for o in silent if o.pillar in need.pillars and o.partner in ("", partner)]
    return tuple(dict.fromkeys(found))


def _state(
    need: NeedRow,
    counted: list[tuple[ResponseRow, ActionRow]],
    actions: Mapping[str, ActionRow],
    open_question: bool,
) -> tuple[State, Decimal | None]:
    """The state that these answers give, with the quantity met where the need has one."""
    if not counted:
        return (State.NOT_KNOWN if open_question else State.GAP), None
    if need.quantity is not None:
        met = quantity_met(counted, actions)
        return (State.COVERED if met is not None and met >= need.quantity else State.PARTLY), met
    full = any(response.degree == "full" for response, _ in counted)
    return (State.COVERED if full else State.PARTLY), None


def quantity_met(counted: list[tuple[ResponseRow, ActionRow]], actions: Mapping[str, ActionRow]) -> Decimal | None:
    """Sum of the stated quantities, a whole and its parts counted once: the larger of the two; None if none is stated."""
    stated: dict[str, Decimal] = {}
    for response, action in counted:
        if response.quantity is not None:
            stated[action.ref] = max(response.quantity, stated.get(action.ref, Decimal(0)))
    if not stated:
        return None
    above = {ref: _nearest_above(ref, stated, actions) for ref in stated}
    parts: dict[str, list[str]] = defaultdict(list)
    for ref, parent in above.items():
        if parent is not None:
            parts[parent].append(ref)

    def worth(ref: str, seen: frozenset[str]) -> Decimal:
        below = [part for part in parts[ref] if part not in seen]
        return max(stated[ref], sum((worth(part, seen | {part}) for part in below), Decimal(0)))

    return sum((worth(ref, frozenset({ref})) for ref, parent in above.items() if parent is None), Decimal(0))


def _nearest_above(ref: str, among: Mapping[str, object], actions: Mapping[str, ActionRow]) -> str | None:
    """The nearest action above in the chain of parts that is among those counted; a circle has its smallest on top."""
    level, seen = sorted(actions[ref].parents), {ref}
    while level:
        for parent in level:
            if parent in among and not (_leads_to(parent, ref, actions) and ref < parent):
                return parent
        seen.update(level)
        above = {p for known in level if known in actions for p in actions[known].parents}
        level = sorted(above - seen)
    return None


def _leads_to(start: str, end: str, actions: Mapping[str, ActionRow]) -> bool:
    """Whether the chain of parts leads upwards from start to end."""
    waiting, seen = [start], set[str]()
    while waiting:
        ref = waiting.pop()
        if ref in seen or ref not in actions:
            continue
        seen.add(ref)
        if end in actions[ref].parents:
            return True
        waiting += actions[ref].parents
    return False


Part = tuple[str, tuple[str, ...]]


def _sentence(
    need: NeedRow,
    judged: _Judged,
    naming: list[tuple[ResponseRow, ActionRow]],
    refs: tuple[str, ...],
    not_answered: tuple[str, ...],
    met: Decimal | None,
) -> Iterable[Part]:
    """What led to the answer, as codes with values for a page to word."""
    if refs:
        yield "answered_by", refs
        if not naming:
            yield "regional_only", ()
    if need.quantity is not None and refs:
        yield "quantity", (str(met if met is not None else ""), str(need.quantity), need.unit)
        unstated = tuple(a.ref for r, a in judged.counted if r.degree == "full" and r.quantity is None)
        if unstated:
            yield "quantity_not_stated", unstated
    for code, time in (
        ("finished", Running.FINISHED),
        ("planned", Running.PLANNED),
        ("stopped", Running.STOPPED),
        ("time_unknown", Running.UNKNOWN),
    ):
        if judged.by_time[time]:
            yield code, tuple(sorted(judged.by_time[time]))
    if judged.partners_unknown:
        yield "partners_unknown", tuple(judged.partners_unknown)
    if not_answered:
        yield "not_answered", not_answered
    if not refs and not any(judged.by_time.values()) and not judged.partners_unknown:
        yield "nobody_named", ()
