"""Where a case stands in one sentence, and whose turn it is; the same for the applicant and for the Secretariat."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.governance.membership.models import (
    Application,
    ApplicationState,
    AssessmentState,
    Case,
    CaseState,
    ListState,
    Procedure,
)
from iisg.office.letters.kinds import Words, printed


class Turn(models.TextChoices):
    """Who has to do something next."""

    APPLICANT = "applicant", gettext_lazy("the applicant")
    SECRETARIAT = "secretariat", gettext_lazy("the Secretariat")
    BOARD = "board", gettext_lazy("the Board")
    NOBODY = "nobody", gettext_lazy("nobody; the case is closed")


class Standing(NamedTuple):
    """A whole sentence about the case, and whose turn it is."""

    sentence: str
    turn: Turn


def standing(case: Case) -> Standing:
    """What is true of the case now; changes nothing and asks no clock.

    Reads the case's form, assessments and lists besides the case itself: fetch many with `Case.objects.with_facts()`.
    """
    return _SAID[CaseState(case.state)](case)


def _invited(case: Case) -> Standing:
    day = printed(case.answer_due_on) if case.answer_due_on else ""
    return Standing(_("It is invited; an answer is expected by %(day)s.") % {"day": day}, Turn.APPLICANT)


def _expressed(case: Case) -> Standing:
    form: Application | None = getattr(case, "application", None)
    if form is not None and form.state == ApplicationState.HANDED_BACK:
        return Standing(
            _("The form was handed back; it waits to be completed and handed over again."), Turn.APPLICANT
        )
    return Standing(
        _("Interest is expressed; the Secretariat checks whether the form is complete."), Turn.SECRETARIAT
    )


def _complete(case: Case) -> Standing:
    newest = max(case.assessments.all(), key=lambda each: each.number, default=None)
    sentences = {
        AssessmentState.SUBMITTED: _(
            "The form is complete; the brief assessment is written and waits for a second officer to approve it."
        ),
        AssessmentState.RETURNED: _(
            "The form is complete; the brief assessment went back to its writer, to be changed."
        ),
    }
    usual = _("The form is complete; the Secretariat writes its brief assessment.")
    state = AssessmentState(newest.state) if newest else AssessmentState.DRAFT
    return Standing(sentences.get(state, usual), Turn.SECRETARIAT)


def _listed(case: Case) -> Standing:
    line = max(
        (each for each in case.lines.all() if not each.outcome), key=lambda each: each.pk, default=None
    )
    if line is None or line.on_list.state != ListState.PUT:
        return Standing(
            _("It stands on a list of potential members that the Secretariat is drawing up."),
            Turn.SECRETARIAT,
        )
    if line.on_list.procedure == Procedure.SILENCE:
        return Standing(_("It is before the Board, by silent written procedure."), Turn.BOARD)
    return Standing(_("It is before the Board, for one of its meetings."), Turn.BOARD)


def _deferred(case: Case) -> Standing:
    if case.answered_at is not None:
        return Standing(
            _("What the Board asked for has come in; the Secretariat assesses the case again."),
            Turn.SECRETARIAT,
        )
    return Standing(
        _("The Board has put its decision off and asks for more: %(asked)s") % {"asked": case.outcome_reason},
        Turn.APPLICANT,
    )


def _member(case: Case) -> Standing:
    first = case.membership.valid_from if case.membership else None
    if first is None:
        return Standing(_("It is a member."), Turn.NOBODY)
    return Standing(_("It is a member from %(day)s.") % {"day": printed(first)}, Turn.NOBODY)


def _refused(case: Case) -> Standing:
    return Standing(
        _("The Board has not confirmed the membership: %(reason)s") % {"reason": case.outcome_reason},
        Turn.NOBODY,
    )


def _lapsed(case: Case) -> Standing:
    day = printed(case.answer_due_on) if case.answer_due_on else ""
    return Standing(_("The invitation lapsed; no answer came by %(day)s.") % {"day": day}, Turn.NOBODY)


def _withdrawn(case: Case) -> Standing:
    return Standing(_("It was withdrawn: %(reason)s") % {"reason": case.outcome_reason}, Turn.NOBODY)


def _plainly(sentence: Words, turn: Turn) -> Callable[[Case], Standing]:
    """The same for every case in the state."""
    return lambda case: Standing(str(sentence), turn)


_SAID: dict[CaseState, Callable[[Case], Standing]] = {
    CaseState.INVITED: _invited,
    CaseState.EXPRESSED: _expressed,
    CaseState.COMPLETE: _complete,
    CaseState.ASSESSED: _plainly(
        gettext_lazy("It is assessed; the Secretariat puts it on the next list to the Board."),
        Turn.SECRETARIAT,
    ),
    CaseState.LISTED: _listed,
    CaseState.DEFERRED: _deferred,
    CaseState.NOTIFIED: _plainly(
        gettext_lazy("The agency has notified; the Secretariat checks that it is one."), Turn.SECRETARIAT
    ),
    CaseState.CHECKED: _plainly(
        gettext_lazy("The agency is checked; the Secretariat informs the Board."), Turn.SECRETARIAT
    ),
    CaseState.GROUND_RECORDED: _plainly(
        gettext_lazy("The ground is recorded; the Secretariat confirms it."), Turn.SECRETARIAT
    ),
    CaseState.CONFIRMED: _plainly(
        gettext_lazy("The ground is confirmed; the Secretariat informs the Board."), Turn.SECRETARIAT
    ),
    CaseState.MEMBER: _member,
    CaseState.REFUSED: _refused,
    CaseState.LAPSED: _lapsed,
    CaseState.WITHDRAWN: _withdrawn,
}
