"""Records that a relation joins, and ways from one to another; no Django, no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

Key = TypeVar("Key", int, str)


def groups_of(pairs: Iterable[tuple[Key, Key]]) -> dict[Key, frozenset[Key]]:
    """Each member of a pair -> all that pairs join it with, itself included; order is irrelevant."""
    parent: dict[Key, Key] = {}

    def root(key: Key) -> Key:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for one, other in pairs:
        parent[root(one)] = root(other)
    members: dict[Key, set[Key]] = {}
    for key in parent:
        members.setdefault(root(key), set()).add(key)
    frozen = {key: frozenset(group) for key, group in members.items()}
    return {key: frozen[root(key)] for key in parent}


def heads_of(pairs: Iterable[tuple[Key, Key]]) -> dict[Key, Key]:
    """Each member of a pair -> the least of its group, which stands for all of it."""
    return {key: min(group) for key, group in groups_of(pairs).items()}


def leads_to(start: Key, end: Key, links: Mapping[Key, Iterable[Key]]) -> bool:
    """Whether links, followed any number of times, lead from one to the other; both the same: yes."""
    waiting, seen = [start], {start}
    while waiting:
        key = waiting.pop()
        if key == end:
            return True
        fresh = set(links.get(key, ())) - seen
        seen |= fresh
        waiting += fresh
    return False
