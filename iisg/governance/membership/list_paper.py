"""The list of potential members with all brief assessments as one paper for the Board (methodology 2.1; S13)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from iisg.foundations.core.naming import footnote_for
from iisg.governance.membership.brief import brief_of
from iisg.governance.membership.models import BoardList
from iisg.office.documents.typesetting import set_as_pdf

_PAPER = Path(__file__).resolve().parent / "typst" / "list.typ"


def as_pdf(on_list: BoardList, at: datetime) -> bytes:
    """The paper: a table of all lines, then one page for each."""
    lines = on_list.lines.select_related(
        "case__organisation", "assessment__case__organisation"
    ).prefetch_related("assessment__findings")
    briefs = [brief_of(line.assessment) for line in lines]
    words = " ".join(str(brief) for brief in briefs)
    facts = {
        "house": settings.MECHANISM_NAME,
        "day": timezone.localtime(at).date().isoformat(),
        "marking": "TLP:GREEN",
        "title": on_list.title,
        "ref": on_list.ref,
        "procedure": on_list.get_procedure_display(),
        "introduction": _(
            "The Secretariat puts this list of potential members to the Board, with a brief assessment of each on the "
            "three criteria of the methodology for membership (approved on 2 February 2021, section 2). The Board "
            "decides on each line by itself."
        ),
        "heads": [_("Organisation"), _("Kind"), _("Recommendation")],
        "lines": [
            [
                line.case.organisation.name,
                line.case.organisation.get_kind_display(),
                line.assessment.get_recommendation_display(),
            ]
            for line in lines
        ],
        "briefs": briefs,
        "footnote": footnote_for(words),
    }
    return set_as_pdf(_PAPER, facts, at)
