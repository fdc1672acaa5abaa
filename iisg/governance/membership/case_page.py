"""One case on its pages: what its parts show, which files it has, which step is next."""

from __future__ import annotations

from datetime import date
from typing import Any

from iisg.foundations.access.roles import PillarCode
from iisg.governance.membership.circles import write_to
from iisg.governance.membership.history import happenings
from iisg.governance.membership.models import Application, Case, CaseState
from iisg.office.documents.models import Version
from iisg.office.letters.models import Letter

ONE_BUTTON = {
    CaseState.INVITED: "remind",
    CaseState.NOTIFIED: "check",
    CaseState.GROUND_RECORDED: "confirm",
}
"""States from which one button leads on."""


def overview(case: Case, day: date) -> dict[str, Any]:
    """What the first page of a case shows beside its head."""
    may_inform = case.state in (CaseState.CHECKED, CaseState.CONFIRMED)
    return {
        "day": day,
        "step": ONE_BUTTON.get(CaseState(case.state), ""),
        "may_inform": may_inform,
        "written_to": write_to(case.organisation, day) if may_inform else [],
        "successors": list(case.successors.all()),
        "prospects": list(case.prospects.all()),
        "lines": (lines := sorted(case.lines.all(), key=lambda line: line.pk)),
        "on_list": lines[-1].on_list if case.state == CaseState.LISTED and lines else None,
        "assessment": case.assessments.order_by("-number").first(),
        "letter_count": Letter.objects.about(case).count(),
        "evidence": _slim(case.evidence_id),
        "happened": happenings([f"membership.case:{case.ref}"])[:8],
    }


def received(form: Application) -> dict[str, Any]:
    """The Annex as it was handed over: focal points by pillar, statements, how it is signed, its files."""
    check = dict(form.signature_check or {})
    return {
        "points": [(code.label, code.value, form.focal_points.get(code.value)) for code in PillarCode],
        "statements": list(form.undertaken.select_related("text")),
        "check_valid": check.pop("valid", None),
        "check_reason": check.pop("reason", ""),
        "check_facts": [(str(key).replace("_", " "), value) for key, value in check.items() if value],
        "pdf": _slim(form.pdf_id),
        "signed_file": _slim(form.signed_file_id),
    }


def file_of(case: Case, what: str) -> Version | None:
    """A file of the case by its name in addresses: annex, signed, evidence."""
    form: Application | None = getattr(case, "application", None)
    keys = {
        "annex": form.pdf_id if form else None,
        "signed": form.signed_file_id if form else None,
        "evidence": case.evidence_id,
    }
    key = keys.get(what)
    return Version.objects.get(pk=key) if key else None


def _slim(key: int | None) -> Version | None:
    """A version without its bytes."""
    return Version.objects.defer("content").get(pk=key) if key else None
