"""What membership hears of letters: the answer to the one in which the Board asks for more."""

from __future__ import annotations

from datetime import datetime

from django.dispatch import receiver

from iisg.foundations.access.actors import HOUSE
from iisg.governance.membership.models import Case
from iisg.governance.membership.operations.answering import ASKING, note_answer
from iisg.office.letters.models import Letter, LetterState
from iisg.office.letters.models.letter import reference_to
from iisg.office.letters.signals import letter_settled


@receiver(letter_settled)
def board_is_answered(letter: Letter, at: datetime, **more: object) -> None:
    """The applicant has answered, through its page or by a letter that the Secretariat has entered."""
    if letter.kind != ASKING or letter.state != LetterState.ANSWERED:
        return
    ref = letter.about.rpartition(":")[2]
    case = Case.objects.filter(ref=ref).first()
    if case is not None and reference_to(case) == letter.about:
        note_answer(case, by=HOUSE, at=at)
