"""The worker's part: carrying one delivery to the mail server."""

from __future__ import annotations

import logging

from django.utils import timezone
from django_tasks import task

from iisg.foundations.access.actors import HOUSE
from iisg.office.letters import effects, operations
from iisg.office.letters.models import Delivery

logger = logging.getLogger(__name__)


@task()
def carry(delivery_id: int) -> None:
    """Claim it, hand it to the server outside of any transaction, write down the answer."""
    delivery = Delivery.objects.get(pk=delivery_id)
    if not operations.take_up_delivery(delivery, by=HOUSE, at=timezone.now()):
        return
    try:
        posted = effects.post_letter(delivery_id)
    except Exception as fault:  # whatever it is, the letter must not wait for ever without a word
        logger.exception("delivery %s could not be handed to the mail server", delivery_id)
        posted = effects.Posted(effects.Fate.NOT_NOW, f"{type(fault).__name__}: {fault}"[:400])
    operations.note_outcome(delivery, posted, by=HOUSE, at=timezone.now())
