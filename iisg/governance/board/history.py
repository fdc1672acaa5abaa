"""What happened to the Board's records, from the sealed events, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from iisg.foundations.audit.models import Event

WORDS: Mapping[str, str | Promise] = {
    "board.proposal_drafted": _("The proposal was drafted"),
    "board.text_added": _("A version of the text was added"),
    "board.working_group_asked": _("The partners' Working Group was asked"),
    "board.consultation_closed": _("The consultation ended"),
    "board.not_consulted_noted": _("It was written down why the Working Group was not asked"),
    "board.commented": _("A comment was made"),
    "board.proposal_put": _("Put to a meeting of the Board"),
    "board.proposal_withdrawn": _("The proposal was withdrawn"),
    "board.silence_opened": _("The procedure was opened; text and roster are frozen"),
    "board.silence_extended": _("The end was moved to a later moment"),
    "board.notice_proven": _("It is proven that a seat has the notice"),
    "board.silence_suspended": _("The clock was stopped"),
    "board.silence_resumed": _("A new full period began"),
    "board.position_taken": _("A seat took a position"),
    "board.position_late": _("A position came after the end"),
    "board.position_repeated": _("The same position was sent again"),
    "board.silent_reminded": _("Seats that had said nothing were reminded"),
    "board.silence_taken_back": _("The procedure was taken back"),
    "board.moved_by_the_chair": _("The chair moved the question to a meeting"),
    "board.silence_broken": _("Silence was broken"),
    "board.silence_moved": _("The question goes to a meeting"),
    "board.silence_withdrawn": _("The procedure was withdrawn"),
    "board.decision_taken": _("The decision was entered in the register"),
    "board.paper_taken": _("A paper was downloaded"),
    "letters.nobody_told": _("Nobody was to be told by letter"),
}
_TOLD = ("seat", "seats", "value", "how", "number", "reason", "file", "due_on")


@dataclass(frozen=True, slots=True)
class Happening:
    """One event in words, with the seal that proves it."""

    number: int
    title: str
    by: str
    at: datetime
    says: str
    digest: str


def happenings(subjects: Iterable[str]) -> list[Happening]:
    """Events about records ("board.silence:PROP-2026-01.3"), the newest first."""
    found = Event.objects.filter(on__in=list(subjects)).order_by("-number")[:200]
    return [
        Happening(
            one.number, str(WORDS.get(one.name, one.name)), one.by, one.at, _says(one.facts), one.digest
        )
        for one in found
    ]


def _says(facts: Mapping[str, Any]) -> str:
    said = [facts[key] for key in _TOLD if facts.get(key)]
    return ". ".join(", ".join(each) if isinstance(each, list) else str(each) for each in said)
