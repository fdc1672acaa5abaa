"""What must hold before a round opens, asks or takes an answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from iisg.foundations.core.findings import Finding, Grade
from iisg.knowledge.cycles.models import Cycle, CycleState, Return


def may_open(opened_on: date, due_on: date) -> Iterator[Finding]:
    """Answers are due after the round opens."""
    if due_on < opened_on:
        yield Finding(
            Grade.ERROR,
            "cycles.due-before-opening",
            _("The answers would be due before the round opens."),
            cure=_("Choose a later day for the answers."),
        )


def may_ask(cycle: Cycle) -> Iterator[Finding]:
    """Only an open round asks."""
    if cycle.state != CycleState.OPEN:
        yield Finding(Grade.ERROR, "cycles.closed", _("The round is closed."), cure=_("Open a new round."))


def may_answer(asked: Return, answered_on: date) -> Iterator[Finding]:
    """Nobody answers before being asked."""
    if answered_on < asked.asked_on:
        yield Finding(
            Grade.ERROR,
            "cycles.answer-before-question",
            _("The answer is dated before the question of %(day)s.") % {"day": asked.asked_on},
            cure=_("Correct the day of the answer."),
        )
