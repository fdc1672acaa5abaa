"""Cases that need no form: what came in is kept as evidence, the case is opened, its letter registered."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.foundations.orgs.models import Ground, Organisation
from iisg.governance.membership.models import Case
from iisg.governance.membership.operations.admitting import record_ground, record_notification
from iisg.office.documents.models import Origin
from iisg.office.documents.operations import keep_file
from iisg.office.letters.operations import register_letter


@transaction.atomic
def take_notification(
    organisation: Organisation,
    basis: str,
    received_on: date,
    file_name: str,
    content: bytes,
    *,
    by: Actor,
    at: datetime,
) -> Case:
    """Keep an agency's letter, open its case, and enter the letter in the register of letters in."""
    require(by, Can.WRITE_CASES)
    title = f"{organisation}: notification"
    evidence = keep_file(title, file_name, content, Origin.RECEIVED, by=by, at=at)
    case = record_notification(organisation, basis, evidence, by=by, at=at)
    letter = register_letter(
        _("Notification of membership"),
        organisation.name,
        received_on,
        by=by,
        at=at,
        organisation=organisation,
        about=case,
        summary=_("%(basis)s. The letter is kept with the case as its evidence.") % {"basis": basis.strip()},
    )
    record(
        "membership.notification_taken", by=by, on=case, at=at, number=letter.number, file=evidence.file_name
    )
    return case


@transaction.atomic
def take_ground(
    organisation: Organisation,
    ground: Ground | str,
    basis: str,
    file_name: str,
    content: bytes,
    *,
    by: Actor,
    at: datetime,
) -> Case:
    """Keep the text on which an automatic membership rests, and open the case."""
    require(by, Can.WRITE_CASES)
    title = f"{organisation}: ground"
    evidence = keep_file(title, file_name, content, Origin.RECEIVED, by=by, at=at)
    case = record_ground(organisation, ground, basis, evidence, by=by, at=at)
    record("membership.ground_taken", by=by, on=case, at=at, file=evidence.file_name)
    return case
