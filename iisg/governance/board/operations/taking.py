"""Papers of the Board are carried out; the taking is noted."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.models import Event
from iisg.foundations.audit.trail import record


@transaction.atomic
def take_paper(name: str, on: models.Model | str, *, by: Actor, at: datetime) -> Event:
    """Note that somebody took a paper or the register along."""
    require(by, Can.READ_LISTS)
    return record("board.paper_taken", by=by, on=on, at=at, file=name)
