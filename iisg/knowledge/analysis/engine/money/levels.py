"""Wholes and their parts: spending at the lowest, commitments at the highest, and what is not yet contracted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from iisg.knowledge.analysis.engine.chains import Chains


def hidden_wholes(having: Collection[str], chains: Chains) -> frozenset[str]:
    """Of the actions that state spending, those with a part that states some: their own is not added."""
    found = set(having)
    return frozenset(
        upper for ref in found for upper in chains.above(ref) & found if chains.is_above(upper, ref)
    )


def hidden_parts(having: Collection[str], chains: Chains) -> frozenset[str]:
    """Of the actions that state commitments, those with a whole that states some: their own is not added."""
    found = set(having)
    return frozenset(
        ref for ref in found if any(chains.is_above(upper, ref) for upper in chains.above(ref) & found)
    )


@dataclass(frozen=True, slots=True)
class Uncontracted:
    """What a whole has committed and its parts have not taken up; `rest` is below zero where they exceed it."""

    ref: str
    committed: Decimal
    contracted: Decimal
    parts: tuple[str, ...]

    @property
    def rest(self) -> Decimal:
        """Committed less contracted."""
        return self.committed - self.contracted


def not_yet_contracted(
    committed: Mapping[str, Decimal], spent: Mapping[str, Decimal], chains: Chains
) -> list[Uncontracted]:
    """For every highest commitment with parts that state a sum; by reference.

    A part takes up what it commits; where nothing at it or above it inside the whole commits, what it spends.
    A whole whose parts state nothing is left out: how much is contracted is then not known.
    """
    below: dict[str, set[str]] = {}
    for ref in {*committed, *spent}:
        for upper in chains.above(ref):
            if upper in committed and chains.is_above(upper, ref):
                below.setdefault(upper, set()).add(ref)
    hidden = hidden_parts(committed, chains)
    found = []
    for ref in sorted(set(below) - hidden):
        parts = below[ref]
        commits = {part for part in parts if part in committed}
        commits -= hidden_parts(commits, chains)
        spends = {
            part
            for part in parts - set(committed)
            if part in spent and not any(chains.is_above(upper, part) for upper in commits)
        }
        spends -= hidden_wholes(spends, chains)
        spends = {part for part in spends if not any(chains.is_above(part, lower) for lower in commits)}
        taken = sum((committed[p] for p in commits), Decimal(0)) + sum((spent[p] for p in spends), Decimal(0))
        found.append(Uncontracted(ref, committed[ref], taken, tuple(sorted(commits | spends))))
    return found
