"""What the Board asks for when it puts its decision off comes in: from the applicant's page, or as a letter."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import HOUSE, Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.governance.membership import rules
from iisg.governance.membership.models import Case, CaseState
from iisg.governance.membership.operations.opening import _locked
from iisg.governance.membership.signals import case_moved
from iisg.office.letters.models import Direction, Letter
from iisg.office.letters.operations import register_letter

ASKING = "membership-deferred"
"""The kind of letter in which the Board asks for more."""


@transaction.atomic
def answer_board(
    case: Case, said: str, files: tuple[tuple[str, bytes], ...], *, by: Actor, at: datetime
) -> Letter:
    """The applicant sends what the Board has asked for, (name, bytes) of each file.

    It is entered in the register of letters in as the answer to ours; with that it is the Secretariat's turn.
    """
    case = _locked(case)
    require(by, Can.APPLY, rules.may_answer_board(case, said, files))
    asking = Letter.objects.about(case).filter(kind=ASKING, direction=Direction.OUT).last()
    letter = register_letter(
        _("What the Board asked for: %(body)s") % {"body": case.organisation.name},
        case.application.contact_name or case.application.name,
        timezone.localtime(at).date(),
        by=HOUSE,
        at=at,
        organisation=case.organisation,
        about=case,
        in_reply_to=asking,
        summary=said.strip(),
        files=files,
    )
    record("membership.board_answered", by=by, on=case, at=at, number=letter.number)
    if asking is None:
        note_answer(case, by=HOUSE, at=at)
    return letter


@transaction.atomic
def note_answer(case: Case, *, by: Actor, at: datetime) -> Case:
    """What was asked for has come in, by whatever way; a case that has moved on meanwhile stays as it is."""
    case = _locked(case)
    require(by, Can.WRITE_CASES)
    if case.state == CaseState.DEFERRED and case.answered_at is None:
        case.answered_at = at
        case.save(update_fields=["answered_at"])
        case_moved.send(sender=Case, case=case, at=at)
    record("membership.answer_noted", by=by, on=case, at=at)
    return case
