"""The register of decisions as a workbook or as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from iisg.foundations.core.handling import Marking
from iisg.foundations.core.naming import footnote_for
from iisg.foundations.core.tables import Table, Value, csv_pieces, write_workbook
from iisg.governance.board.models import Decision

COLUMNS = (
    "number", "kind", "title", "outcome", "procedure", "decided_at", "effective_on", "proposal", "text_sha256",
    "objections", "silent_seats", "extract_sha256", "marking",
)  # fmt: skip
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def as_file(decisions: Sequence[Decision], form: str, day: date) -> tuple[str, BytesIO, str]:
    """Name, content and type of the file; the newest decision first."""
    table = Table(_("Decisions"), COLUMNS, _rows(decisions), frozenset({"title"}))
    content = BytesIO()
    if form == "csv":
        for piece in csv_pieces(table):
            content.write(piece)
    else:
        notes = [
            {
                "what": _("Register"),
                "says": _("Decisions of the Board, as it stands on %(day)s") % {"day": day},
            },
            {"what": _("House"), "says": settings.MECHANISM_NAME},
            {"what": _("Marking"), "says": Marking.MEMBERS.label},
            {"what": _("Footnote"), "says": footnote_for(" ".join(one.title for one in decisions))},
        ]
        cover = Table(_("About"), ("what", "says"), notes, frozenset({"says"}))
        write_workbook(content, [table], cover, Marking.MEMBERS.label)
    content.seek(0)
    return f"decisions-{day}-TLP-GREEN.{form}", content, _TYPES[form]


def _rows(decisions: Sequence[Decision]) -> Iterator[Mapping[str, Value]]:
    for one in decisions:
        silent = [said["name"] for said in one.positions if said["said"].startswith("silent")]
        yield {
            "number": one.number,
            "kind": str(one.get_subject_display()),
            "title": one.title,
            "outcome": str(one.get_outcome_display()),
            "procedure": str(one.get_procedure_display()),
            "decided_at": timezone.localtime(one.decided_at).isoformat(timespec="minutes"),
            "effective_on": one.effective_on,
            "proposal": one.proposal.ref,
            "text_sha256": one.digest,
            "objections": ", ".join(said["name"] for said in one.positions if said["said"] == "objects"),
            "silent_seats": ", ".join(silent),
            "extract_sha256": one.extract.digest if one.extract else "",
            "marking": Marking.MEMBERS.label,
        }
