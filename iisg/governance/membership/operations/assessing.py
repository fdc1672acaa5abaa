"""The brief assessment: written by one, approved by another, one version after the other (methodology 2; S10, S13)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.accounts.models import User
from iisg.foundations.audit.trail import record
from iisg.governance.membership import brief, rules
from iisg.governance.membership.models import (
    Assessment,
    AssessmentState,
    Case,
    CaseState,
    CriterionFinding,
)
from iisg.governance.membership.operations.opening import _locked, _move
from iisg.governance.membership.rules.assessing import may_change_assessment, may_fit, may_start_assessment
from iisg.office.documents.models import Origin
from iisg.office.documents.operations import keep_file


@transaction.atomic
def start_assessment(case: Case, *, by: Actor, at: datetime) -> Assessment:
    """Begin the assessment of a complete case; after an approved one the next version, with its findings taken over."""
    case = _locked(case)
    require(by, Can.WRITE_CASES, may_start_assessment(case))
    former = case.assessments.order_by("-number").first()
    assessment = Assessment.objects.create(
        case=case,
        number=former.number + 1 if former else 1,
        summary=former.summary if former else "",
        written_by=by if isinstance(by, User) else None,
        written_by_label=by.label[:200],
        written_at=at,
    )
    CriterionFinding.objects.bulk_create(
        CriterionFinding(
            assessment=assessment,
            criterion=each.criterion,
            fulfilled=each.fulfilled,
            evidence=each.evidence,
            sources=each.sources,
        )
        for each in (former.findings.all() if former else ())
    )
    if case.state == CaseState.ASSESSED:
        _move(case, "reassess", at=at)
        record("membership.assessment_reopened", by=by, on=case, at=at)
    record("membership.assessment_started", by=by, on=case, at=at, version=assessment.number)
    return assessment


@transaction.atomic
def find_criterion(
    assessment: Assessment,
    criterion: str,
    fulfilled: str,
    evidence: str,
    sources: str,
    *,
    by: Actor,
    at: datetime,
) -> CriterionFinding:
    """Write the finding on one criterion with its evidence."""
    assessment = _locked_assessment(assessment)
    require(by, Can.WRITE_CASES, may_change_assessment(assessment))
    finding, _new = CriterionFinding.objects.update_or_create(
        assessment=assessment,
        criterion=criterion,
        defaults={"fulfilled": fulfilled, "evidence": evidence.strip(), "sources": sources.strip()},
    )
    record(
        "membership.criterion_found", by=by, on=assessment.case, at=at, criterion=criterion, found=fulfilled
    )
    return finding


@transaction.atomic
def write_summary(
    assessment: Assessment, summary: str, recommendation: str, *, by: Actor, at: datetime
) -> Assessment:
    """Write the summary and what is recommended."""
    assessment = _locked_assessment(assessment)
    require(by, Can.WRITE_CASES, may_change_assessment(assessment))
    assessment.summary, assessment.recommendation = summary.strip(), recommendation
    assessment.save(update_fields=["summary", "recommendation"])
    record("membership.summary_written", by=by, on=assessment.case, at=at, recommended=recommendation)
    return assessment


@transaction.atomic
def submit_assessment(assessment: Assessment, *, by: Actor, at: datetime) -> Assessment:
    """Hand a whole assessment to another officer for approval."""
    assessment = _locked_assessment(assessment)
    findings = [*may_change_assessment(assessment), *rules.may_submit_assessment(assessment)]
    if not findings:
        findings += may_fit(brief.fits(assessment, at))
    require(by, Can.WRITE_CASES, findings)
    assessment.flow.make(assessment, "submit")
    assessment.save(update_fields=["state"])
    record("membership.assessment_submitted", by=by, on=assessment.case, at=at, version=assessment.number)
    return assessment


@transaction.atomic
def return_assessment(assessment: Assessment, note: str, *, by: Actor, at: datetime) -> Assessment:
    """Give an assessment back to its writer, with the reason."""
    assessment = _locked_assessment(assessment)
    require(by, Can.WRITE_CASES, [*rules.may_approve(by, assessment), *rules.needs_reason(note)])
    assessment.flow.make(assessment, "return")
    assessment.returned_note = note.strip()
    assessment.save(update_fields=["state", "returned_note"])
    record("membership.assessment_returned", by=by, on=assessment.case, at=at, note=note.strip())
    return assessment


@transaction.atomic
def approve_assessment(assessment: Assessment, *, by: Actor, at: datetime) -> Assessment:
    """Approve what another officer wrote: its brief is frozen on one page, the former version is replaced."""
    assessment = _locked_assessment(assessment)
    case = _locked(assessment.case)
    require(by, Can.WRITE_CASES, [*rules.may_approve(by, assessment), *rules.may_move(case, "assess")])
    for former in case.assessments.filter(state=AssessmentState.APPROVED):
        former.flow.make(former, "supersede")
        former.save(update_fields=["state"])
    assessment.flow.make(assessment, "approve")
    assessment.approved_by = by if isinstance(by, User) else None
    assessment.approved_by_label, assessment.approved_at = by.label[:200], at
    pdf = brief.as_pdf(assessment, at, draft=False)
    name = f"{case.ref}-assessment-{assessment.number}.pdf"
    assessment.brief = keep_file(f"{case}: assessment", name, pdf, Origin.MADE, by=by, at=at)
    assessment.save()
    _move(case, "assess", at=at)
    record("membership.case_assessed", by=by, on=case, at=at, digest=assessment.brief.digest)
    return assessment


def _locked_assessment(assessment: Assessment) -> Assessment:
    found = Assessment.objects.select_for_update(of=("self",)).select_related("case__organisation")
    return found.get(pk=assessment.pk)
