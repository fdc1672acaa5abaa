"""Made-up rounds and returns for tests of the house."""

from __future__ import annotations

from datetime import date
from itertools import count

from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.cycles.models import Cycle, CycleKind, Return

_numbers = count(1)


def make_cycle(opened_on: date = date(2026, 9, 1), due_on: date = date(2026, 10, 15)) -> Cycle:
    """An open Annual Response Mapping."""
    return Cycle.objects.create(
        ref=f"round-{next(_numbers)}",
        kind=CycleKind.RESPONSES,
        title="Annual Response Mapping 2026",
        opened_on=opened_on,
        due_on=due_on,
    )


def make_return(
    cycle: Cycle, organisation: Organisation, pillar: str = "WBBSi", answered_on: date | None = None
) -> Return:
    """A member asked about one pillar on the round's first day."""
    return Return.objects.create(
        cycle=cycle,
        organisation=organisation,
        pillar_id=pillar,
        asked_on=cycle.opened_on,
        answered_on=answered_on,
    )
