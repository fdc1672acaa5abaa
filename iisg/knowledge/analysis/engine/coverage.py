"""Coverage of needs at a date: covered, partly, gap, or not known (rules.md 5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from iisg.knowledge.analysis.engine.chains import Chains, sum_without_parts
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
    """One answer per need and partner, by need reference and then the partners' order.

    Only what a person judged full or partial counts, only while its action runs at the date, and only for
    partners that the action reaches. What is unknown leaves the need not known, never a gap: an action whose
    time or partners are unknown, an action that was judged but is not among `actions`, and the silence of
    anybody asked where the need's own pillar is unknown. The order of the input is irrelevant.
    """
    by_ref = {action.ref: action for action in actions}
    running = {ref: running_at(action, at) for ref, action in by_ref.items()}
    chains = Chains.of_parts(by_ref.values())
    answers: dict[str, list[ResponseRow]] = defaultdict(list)
    for response in responses:
        if response.degree in ("full", "partial"):
            answers[response.need].append(response)
            by_ref.setdefault(response.action, ActionRow(response.action))
            running.setdefault(response.action, Running.UNKNOWN)
    silent = sorted(set(outstanding), key=lambda o: (o.organisation, o.pillar, o.partner))
    return [
        _answer(
            need, partner, sorted(answers[need.ref], key=lambda r: r.action), by_ref, running, chains, silent
        )
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
    chains: Chains,
    silent: list[Outstanding],
) -> NeedCoverage:
    judged = _judged(partner, answers, actions, running)
    missing = not_answered(need, partner, silent)
    open_question = bool(judged.by_time[Running.UNKNOWN] or judged.partners_unknown or missing)
    state, met = _state(need, judged.counted, chains, open_question)
    naming = [(r, a) for r, a in judged.counted if partner in a.named]
    state_named, _ = _state(need, naming, chains, open_question)
    refs = tuple(sorted({a.ref for _, a in judged.counted}))
    times = (Running.FINISHED, Running.STOPPED, Running.PLANNED)
    past = {ref for time in times for ref in judged.by_time[time]}
    return NeedCoverage(
        need=need.ref,
        partner=partner,
        state=state,
        state_named=state_named,
        running=refs,
        unknown_time=tuple(sorted({*judged.by_time[Running.UNKNOWN], *judged.partners_unknown})),
        not_counted=tuple(sorted(past)),
        outstanding=missing,
        quantity_met=met,
        sentence_parts=tuple(_sentence(need, judged, naming, refs, missing, met)),
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


def not_answered(need: NeedRow, partner: str, silent: Iterable[Outstanding]) -> tuple[str, ...]:
    """Members asked about a pillar of the need that have not answered, in the order of `silent`.

    A partner's silence concerns only itself; a need of unknown pillar may be of any.
    """
    concerned = [o for o in silent if not need.pillars or o.pillar in need.pillars]
    return tuple(dict.fromkeys(o.organisation for o in concerned if o.partner in ("", partner)))


def _state(
    need: NeedRow,
    counted: list[tuple[ResponseRow, ActionRow]],
    chains: Chains,
    open_question: bool,
) -> tuple[State, Decimal | None]:
    """The state that these answers give, with the quantity met where the need has one."""
    if not counted:
        return (State.NOT_KNOWN if open_question else State.GAP), None
    if need.quantity is not None:
        stated = quantity_stated(counted, chains)
        if stated is None:
            return State.PARTLY, None
        return (State.COVERED if stated >= need.quantity else State.PARTLY), min(stated, need.quantity)
    full = any(response.degree == "full" for response, _ in counted)
    return (State.COVERED if full else State.PARTLY), None


def quantity_stated(counted: list[tuple[ResponseRow, ActionRow]], chains: Chains) -> Decimal | None:
    """What the answers provide in the need's unit, a whole and its parts once; None if none states it."""
    stated: dict[str, Decimal] = {}
    for response, action in counted:
        if response.quantity is not None:
            stated[action.ref] = max(response.quantity, stated.get(action.ref, Decimal(0)))
    return sum_without_parts(stated, chains) if stated else None


Part = tuple[str, tuple[str, ...]]


def _sentence(
    need: NeedRow,
    judged: _Judged,
    naming: list[tuple[ResponseRow, ActionRow]],
    refs: tuple[str, ...],
    missing: tuple[str, ...],
    met: Decimal | None,
) -> Iterable[Part]:
    """What led to the answer, as codes with values for a page to word."""
    if refs:
        yield "answered_by", refs
        if not naming:
            yield "regional_only", ()
    if need.quantity is not None and refs:
        yield "quantity", (str(met if met is not None else ""), str(need.quantity), need.unit)
        told = {a.ref for r, a in judged.counted if r.quantity is not None}
        unstated = tuple(sorted({a.ref for r, a in judged.counted if r.degree == "full"} - told))
        if unstated:
            yield "quantity_not_stated", unstated
    for code, time in (
        ("finished", Running.FINISHED),
        ("planned", Running.PLANNED),
        ("stopped", Running.STOPPED),
        ("time_unknown", Running.UNKNOWN),
    ):
        if judged.by_time[time]:
            yield code, tuple(sorted(set(judged.by_time[time])))
    if judged.partners_unknown:
        yield "partners_unknown", tuple(sorted(set(judged.partners_unknown)))
    if missing:
        yield "not_answered", missing
    if not refs and not any(judged.by_time.values()) and not judged.partners_unknown:
        yield "nobody_named", ()
