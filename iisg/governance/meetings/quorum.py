"""Quorum and consensus as pure functions of who was there and who objected (rules.md 4; S4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat of the Board that somebody held at a meeting: of which body, a partner's or the Commission's."""

    body: str
    is_partner: bool
    chairs: bool = False


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many partners were there of how many that are needed, and whether the chair was."""

    chair: bool
    chair_needed: bool
    partners: int
    partners_needed: int

    @property
    def reached(self) -> bool:
        """Whether the Board can decide."""
        return (self.chair or not self.chair_needed) and self.partners >= self.partners_needed


def quorum_of(present: Iterable[Seat], rule: Mapping[str, int | bool]) -> Quorum:
    """The quorum of those present; a partner counts once, however many of its people are there.

    `rule` names "chair" (whether the chair must be there) and "partners" (how many of the six).
    """
    seats = list(present)
    return Quorum(
        chair=any(seat.chairs for seat in seats),
        chair_needed=bool(rule["chair"]),
        partners=len({seat.body for seat in seats if seat.is_partner}),
        partners_needed=int(rule["partners"]),
    )


@dataclass(frozen=True, slots=True)
class Said:
    """Something put on record on an item: by whom, whether as an objection, from a seat, and still standing."""

    body: str
    objects: bool
    from_a_seat: bool
    stands: bool = True


def objecting(said: Iterable[Said]) -> list[str]:
    """The seats whose objection stands; consensus is that there is none. Observers never break it."""
    return sorted({one.body for one in said if one.objects and one.from_a_seat and one.stands})
