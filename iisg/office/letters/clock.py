"""What time does to letters: whatever became of a job, no letter stays behind."""

from __future__ import annotations

from datetime import datetime

from iisg.foundations.access.actors import CLOCK
from iisg.office.letters import operations


def carry_what_is_left(at: datetime) -> None:
    """Deliveries that should have gone out long ago are put into the queue again."""
    operations.queue_again(by=CLOCK, at=at)


DUE = (carry_what_is_left,)
