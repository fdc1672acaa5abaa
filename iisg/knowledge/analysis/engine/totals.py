"""Sums of money that can be defended: unknown is counted as unknown, a whole and its parts once (rules.md 6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from iisg.knowledge.analysis.engine.rows import ActionRow

STATES = ("committed", "spent", "pledge", "in_kind", "incoming")


@dataclass(frozen=True, slots=True)
class Total:
    """A sum in one currency and one state; `actions` gave it, nothing is converted."""

    state: str
    currency: str
    amount: Decimal
    actions: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What a set of actions sums to.

    `known` actions report a sum of their own or of their parts, `unknown` report none; `inside_parent` report one that
    is contained in the sum of the action they are part of and is therefore not added again.
    """

    sums: tuple[Total, ...]
    known: int
    unknown: int
    inside_parent: int


def money_total(actions: Iterable[ActionRow]) -> Totals:
    """Sums by state and currency with their unknowns; the order of the input is irrelevant.

    In a chain of parts, commitments (and pledges, kind, incoming) are taken at the highest action that has them and
    spending at the lowest (rules.md 6.3). Amounts without currency are summed under "".
    """
    rows = {action.ref: action for action in actions}
    above = _ancestors(rows)
    below: dict[str, set[str]] = defaultdict(set)
    for ref, ancestors in above.items():
        for ancestor in ancestors:
            below[ancestor].add(ref)
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    givers: dict[tuple[str, str], set[str]] = defaultdict(set)
    contained: set[str] = set()
    for ref, row in rows.items():
        for state in STATES:
            own = [f for f in row.flows if f.state == state and f.amount is not None]
            if not own:
                continue
            relatives = below[ref] if state == "spent" else above[ref]
            if any(_has(rows[other], state) for other in relatives):
                contained.add(ref)
                continue
            for flow in own:
                if flow.amount is not None:
                    sums[state, flow.currency] += flow.amount
                    givers[state, flow.currency].add(ref)
    known = {ref for ref, row in rows.items() if any(f.amount is not None for f in row.flows)}
    return Totals(
        sums=tuple(
            Total(state, currency, sums[state, currency], len(givers[state, currency]))
            for state, currency in sorted(sums, key=lambda k: (STATES.index(k[0]), k[1]))
        ),
        known=len(known),
        unknown=len(rows) - len(known),
        inside_parent=len(contained - {ref for refs in givers.values() for ref in refs}),
    )


def by_reach(actions: Iterable[ActionRow], partner: str) -> Mapping[str, Totals]:
    """Sums for one partner, kept apart: "named" for it alone, "shared" with other named partners, "regional".

    Money for several partners is never divided in silence: without stated shares it stays whole in its own column.
    """
    rows = list(actions)
    naming = [a for a in rows if partner in a.named]
    alone = [a for a in naming if a.named == {partner} and not a.regional]
    return {
        "named": money_total(alone),
        "shared": money_total(a for a in naming if a not in alone),
        "regional": money_total(a for a in rows if partner in a.regional and partner not in a.named),
    }


def _has(action: ActionRow, state: str) -> bool:
    return any(f.state == state and f.amount is not None for f in action.flows)


def _ancestors(rows: Mapping[str, ActionRow]) -> dict[str, set[str]]:
    """Wholes that an action is part of, among the rows; in a circle the smallest reference counts as the whole."""
    found: dict[str, set[str]] = {}
    for start in rows:
        seen: set[str] = set()
        waiting = list(rows[start].parents)
        while waiting:
            ref = waiting.pop()
            if ref not in seen and ref in rows:
                seen.add(ref)
                waiting += rows[ref].parents
        found[start] = seen - {start}
    return {
        ref: {a for a in ancestors if not (ref in found[a] and ref < a)} for ref, ancestors in found.items()
    }
