"""What membership hears: the answer to a letter in which the Board asks for more, and what the Board decides."""

from __future__ import annotations

from datetime import datetime

from django.dispatch import receiver

from iisg.foundations.access.actors import HOUSE
from iisg.governance.board.models import Decision
from iisg.governance.board.signals import decision_taken
from iisg.governance.membership.models import Case
from iisg.governance.membership.operations.answering import ASKING, note_answer
from iisg.governance.membership.operations.tabling import carry_out_decision
from iisg.office.letters.models import Letter, LetterState
from iisg.office.letters.models.letter import reference_to
from iisg.office.letters.signals import letter_settled


@receiver(decision_taken)
def list_is_decided(decision: Decision, at: datetime, **more: object) -> None:
    """The Board has decided on a list: each line is carried out."""
    carry_out_decision(decision, by=HOUSE, at=at)


@receiver(letter_settled)
def board_is_answered(letter: Letter, at: datetime, **more: object) -> None:
    """The applicant has answered, through its page or by a letter that the Secretariat has entered."""
    if letter.kind != ASKING or letter.state != LetterState.ANSWERED:
        return
    ref = letter.about.rpartition(":")[2]
    case = Case.objects.filter(ref=ref).first()
    if case is not None and reference_to(case) == letter.about:
        note_answer(case, by=HOUSE, at=at)
