"""What leaves the room of imports as a file: templates, and copies of files with what was found in them."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions import rules
from iisg.knowledge.actions.models import Import


@transaction.atomic
def take_template(
    subject: str, reporter: Organisation | None, content: bytes, records: int, *, by: Actor, at: datetime
) -> None:
    """Note that a template left the house: for whom, with how many records, its digest (SHA-256)."""
    require(by, Can.IMPORT_OWN_RECORDS, rules.may_import_for(by, reporter))
    record(
        "imports.template_taken",
        by=by,
        on=reporter or "imports.templates",
        at=at,
        subject=subject,
        records=records,
        digest=hashlib.sha256(content).hexdigest(),
    )


@transaction.atomic
def take_copy(imported: Import, content: bytes, remarks: int, *, by: Actor, at: datetime) -> None:
    """Note that a sender's file went back with so many remarks at its cells."""
    require(by, Can.IMPORT_OWN_RECORDS, rules.may_import_for(by, imported.reporter))
    record(
        "imports.copy_taken",
        by=by,
        on=imported,
        at=at,
        remarks=remarks,
        digest=hashlib.sha256(content).hexdigest(),
    )
