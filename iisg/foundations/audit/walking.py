"""The whole log walked from the first event: every leaf, link and commitment computed anew, the roots on the way."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from iisg.foundations.audit.models import FIRST, Event, Head, Remainder
from iisg.foundations.audit.sealing import commitment
from iisg.foundations.audit.tree import Frontier


@dataclass(slots=True)
class Walk:
    """What the walk found; `roots` are those of the sizes that were asked for, `forgotten` the values left out."""

    size: int = 0
    broken: int | None = None
    forgotten: list[tuple[int, str]] = field(default_factory=list)
    roots: dict[int, bytes] = field(default_factory=dict)


def walked(sizes: Collection[int] = ()) -> Walk:
    """Walk the log until its end or until something does not hold."""
    walk, previous, frontier = Walk(), FIRST, Frontier()
    wanted, remainders = set(sizes), {each.number: each for each in Remainder.objects.all()}
    for event in Event.objects.order_by("number").iterator():
        if not event.seed:
            event.remainder = remainders.get(event.number, Remainder())
        if event.number != frontier.size + 1 or not holds(event, previous):
            walk.broken = frontier.size + 1
            return walk
        previous = event.digest
        frontier.append(bytes.fromhex(event.leaf))
        walk.size = frontier.size
        if not event.seed:
            left = event.remainder
            walk.forgotten += [(event.number, name) for name in left.sealed if name not in left.salts]
        if walk.size in wanted:
            walk.roots[walk.size] = frontier.root()
    head = Head.objects.filter(pk=1).first()
    if head is None:
        head = Head()
    if (head.number, head.digest) != (walk.size, previous) or head.peaks != [p.hex() for p in frontier.peaks]:
        walk.broken = walk.size + 1
    return walk


def holds(event: Event, previous: str) -> bool:
    """Whether leaf and digest are those of the event, and every value that is still there is the one sealed."""
    leaf, digest = event.leaf, event.digest
    event.seal(previous)
    if (event.leaf, event.digest) != (leaf, digest):
        return False
    if event.seed:
        return True
    sealed, salts, values = event.remainder.sealed, event.remainder.salts, event.values()
    if values.keys() != sealed.keys() or not salts.keys() <= sealed.keys():
        return False
    return all(
        commitment(salts[name], value) == sealed[name] if name in salts else value in ("", None)
        for name, value in values.items()
    )
