"""A relation that somebody or something proposes, before it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from iisg.knowledge.actions.models import Action
from iisg.knowledge.responses.models import DIRECTED


@dataclass(frozen=True, slots=True)
class Proposal:
    """Keys of the two actions (from = child, later or implementer's record), the kind, and what speaks for it."""

    source: int
    target: int
    kind: str
    evidence: str
    score: Decimal | None = None
    reasons: Sequence[Any] = ()

    @property
    def key(self) -> tuple[int, int, str]:
        """What is stored once."""
        return self.source, self.target, self.kind


def in_order(source: Action, target: Action, kind: str) -> tuple[Action, Action]:
    """The two as they are stored: as they lead where the kind has a direction, else the lower reference first."""
    if kind in DIRECTED or source.ref <= target.ref:
        return source, target
    return target, source
