"""What time does to silent written procedures: reminders, each once; an end that has come is recorded."""

from __future__ import annotations

from datetime import datetime

from iisg.foundations.access.actors import CLOCK
from iisg.foundations.access.permits import RuleRefused
from iisg.governance.board import operations
from iisg.governance.board.models import Silence, SilenceState
from iisg.governance.board.periods import reminders_due


def settle_silences(at: datetime) -> None:
    """Record where each running procedure stands."""
    for silence in Silence.objects.running().order_by("pk"):
        operations.settle_silence(silence, by=CLOCK, at=at)


def remind_of_silences(at: datetime) -> None:
    """Remind the seats that have said nothing, where a reminder is due."""
    for silence in Silence.objects.filter(state=SilenceState.OPEN).order_by("pk"):
        period = silence.period
        if set(reminders_due(period.began_at, period.ends_at, at)) - set(period.reminded):
            try:
                operations.remind_silent(silence, by=CLOCK, at=at)
            except RuleRefused:
                continue


DUE = (settle_silences, remind_of_silences)
