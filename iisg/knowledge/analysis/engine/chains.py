"""Chains of part_of, and the rule that a whole and its part are never both counted (rules.md 5 and 6.3)."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from iisg.knowledge.analysis.engine.rows import ActionRow


@dataclass(slots=True)
class Chains:
    """Who stands above whom; `links` lead from a reference to those directly above, circles do no harm."""

    links: Mapping[str, frozenset[str]]
    _above: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of_parts(cls, actions: Iterable[ActionRow]) -> Chains:
        """Chains of part_of."""
        return cls({a.ref: a.parents for a in actions if a.parents})

    def above(self, ref: str) -> frozenset[str]:
        """Everything above `ref`, however far; in a circle that includes `ref` itself."""
        if ref not in self._above:
            found: set[str] = set()
            waiting = list(self.links.get(ref, ()))
            while waiting:
                upper = waiting.pop()
                if upper not in found:
                    found.add(upper)
                    waiting.extend(self.links.get(upper, ()))
            self._above[ref] = frozenset(found)
        return self._above[ref]

    def is_above(self, upper: str, lower: str) -> bool:
        """Whether `upper` stands above `lower`; in a circle the smaller reference is the upper."""
        if upper == lower or upper not in self.above(lower):
            return False
        return lower not in self.above(upper) or upper < lower


def sum_without_parts(amounts: Mapping[str, Decimal], chains: Chains) -> Decimal:
    """The sum of `amounts` (ref -> amount, none negative) in which no parent stands beside its part.

    In a part_of chain the larger counts of a parent's figure and the sum of its parts, again for each part.
    With several parents to one part this is the heaviest choice of actions of which none is part of another;
    by Dilworth's theorem it equals the plain sum less the greatest flow from parts to what they are part of.
    """
    refs = sorted(ref for ref, amount in amounts.items() if amount > 0)
    total = sum((amounts[ref] for ref in refs), Decimal(0))
    uppers = {ref: [upper for upper in refs if chains.is_above(upper, ref)] for ref in refs}
    if not any(uppers.values()):
        return total
    given = {ref: amounts[ref] for ref in refs}
    taken = {ref: amounts[ref] for ref in refs}
    flows: dict[str, dict[str, Decimal]] = {ref: defaultdict(Decimal) for ref in refs}  # [upper][lower]
    while path := _free_path(uppers, given, taken, flows):
        total -= _send(path, given, taken, flows)
    return total


def _free_path(
    uppers: Mapping[str, list[str]],
    given: Mapping[str, Decimal],
    taken: Mapping[str, Decimal],
    flows: Mapping[str, Mapping[str, Decimal]],
) -> list[str]:
    """The shortest way (part, upper, part, upper …) on which more can flow; empty where there is none."""
    waiting = deque([ref] for ref in uppers if given[ref] > 0)
    seen_lower, seen_upper = {path[0] for path in waiting}, set()
    while waiting:
        path = waiting.popleft()
        for upper in uppers[path[-1]]:
            if upper in seen_upper:
                continue
            seen_upper.add(upper)
            if taken[upper] > 0:
                return [*path, upper]
            for lower, flow in flows[upper].items():
                if flow > 0 and lower not in seen_lower:
                    seen_lower.add(lower)
                    waiting.append([*path, upper, lower])
    return []


def _send(
    path: list[str],
    given: dict[str, Decimal],
    taken: dict[str, Decimal],
    flows: dict[str, dict[str, Decimal]],
) -> Decimal:
    """Send as much as fits along the path; returns how much."""
    back = list(zip(path[1::2], path[2::2], strict=False))
    size = min([given[path[0]], taken[path[-1]], *(flows[upper][lower] for upper, lower in back)])
    given[path[0]] -= size
    taken[path[-1]] -= size
    for lower, upper in zip(path[::2], path[1::2], strict=True):
        flows[upper][lower] += size
    for upper, lower in back:
        flows[upper][lower] -= size
    return size
