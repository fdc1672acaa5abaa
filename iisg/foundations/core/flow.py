"""States as a table of moves, guarded in one place (design.md 5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


class MoveRefused(ValueError):
    """A record was asked to make a move that its state does not allow."""


class Flow:
    """The moves of one state field: name of the move -> (states it starts from, state it leads to)."""

    def __init__(self, field: str, moves: Mapping[str, tuple[Iterable[str], str]]) -> None:
        self.field = field
        self.moves = {name: (frozenset(sources), target) for name, (sources, target) in moves.items()}

    def allows(self, record: Any, move: str) -> bool:
        """Whether the record's present state is among those the move starts from."""
        return getattr(record, self.field) in self.moves[move][0]

    def make(self, record: Any, move: str) -> None:
        """Set the new state without saving; raises MoveRefused where the table has no such move."""
        sources, target = self.moves[move]
        present = getattr(record, self.field)
        if present not in sources:
            allowed = ", ".join(sorted(sources))
            raise MoveRefused(f"'{move}' needs one of: {allowed}; the record is '{present}'.")
        setattr(record, self.field, target)
