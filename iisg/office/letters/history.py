"""What happened to a letter, from the sealed events, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from iisg.foundations.access.roles import Can
from iisg.foundations.access.seeing import sees
from iisg.foundations.audit.models import Event
from iisg.office.letters.models import DeliveryState, Letter, LetterState

MOST = 100
EVENT_WORDS: Mapping[str, str | Promise] = {
    "letters.letter_drafted": gettext_lazy("A draft was begun"),
    "letters.draft_changed": gettext_lazy("The draft was changed"),
    "letters.file_attached": gettext_lazy("A file was attached"),
    "letters.file_detached": gettext_lazy("A file was taken away"),
    "letters.letter_approved": gettext_lazy("Approved; text and number are final"),
    "letters.draft_discarded": gettext_lazy("The draft was discarded"),
    "letters.letter_sent": gettext_lazy("Sent"),
    "letters.letter_sent_again": gettext_lazy("Sent again to an addressee"),
    "letters.letter_issued": gettext_lazy("Written by the house"),
    "letters.delivery_taken_up": gettext_lazy("Handed to the mail server"),
    "letters.delivery_answered": gettext_lazy("The mail server answered"),
    "letters.answer_without_effect": gettext_lazy("A late answer of the mail server changed nothing"),
    "letters.mail_bounced": gettext_lazy("A mail came back"),
    "letters.bounce_without_effect": gettext_lazy("A report of a failed mail changed nothing"),
    "letters.letter_posted": gettext_lazy("Posted"),
    "letters.letter_received": gettext_lazy("Received by an addressee"),
    "letters.letter_registered": gettext_lazy("Entered in the register"),
    "letters.letter_acknowledged": gettext_lazy("Receipt was acknowledged"),
    "letters.letter_assigned": gettext_lazy("Put on an officer's desk"),
    "letters.letter_settled": gettext_lazy("Ended"),
    "letters.paper_taken": gettext_lazy("A file was taken out"),
    "letters.preview_taken": gettext_lazy("A preview was taken out"),
}
"""Events that a letter's page tells; others keep the name they have in the record."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event in words."""

    title: str
    by: str
    at: datetime
    says: str


def happenings(letter: Letter, reader: object) -> list[Happening]:
    """The newest events about a letter, for readers of the record only."""
    if not sees(reader, Can.READ_RECORD):
        return []
    events = Event.objects.filter(on=f"letters.letter:{letter.ref}").order_by("-number")[:MOST]
    return [
        Happening(str(EVENT_WORDS.get(event.name, event.name)), event.by, event.at, _says(event.facts))
        for event in events
    ]


def _says(facts: Mapping[str, Any]) -> str:
    """What an event says beyond its name: the state it led to, the words, the file, the digest."""
    states = dict(DeliveryState.choices) | dict(LetterState.choices)
    told = [str(states.get(facts.get("state", ""), ""))]
    told += [str(facts[name]) for name in ("number", "said", "how", "note", "file") if facts.get(name)]
    to = facts.get("to")
    if isinstance(to, int):
        told.append(ngettext("to %(number)d addressee", "to %(number)d addressees", to) % {"number": to})
    elif to:
        told.append(str(to))
    if facts.get("digest"):
        told.append(_("SHA-256 %(digest)s") % {"digest": facts["digest"]})
    return " · ".join(filter(None, told))
