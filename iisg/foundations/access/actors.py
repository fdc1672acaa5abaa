"""Who acts: the protocol every actor keeps, the public, and the actors that are not people (design.md 5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from iisg.foundations.access.roles import Can


@runtime_checkable
class Actor(Protocol):
    """Somebody or something that reads or acts; `organisation_keys` are the bodies it speaks for."""

    @property
    def label(self) -> str:
        """How the record names the actor, in words that outlive its account."""

    @property
    def powers(self) -> frozenset[Can]:
        """What it may do now."""

    @property
    def organisation_keys(self) -> frozenset[int]:
        """Primary keys of the organisations it speaks for."""


@dataclass(frozen=True, slots=True)
class HouseActor:
    """An actor that is not a person, with listed powers."""

    label: str
    powers: frozenset[Can]
    organisation_keys: frozenset[int] = frozenset()


PUBLIC = HouseActor("the public", frozenset())
HOUSE = HouseActor("the house", frozenset(Can) - {Can.MANAGE_PEOPLE})
CLOCK = HouseActor(
    "the clock",
    frozenset({Can.RUN_ROUNDS, Can.SEND_LETTERS, Can.WRITE_CASES, Can.NOMINATE, Can.RUN_SILENCES}),
)
CONSOLE = HouseActor("the operator at the server's console", frozenset(Can))
DEMONSTRATION = HouseActor("the demonstration data", frozenset(Can))
