"""The assessment of a case as its page shows it: the newest version, its criteria, who may approve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from iisg.foundations.accounts.models import User
from iisg.governance.membership import rules
from iisg.governance.membership.models import Assessment, AssessmentState, Case, Criterion, CriterionFinding
from iisg.governance.membership.officers import officers_on
from iisg.governance.membership.rules.assessing import may_change_assessment, may_start_assessment


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One criterion with its finding; None where nothing is written yet."""

    criterion: Criterion
    finding: CriterionFinding | None

    @property
    def sources(self) -> list[str]:
        """One by one."""
        return self.finding.sources.splitlines() if self.finding else []


def versions_of(case: Case) -> list[Assessment]:
    """All versions, the newest first, with their findings."""
    found = case.assessments.prefetch_related("findings").select_related("written_by", "approved_by")
    return list(found.order_by("-number"))


def assessment_page(case: Case, versions: Sequence[Assessment], reader: User, day: date) -> dict[str, Any]:
    """What the page shows of the newest version, and what the reader may do with it."""
    newest = versions[0] if versions else None
    context: dict[str, Any] = {
        "assessment": newest,
        "versions": versions,
        "may_start": not list(may_start_assessment(case)),
    }
    if newest is None:
        return context
    found = {each.criterion: each for each in newest.findings.all()}
    waits = newest.state == AssessmentState.SUBMITTED
    others = [officer for officer in officers_on(day) if officer.pk != newest.written_by_id]
    return {
        **context,
        "criteria": [CriterionLine(criterion, found.get(criterion.value)) for criterion in Criterion],
        "may_change": not list(may_change_assessment(newest)),
        "missing": list(rules.may_submit_assessment(newest)),
        "may_approve": waits and not list(rules.may_approve(reader, newest)),
        "approvers": others if waits else [],
        "case_of": case,
    }
