"""Sums of money that can be defended: unknown stays unknown, a whole and its parts once (rules.md 6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from iisg.knowledge.analysis.engine.chains import Chains
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

    `known` actions report a sum of their own, `unknown` report none; `inside_parent` are those of the known
    whose sums are all contained in those of their whole or their parts and are therefore not added again.
    """

    sums: tuple[Total, ...]
    known: int
    unknown: int
    inside_parent: int


Counted = Mapping[str, frozenset[str]]
"""State of money -> references of the actions whose sum counts in it."""


def money_total(actions: Iterable[ActionRow]) -> Totals:
    """Sums by state and currency with their unknowns; the order of the input is irrelevant.

    In a chain of parts, commitments (and pledges, kind, incoming) are taken at the highest action that has
    them and spending at the lowest (rules.md 6.3); a sum of zero is not "having them" and hides nobody
    else's. Amounts without currency are summed under "".
    """
    rows = {action.ref: action for action in actions}
    return _totals(rows.values(), _counted(rows))


def by_reach(actions: Iterable[ActionRow], partner: str) -> Mapping[str, Totals]:
    """What one partner's sums are, in four columns that share no action and no money.

    "named" for it alone, "shared" with other partners, "regional", and "not_stated" where no partner is
    known. Money for several partners is never divided in silence: it stays whole in its own column. Whole and
    parts are weighed over all `actions` before they are put into columns, so that a part is not counted
    beside its whole.
    """
    rows = {action.ref: action for action in actions}
    columns: dict[str, list[ActionRow]] = {"named": [], "shared": [], "regional": [], "not_stated": []}
    for row in rows.values():
        if not row.partners:
            columns["not_stated"].append(row)
        elif row.partners == {partner} and row.named:
            columns["named"].append(row)
        elif partner in row.named:
            columns["shared"].append(row)
        elif partner in row.regional:
            columns["regional"].append(row)
    counted = _counted(rows)
    return {column: _totals(members, counted) for column, members in columns.items()}


def _counted(rows: Mapping[str, ActionRow]) -> Counted:
    """Whose sum counts, by state: the highest in a chain of parts that has one, for spending the lowest."""
    chains = Chains.of_parts(rows.values())
    counted: dict[str, frozenset[str]] = {}
    by_state: dict[str, set[str]] = {state: set() for state in STATES}
    for ref, row in rows.items():
        for flow in row.flows:
            if flow.amount and flow.state in by_state:
                by_state[flow.state].add(ref)
    for state, having in by_state.items():
        above = {ref: {a for a in chains.above(ref) & having if chains.is_above(a, ref)} for ref in having}
        hidden = set().union(*above.values()) if state == "spent" else {ref for ref in having if above[ref]}
        counted[state] = frozenset(having - hidden)
    return counted


def _totals(rows: Iterable[ActionRow], counted: Counted) -> Totals:
    """The sums of these actions as far as they count."""
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    givers: dict[tuple[str, str], set[str]] = defaultdict(set)
    known, unknown, silent = 0, 0, 0
    for row in rows:
        told = [(f.state, f.currency, f.amount) for f in row.flows if f.amount is not None]
        adding = [
            (s, c, amount) for s, c, amount in told if s in STATES and (row.ref in counted[s] or not amount)
        ]
        for state, currency, amount in adding:
            sums[state, currency] += amount
            givers[state, currency].add(row.ref)
        known += bool(told)
        unknown += not told
        silent += bool(told) and not adding
    return Totals(
        sums=tuple(
            Total(state, currency, sums[state, currency], len(givers[state, currency]))
            for state, currency in sorted(sums, key=lambda k: (STATES.index(k[0]), k[1]))
        ),
        known=known,
        unknown=unknown,
        inside_parent=silent,
    )
