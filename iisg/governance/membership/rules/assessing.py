"""What an assessment, a list and a decision need (methodology 2 and 2.1; S10, S13, S14)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.accounts.models import User
from iisg.foundations.core.findings import Finding
from iisg.governance.membership.models import (
    Assessment,
    AssessmentState,
    BoardList,
    Case,
    CaseState,
    Criterion,
    ListLine,
    ListState,
    Outcome,
)
from iisg.governance.membership.rules.routes import error, needs_reason
from iisg.office.documents.models import Version

_UNDER_WAY = (AssessmentState.DRAFT, AssessmentState.SUBMITTED, AssessmentState.RETURNED)


def may_start_assessment(case: Case) -> Iterator[Finding]:
    """A complete, deferred or assessed case of which no assessment is being written."""
    if case.state not in (CaseState.COMPLETE, CaseState.DEFERRED, CaseState.ASSESSED):
        yield error(
            "state",
            _("%(ref)s is: %(state)s.") % {"ref": case.ref, "state": case.get_state_display()},
            _("Only a complete case is assessed."),
        )
    if case.assessments.filter(state__in=_UNDER_WAY).exists():
        yield error("under-way", _("An assessment is being written."), _("Go on with that one."))


def may_change_assessment(assessment: Assessment) -> Iterator[Finding]:
    """Only what is being written changes; an approved one is corrected by the next version."""
    if assessment.state not in (AssessmentState.DRAFT, AssessmentState.RETURNED):
        yield error("frozen", _("The assessment is: %(state)s.") % {"state": assessment.get_state_display()})


def may_submit_assessment(assessment: Assessment) -> Iterator[Finding]:
    """One finding with its evidence for each criterion of methodology 2, a summary and a recommendation."""
    found = {finding.criterion: finding for finding in assessment.findings.all()}
    for criterion in Criterion:
        if criterion not in found or not found[criterion].evidence.strip():
            yield error(
                "no-finding",
                _("Methodology 2 asks for a finding on “%(criterion)s”; it has none with evidence.")
                % {"criterion": criterion.label},
                place=criterion.value,
            )
    if not assessment.summary.strip():
        yield error("no-summary", _("The brief assessment has no summary."), place="summary")
    if not assessment.recommendation:
        yield error("no-recommendation", _("Nothing is recommended."), place="recommendation")


def may_approve(by: Actor, assessment: Assessment) -> Iterator[Finding]:
    """Four eyes: whoever wrote it does not approve it."""
    if not Assessment.flow.allows(assessment, "approve"):
        yield error("not-submitted", _("The assessment does not wait for approval."))
    if not isinstance(by, User) or by.pk == assessment.written_by_id:
        yield error(
            "own-assessment",
            _("Whoever wrote an assessment does not approve it."),
            _("Ask another officer of the Secretariat."),
        )


def may_change_list(board_list: BoardList) -> Iterator[Finding]:
    """A list changes while it is drawn up; before the Board it is frozen."""
    if board_list.state != ListState.DRAWN_UP:
        yield error(
            "list-state",
            _("The list is: %(state)s.") % {"state": board_list.get_state_display()},
            _("Take it back from the Board first, or draw up another one."),
        )


def may_put(board_list: BoardList) -> Iterator[Finding]:
    """A list with at least one line, each case assessed and approved."""
    lines = list(board_list.lines.select_related("case__organisation", "assessment"))
    if not BoardList.flow.allows(board_list, "put"):
        yield error("list-state", _("The list is: %(state)s.") % {"state": board_list.get_state_display()})
    if not lines:
        yield error("empty-list", _("The list has no line."), _("Add cases that are assessed."))
    for line in lines:
        if line.assessment.state != AssessmentState.APPROVED or line.case.state != CaseState.LISTED:
            yield error(
                "not-assessed",
                _("%(case)s has no approved assessment in force.") % {"case": line.case},
                _("Take it off the list, or have its assessment approved."),
            )


def may_take_conclusions(board_list: BoardList) -> Iterator[Finding]:
    """Only while the Board has the list."""
    if board_list.state != ListState.PUT:
        yield error("not-put", _("The list is not before the Board."))


def may_fit(on_one_page: bool) -> Iterator[Finding]:
    """A brief assessment is one page (methodology 2.1: a brief assessment)."""
    if not on_one_page:
        yield error(
            "too-long",
            _("The brief assessment does not fit on one page, even in the smallest type."),
            _("Shorten the evidence or the summary; the case's page keeps the rest."),
            "summary",
        )


def may_decide(
    board_list: BoardList,
    outcomes: Mapping[int, tuple[str, str]],
    number: str,
    decided_on: date,
    effective_on: date,
    evidence: Version | None,
    today: date,
) -> Iterator[Finding]:
    """Each line has an outcome of its own; number, days and the signed conclusions are given."""
    if board_list.state != ListState.PUT:
        yield error("not-put", _("The list is not before the Board."))
    if not board_list.lines.exists():
        yield error("empty-list", _("The list has no line."), _("Withdraw it instead."))
    if not number.strip():
        yield error(
            "no-number", _("The decision has no number."), _("Give the number under which it is filed.")
        )
    elif BoardList.objects.filter(decision_number=number.strip()).exclude(pk=board_list.pk).exists():
        yield error("same-number", _("Another list has that decision number."))
    if decided_on > today:
        yield error("future", _("The day of the decision is still to come."))
    if effective_on < decided_on:
        yield error("before-decision", _("Nothing is in force before it is decided."))
    if evidence is None:
        yield error("no-evidence", _("The signed conclusions are missing."), _("Attach them as a file."))
    for line in board_list.lines.select_related("case__organisation"):
        yield from _line(line, *outcomes.get(line.pk, ("", "")))


def _line(line: ListLine, outcome: str, reason: str) -> Iterator[Finding]:
    body = line.case.organisation
    if outcome not in Outcome.values:
        yield error("no-outcome", _("Nothing is said of %(body)s.") % {"body": body})
    elif outcome != Outcome.ADMITTED:
        for finding in needs_reason(reason):
            yield error(
                "no-reason", _("%(body)s: %(what)s") % {"body": body, "what": finding.message}, finding.cure
            )
