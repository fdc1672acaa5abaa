"""The registers of letters: letters, whom they go to, how they travelled, their wordings, who is told of what."""

from iisg.office.letters.models.delivery import FAILED, Channel, Delivery, DeliveryState
from iisg.office.letters.models.letter import (
    CLOSED,
    Attachment,
    Direction,
    Letter,
    LetterState,
    Purpose,
    Recipient,
    Series,
)
from iisg.office.letters.models.telling import KindWording, Told

__all__ = [
    "CLOSED",
    "FAILED",
    "Attachment",
    "Channel",
    "Delivery",
    "DeliveryState",
    "Direction",
    "KindWording",
    "Letter",
    "LetterState",
    "Purpose",
    "Recipient",
    "Series",
    "Told",
]
