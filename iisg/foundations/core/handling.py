"""How records of a kind are to be handled: who may see them, how long they stay, what in them is personal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Marking(StrEnum):
    """The widest circle that may see a record of this kind (rules.md 7)."""

    PUBLIC = "public"
    MEMBERS = "members"
    INTERNAL = "internal"

    @property
    def label(self) -> str:
        """The mark on what leaves the house (FIRST TLP 2.0); what is internal never leaves it."""
        return _LABELS[self]


_LABELS = {Marking.PUBLIC: "TLP:CLEAR", Marking.MEMBERS: "TLP:GREEN"}


@dataclass(frozen=True, slots=True)
class Handling:
    """Declared once on each model as `handling`; a law test fails where it is missing.

    `marking` PUBLIC and INTERNAL need no reader's filter (INTERNAL is never shown by itself); MEMBERS demands a
    QuerySet with `visible_to(reader)`. `retention` says in words how long; `personal` names fields with personal data.
    """

    marking: Marking
    retention: str
    personal: tuple[str, ...] = ()
