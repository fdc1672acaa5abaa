"""What must hold before a round opens, asks or takes an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.roles import GRANTS, Can
from iisg.foundations.accounts.models import Appointment
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


def may_close(cycle: Cycle, today: date) -> Iterator[Finding]:
    """A round is closed once, and not before it has begun."""
    if cycle.state != CycleState.OPEN:
        yield Finding(
            Grade.ERROR, "cycles.closed-already", _("The round is closed already."), cure=_("Look again.")
        )
    if today < cycle.opened_on:
        yield Finding(
            Grade.ERROR,
            "cycles.not-begun",
            _("The round has not begun yet."),
            cure=_("Close it once it has asked."),
        )


def may_note(asked: Return, answered_on: date, basis: str, today: date) -> Iterator[Finding]:
    """Nobody answers before being asked or tomorrow, and a noted answer rests on something."""
    yield from may_ask(asked.cycle)
    if answered_on < asked.asked_on:
        yield Finding(
            Grade.ERROR,
            "cycles.answer-before-question",
            _("The answer is dated before the question of %(day)s.")
            % {"day": date_format(asked.asked_on, "j F Y")},
            cure=_("Correct the day of the answer."),
        )
    if answered_on > today:
        yield Finding(
            Grade.ERROR,
            "cycles.answer-tomorrow",
            _("The day of the answer lies in the future."),
            cure=_("Note the answer once it has come."),
        )
    if not basis.strip():
        yield Finding(
            Grade.ERROR,
            "cycles.no-basis",
            _("Nothing is said of what the answer rests on."),
            cure=_("Name the letter, mail or conversation."),
        )


def may_state(by: Actor, asked: Return) -> Iterator[Finding]:
    """A member speaks for itself and for the pillar of its office, while the round is open and once (S7, S18)."""
    yield from may_ask(asked.cycle)
    if not speaks_for(by, asked):
        yield Finding(
            Grade.ERROR,
            "cycles.other-member",
            _("You do not speak for %(member)s on %(pillar)s.")
            % {"member": asked.organisation, "pillar": asked.pillar_id},
            cure=_("Its own focal point says so, or the Secretariat notes its letter."),
        )
    elif asked.answered_on is not None:
        yield Finding(
            Grade.ERROR,
            "cycles.answered-already",
            _("%(member)s has answered on %(pillar)s already.")
            % {"member": asked.organisation, "pillar": asked.pillar_id},
            cure=_("Take that answer back first, or ask the Secretariat to."),
        )


def may_take_back(by: Actor, asked: Return, reason: str) -> Iterator[Finding]:
    """The Secretariat takes any answer back, a member what it said itself; always with a reason."""
    yield from may_ask(asked.cycle)
    if Can.RUN_ROUNDS not in by.powers and not (asked.stated_by_member and speaks_for(by, asked)):
        yield Finding(
            Grade.ERROR,
            "cycles.other-answer",
            _("This answer was not given by you."),
            cure=_("Ask the Secretariat to take it back."),
        )
    if asked.answered_on is None:
        yield Finding(
            Grade.ERROR, "cycles.no-answer", _("There is no answer to take back."), cure=_("Look again.")
        )
    if not reason.strip():
        yield Finding(
            Grade.ERROR,
            "cycles.no-reason",
            _("No reason is given."),
            cure=_("Say why the answer is taken back."),
        )


def speaks_for(by: Actor, asked: Return) -> bool:
    """Whether an office of the actor is of the member that was asked, and of this pillar or of all three."""
    offices: Iterable[Appointment] = getattr(by, "current_appointments", ())
    return any(
        Can.ANSWER_ROUNDS in GRANTS[office.role]
        and office.organisation_id == asked.organisation_id
        and office.pillar in ("", asked.pillar_id)
        for office in offices
    )
