"""What the Board hears of letters: whether the notices of its procedures arrive."""

from __future__ import annotations

from datetime import datetime

from django.dispatch import receiver

from iisg.foundations.access.actors import HOUSE
from iisg.governance.board.models import Silence
from iisg.governance.board.operations import settle_silence
from iisg.office.letters.models import Delivery
from iisg.office.letters.signals import delivery_settled


@receiver(delivery_settled)
def notice_settled(delivery: Delivery, at: datetime, **more: object) -> None:
    """A notice came back or was received: the clock of its procedure stops where nobody of a seat has it."""
    for silence in Silence.objects.running().filter(periods__notice=delivery.recipient.letter_id).distinct():
        settle_silence(silence, by=HOUSE, at=at)
