"""Becoming a member: prospects, cases, the Annex form, assessments, lists to the Board."""

from iisg.governance.membership.models.application import (
    Application,
    ApplicationState,
    SignatureKind,
    Undertaken,
    UndertakingText,
)
from iisg.governance.membership.models.assessment import (
    Assessment,
    AssessmentState,
    Criterion,
    CriterionFinding,
    Fulfilled,
    Recommendation,
)
from iisg.governance.membership.models.board_list import BoardList, ListLine, ListState, Outcome, Procedure
from iisg.governance.membership.models.case import CLOSED, Case, CaseState, Route
from iisg.governance.membership.models.knock import Knock
from iisg.governance.membership.models.prospect import Approach, Prospect, ProspectContact, ProspectState

__all__ = [
    "CLOSED",
    "Application",
    "ApplicationState",
    "Approach",
    "Assessment",
    "AssessmentState",
    "BoardList",
    "Case",
    "CaseState",
    "Criterion",
    "CriterionFinding",
    "Fulfilled",
    "Knock",
    "ListLine",
    "ListState",
    "Outcome",
    "Procedure",
    "Prospect",
    "ProspectContact",
    "ProspectState",
    "Recommendation",
    "Route",
    "SignatureKind",
    "Undertaken",
    "UndertakingText",
]
