"""The list to the Board, and the Board's decision on each of its lines (methodology 2.1; S13, S14)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.governance.membership import list_paper, rules
from iisg.governance.membership.models import (
    AssessmentState,
    BoardList,
    Case,
    ListLine,
    ListState,
    Outcome,
    Procedure,
)
from iisg.governance.membership.operations.admitting import _admit, _tell_of_outcome
from iisg.governance.membership.operations.opening import _locked, _move
from iisg.governance.membership.operations.tabling import _decided_at_meeting, _table, _untable
from iisg.governance.membership.rules.assessing import may_change_list, may_take_conclusions
from iisg.governance.membership.wordings import decision_said
from iisg.office.documents.models import Origin, Version
from iisg.office.documents.operations import keep_file


@transaction.atomic
def draw_up_list(title: str, *, by: Actor, at: datetime) -> BoardList:
    """Begin a list of potential members for the Board."""
    require(
        by, Can.WRITE_CASES, [] if title.strip() else [rules.error("no-title", _("The list has no title."))]
    )
    year = timezone.localtime(at).year
    last = (
        BoardList.objects.select_for_update().filter(ref__startswith=f"LIST-{year}-").order_by("-pk").first()
    )
    number = int(last.ref.rpartition("-")[2]) + 1 if last else 1
    drawn = BoardList.objects.create(
        ref=f"LIST-{year}-{number:02d}", title=title.strip()[:200], state=ListState.DRAWN_UP, drawn_up_at=at
    )
    record("membership.list_drawn_up", by=by, on=drawn, at=at)
    return drawn


@transaction.atomic
def list_case(on_list: BoardList, case: Case, *, by: Actor, at: datetime) -> ListLine:
    """Put an assessed case on a list, with the assessment in force."""
    on_list, case = _locked_list(on_list), _locked(case)
    require(by, Can.WRITE_CASES, [*may_change_list(on_list), *rules.may_move(case, "list")])
    assessment = case.assessments.get(state=AssessmentState.APPROVED)
    last = on_list.lines.order_by("-position").first()
    place = last.position + 1 if last else 1
    line = ListLine.objects.create(on_list=on_list, case=case, assessment=assessment, position=place)
    _move(case, "list", at=at)
    record("membership.case_listed", by=by, on=case, at=at, on_list=on_list.ref)
    return line


@transaction.atomic
def unlist_case(line: ListLine, *, by: Actor, at: datetime) -> Case:
    """Take a case off a list that is not before the Board."""
    on_list, case = _locked_list(line.on_list), _locked(line.case)
    require(by, Can.WRITE_CASES, [*may_change_list(on_list), *rules.may_move(case, "unlist")])
    line.delete()
    _move(case, "unlist", at=at)
    record("membership.case_unlisted", by=by, on=case, at=at, on_list=on_list.ref)
    return case


@transaction.atomic
def order_lines(on_list: BoardList, places: Mapping[int, int], *, by: Actor, at: datetime) -> BoardList:
    """Put the lines of a list that is drawn up in another order; `places` gives the place for the key of a line."""
    on_list = _locked_list(on_list)
    require(by, Can.WRITE_CASES, may_change_list(on_list))
    lines = sorted(on_list.lines.all(), key=lambda line: (places.get(line.pk, line.position), line.position))
    for place, line in enumerate(lines, start=1):
        line.position = place
        line.save(update_fields=["position"])
    record("membership.lines_ordered", by=by, on=on_list, at=at, lines=[line.pk for line in lines])
    return on_list


@transaction.atomic
def withdraw_list(on_list: BoardList, reason: str, *, by: Actor, at: datetime) -> BoardList:
    """Give a list up before the Board decides; its cases are free for another one."""
    on_list = _locked_list(on_list)
    findings = [*rules.needs_reason(reason)]
    if not BoardList.flow.allows(on_list, "withdraw"):
        findings.append(
            rules.error("list-state", _("The list is: %(state)s.") % {"state": on_list.get_state_display()})
        )
    require(by, Can.WRITE_CASES, findings)
    for line in on_list.lines.select_related("case"):
        case = _locked(line.case)
        line.delete()
        _move(case, "unlist", at=at)
        record("membership.case_unlisted", by=by, on=case, at=at, on_list=on_list.ref)
    on_list.flow.make(on_list, "withdraw")
    on_list.save(update_fields=["state"])
    record("membership.list_withdrawn", by=by, on=on_list, at=at, reason=reason.strip())
    _untable(on_list, reason, by=by, at=at)
    return on_list


@transaction.atomic
def attach_conclusions(
    on_list: BoardList, file_name: str, content: bytes, *, by: Actor, at: datetime
) -> BoardList:
    """Keep the signed conclusions with a list before the Board; another file is the next version of the same paper."""
    on_list = _locked_list(on_list)
    require(by, Can.RECORD_DECISIONS, may_take_conclusions(on_list))
    former = on_list.evidence.document if on_list.evidence else None
    title = f"{on_list.ref}: conclusions"
    on_list.evidence = keep_file(title, file_name, content, Origin.RECEIVED, by=by, at=at, document=former)
    on_list.save(update_fields=["evidence"])
    record("membership.conclusions_attached", by=by, on=on_list, at=at, digest=on_list.evidence.digest)
    return on_list


@transaction.atomic
def put_list(
    on_list: BoardList, procedure: Procedure | str, *, by: Actor, at: datetime, working_group: str = ""
) -> BoardList:
    """Put a list to the Board: its paper, with all brief assessments, is frozen and becomes a proposal.

    `working_group` says what the partners' Working Group said of it, or why it was not asked (methodology 1).
    """
    on_list = _locked_list(on_list)
    findings = [*rules.may_put(on_list)]
    if procedure not in Procedure.values:
        findings.append(rules.error("no-procedure", _("Say by which procedure the Board decides.")))
    require(by, Can.WRITE_CASES, findings)
    on_list.flow.make(on_list, "put")
    on_list.procedure, on_list.put_at = procedure, at
    pdf = list_paper.as_pdf(on_list, at)
    on_list.paper = keep_file(on_list.title, f"{on_list.ref}.pdf", pdf, Origin.MADE, by=by, at=at)
    on_list.save()
    record("membership.list_put", by=by, on=on_list, at=at, procedure=procedure, digest=on_list.paper.digest)
    _table(on_list, on_list.paper, working_group, by=by, at=at)
    return on_list


@transaction.atomic
def take_back_list(on_list: BoardList, reason: str, *, by: Actor, at: datetime) -> BoardList:
    """Take a list back from the Board before it decides, to change it."""
    on_list = _locked_list(on_list)
    findings = [*rules.needs_reason(reason)]
    if not BoardList.flow.allows(on_list, "take_back"):
        findings.append(rules.error("not-put", _("The list is not before the Board.")))
    require(by, Can.WRITE_CASES, findings)
    on_list.flow.make(on_list, "take_back")
    on_list.save(update_fields=["state"])
    record("membership.list_taken_back", by=by, on=on_list, at=at, reason=reason.strip())
    _untable(on_list, reason, by=by, at=at)
    return on_list


@transaction.atomic
def record_decision(
    on_list: BoardList,
    outcomes: Mapping[int, tuple[str, str]],
    number: str,
    decided_on: date,
    effective_on: date,
    evidence: Version | None,
    *,
    by: Actor,
    at: datetime,
) -> BoardList:
    """Record what the Board decided, line by line, and carry it out at once: admit, refuse or defer each case.

    `outcomes` gives for the key of each line its outcome and, but for an admission, the reason or what is asked. Where
    the list is a proposal in the Board's register, the number is the next of that register, whatever was given.
    """
    on_list = _locked_list(on_list)
    today = timezone.localtime(at).date()
    findings = rules.may_decide(on_list, outcomes, number, decided_on, effective_on, evidence, today)
    require(by, Can.RECORD_DECISIONS, findings)
    on_list.flow.make(on_list, "decide")
    on_list.decision_number, on_list.decided_on, on_list.effective_on = (
        number.strip(),
        decided_on,
        effective_on,
    )
    on_list.evidence = evidence
    on_list.save()
    decided = _decided_at_meeting(on_list, decided_on, effective_on, evidence, by=by, at=at)
    if decided is not None:
        on_list.decision_number, on_list.procedure = decided.number, Procedure.MEETING
        on_list.save(update_fields=["decision_number", "procedure"])
    record(
        "membership.decision_recorded",
        by=by,
        on=on_list,
        at=at,
        number=on_list.decision_number,
        procedure=on_list.procedure,
        decided_on=decided_on,
        effective_on=effective_on,
        evidence=evidence.digest if evidence else "",
    )
    for line in on_list.lines.select_related("case"):
        outcome, reason = outcomes[line.pk]
        line.outcome, line.reason = outcome, reason.strip()
        line.save(update_fields=["outcome", "reason"])
        if outcome == Outcome.ADMITTED:
            how = on_list.get_procedure_display()
            basis = decision_said(on_list.decision_number, on_list.procedure, how)
            _admit(_locked(line.case), effective_on, decided_on, basis, by=by, at=at)
        else:
            _turn_down(_locked(line.case), line, on_list.decision_number, by=by, at=at)
    return on_list


def _turn_down(case: Case, line: ListLine, number: str, *, by: Actor, at: datetime) -> None:
    """Refuse or defer a case, and tell the applicant why or what is asked."""
    refused = line.outcome == Outcome.REFUSED
    move, event = ("refuse", "case_refused") if refused else ("defer", "case_deferred")
    case.outcome_reason, case.answered_at = line.reason, None
    _move(case, move, at=at)
    record(f"membership.{event}", by=by, on=case, at=at, number=number, reason=line.reason)
    _tell_of_outcome(case, f"membership-{line.outcome}", number, at=at)


def _locked_list(on_list: BoardList) -> BoardList:
    return BoardList.objects.select_for_update().get(pk=on_list.pk)
