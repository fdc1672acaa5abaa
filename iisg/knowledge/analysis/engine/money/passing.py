"""Money passed on: OCHA's new-money factor for one action, and what links let us take out of others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

ZERO = Decimal(0)


def new_money_factor(outgoing: Decimal, incoming_committed: Decimal, incoming_received: Decimal) -> Fraction:
    """The part of an action's outgoing money that is new: max(0, outgoing - incoming) / outgoing.

    Incoming is the larger of what was promised to the reporter and what it received, never less than zero.
    Without any incoming money all is new, whatever the sign of what goes out.
    """
    incoming = max(incoming_committed, incoming_received, ZERO)
    if not incoming:
        return Fraction(1)
    if outgoing <= incoming:
        return Fraction(0)
    return Fraction(outgoing - incoming) / Fraction(outgoing)


@dataclass(frozen=True, slots=True)
class Passing:
    """`amount` of what `funder` states reaches the partners through `receiver`, which states it again."""

    funder: str
    receiver: str
    amount: Decimal


def passed_on(out: Mapping[str, Decimal], funders: Mapping[str, frozenset[str]]) -> list[Passing]:
    """How much of each action's outgoing money comes from the actions that fund it.

    `out` holds what counts of each action, `funders` whom it is funded by. No funder passes on more than it states
    itself, no action receives more than it states; what goes beyond is money from somebody else. Actions and funders
    are gone through by reference, so that the order of the input is irrelevant. In a circle of links the action with
    the smaller reference is taken as the funder.
    """
    room = {ref: amount for ref, amount in out.items() if amount > 0}
    found: list[Passing] = []
    for ref in sorted(room):
        wanted = out[ref]
        for funder in sorted(funders.get(ref, frozenset()) - {ref}):
            if ref < funder and ref in _above(funder, funders):
                continue
            taken = min(wanted, room.get(funder, ZERO))
            if taken > 0:
                room[funder] -= taken
                wanted -= taken
                found.append(Passing(funder, ref, taken))
    return found


def _above(ref: str, links: Mapping[str, frozenset[str]]) -> set[str]:
    """Everything that links lead to from `ref`, however far."""
    found: set[str] = set()
    waiting = list(links.get(ref, ()))
    while waiting:
        upper = waiting.pop()
        if upper not in found:
            found.add(upper)
            waiting.extend(links.get(upper, ()))
    return found
