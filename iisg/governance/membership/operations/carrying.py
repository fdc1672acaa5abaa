"""What leaves the house as a file is noted (design.md 5)."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record


@transaction.atomic
def take_paper(name: str, on: models.Model, *, by: Actor, at: datetime) -> None:
    """A paper of a case or a list is taken along by somebody who may read it."""
    require(by, Can.READ_LISTS)
    record("membership.paper_taken", by=by, on=on, at=at, file=name)
