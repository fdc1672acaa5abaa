"""The brief assessment on one page, as the Board reads it (methodology 2.1; S13)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from typst import TypstError

from iisg.foundations.core.naming import footnote_for
from iisg.governance.membership.models import Assessment, Criterion
from iisg.office.documents.typesetting import set_as_pdf
from iisg.office.letters.kinds import printed

_PAPER = Path(__file__).resolve().parent / "typst" / "brief.typ"


def as_pdf(assessment: Assessment, at: datetime, draft: bool = True) -> bytes:
    """One assessment as a PDF of one page; a draft that is too long runs on, anything else raises TypstError."""
    day = timezone.localtime(at).date()
    facts = {"house": settings.MECHANISM_NAME, "day": day.isoformat(), "marking": "TLP:GREEN", "draft": draft}
    shown = brief_of(assessment)
    text = " ".join([shown["title"], shown["summary"], *(each["evidence"] for each in shown["findings"])])
    return set_as_pdf(_PAPER, {**facts, "brief": shown, "footnote": footnote_for(text)}, at)


def fits(assessment: Assessment, at: datetime) -> bool:
    """Whether it stands on one page, at least in small type."""
    try:
        as_pdf(assessment, at, draft=False)
    except TypstError as refused:
        if "longer than one page" in str(refused):
            return False
        raise
    return True


def brief_of(assessment: Assessment) -> dict[str, Any]:
    """What a brief shows; the same on its own page and in the list's paper."""
    case = assessment.case
    found = {each.criterion: each for each in assessment.findings.all()}
    return {
        "kicker": _("Brief assessment of a potential member, for the Board"),
        "title": case.organisation.name,
        "lines": [
            [_("Case"), case.ref],
            [_("Kind"), case.organisation.get_kind_display()],
            [_("Route"), case.get_route_display()],
            [
                _("Interest expressed"),
                printed(timezone.localtime(case.expressed_at).date()) if case.expressed_at else "",
            ],
            [_("Assessment"), _("version %(number)d") % {"number": assessment.number}],
        ],
        "findings": [
            {
                "criterion": criterion.label,
                "found": found[criterion].get_fulfilled_display() if criterion in found else "",
                "evidence": found[criterion].evidence if criterion in found else "",
                "sources": found[criterion].sources.splitlines() if criterion in found else [],
            }
            for criterion in Criterion
        ],
        "summary_label": _("Summary"),
        "summary": assessment.summary,
        "recommendation_label": _("The Secretariat recommends to"),
        "recommendation": assessment.get_recommendation_display(),
        "board_note": _("The Board decides apart from it."),
        "sources_label": _("Sources:"),
        "caption": _("The three criteria of the methodology"),
        "heads": [_("Criterion"), _("Finding"), _("Evidence")],
    }
