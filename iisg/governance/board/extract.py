"""The certified extract of a decision as PDF: what was decided, how, on which text, what each seat said."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from iisg.foundations.core.naming import footnote_for
from iisg.governance.board.models import Decision
from iisg.governance.board.wording import moment_in_words
from iisg.office.documents.typesetting import set_as_pdf
from iisg.office.letters.kinds import printed

PAPER = Path(__file__).resolve().parent / "typst" / "extract.typ"


def as_pdf(decision: Decision, at: datetime) -> bytes:
    """The paper; the same decision gives the same bytes."""
    proposal, silence = decision.proposal, decision.silence
    facts = [
        [_("Number"), decision.number],
        [_("Kind"), decision.get_subject_display()],
        [_("What the Board was asked"), proposal.asks],
        [_("Outcome"), f"{decision.get_outcome_display()}, {decision.get_procedure_display()}"],
        [_("Decided"), moment_in_words(decision.decided_at)],
        [_("In force from"), printed(decision.effective_on)],
        [_("Legal base"), proposal.legal_base or _("not stated")],
        [_("Text"), f"{decision.text.version.file_name}, SHA-256 {decision.digest}"],
        [_("Proposal"), proposal.ref],
    ]
    if silence is not None:
        rules = silence.rules
        facts.append([_("Opened"), moment_in_words(silence.opened_at)])
        facts.append([_("Rules of procedure"), _("version %(number)d") % {"number": rules.version}])
    if decision.reason:
        facts.append([_("Reason"), decision.reason])
    said = [[one["name"], one["said"], _by(one)] for one in decision.positions]
    words = " ".join([decision.title, proposal.asks, *(one["name"] for one in decision.positions)])
    data = {
        "house": settings.MECHANISM_NAME,
        "day": timezone.localtime(at).date().isoformat(),
        "marking": "TLP:GREEN",
        "title": decision.title,
        "caption": _("Decision of the Board, certified extract from the register"),
        "facts": facts,
        "heads": [_("Seat"), _("Position"), _("Spoken by, reason")],
        "said": said,
        "positions": _("What each seat said"),
        "note": _(
            "Silence until the end counts as agreement and is told as silence, not as a vote. The Secretariat "
            "certifies that this extract agrees with the register."
        ),
        "office": settings.OFFICE_NAME,
        "footnote": footnote_for(words),
    }
    return set_as_pdf(PAPER, data, at)


def _by(line: dict[str, str]) -> str:
    spoken = ", ".join(part for part in (line.get("speaker", ""), line.get("capacity", "")) if part)
    return ". ".join(part for part in (spoken, line.get("reason", "")) if part)
