"""The list of possible partners brought in by spreadsheet: what was looked at is carried out, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.governance.membership.operations.prospects import add_contact, change_prospect, enter_prospect
from iisg.governance.membership.prospect_sheet import Line


@transaction.atomic
def import_prospects(lines: Iterable[Line], *, by: Actor, at: datetime) -> dict[str, int]:
    """Carry out the rows that are new or changed; how many there were of each, with those that were left out."""
    require(by, Can.WRITE_CASES)
    counts = {"new": 0, "changed": 0, "unchanged": 0, "refused": 0}
    for line in lines:
        counts[line.verdict] += 1
        prospect = line.prospect
        if line.verdict == "new":
            facts = dict(line.facts)
            prospect = enter_prospect(line.name, facts.pop("kind"), by=by, at=at, **facts)
        elif line.verdict == "changed" and prospect is not None and line.facts:
            change_prospect(prospect, by=by, at=at, **line.facts)
        if line.contact and prospect is not None and line.verdict in ("new", "changed"):
            contact = dict(line.contact)
            add_contact(prospect, contact.pop("name"), by=by, at=at, **contact)
    record("membership.prospects_imported", by=by, on="membership.prospect", at=at, **counts)
    return counts


@transaction.atomic
def take_prospects(form: str, *, by: Actor, at: datetime) -> None:
    """The list leaves the house as a file."""
    require(by, Can.READ_CASES)
    record("membership.prospects_taken", by=by, on="membership.prospect", at=at, form=form)
