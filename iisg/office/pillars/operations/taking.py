"""What is carried out of these pages as a file: noted with its digest, as for every file of the house."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.models import Event
from iisg.foundations.audit.trail import record
from iisg.office.pillars.lists import MadeList


@transaction.atomic
def take_list(made: MadeList, *, by: Actor, at: datetime) -> Event:
    """Note that a list of focal points leaves the house: by which filters, how many lines, its digest."""
    require(by, Can.READ_NEEDS)
    facts = {"form": made.form, "chosen": made.chosen, "records": made.count}
    facts |= {"file": made.name, "size": made.size, "digest": made.digest}
    return record(
        "exports.file_taken",
        by=by,
        on="exports.focal-points",
        at=at,
        marking=made.marking.label,
        **facts,
    )
