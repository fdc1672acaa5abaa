"""The second gate in one line: what a reader's powers let a list show."""

from __future__ import annotations

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.roles import Can


def sees(reader: object, power: Can) -> bool:
    """Whether the reader (a user, a house actor, an anonymous visitor) has the power."""
    return isinstance(reader, Actor) and power in reader.powers
