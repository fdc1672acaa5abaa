"""Files of the room of imports, made and noted in the record: a template, a file with what was found in it."""

from __future__ import annotations

import io
from datetime import datetime

from django.utils.text import slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.carrying import MarkedResponse
from iisg.foundations.core.handling import Marking
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions import filling, operations, reading
from iisg.knowledge.actions.models import Import, Verdict
from iisg.knowledge.actions.records import Remark

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_REMARKS = 5_000
"""Remarks of one copy: nobody works through more of them, and programs for sheets grow slow."""


def template(subject: str, reporter: Organisation | None, *, by: Actor, at: datetime) -> MarkedResponse:
    """The template with the reporter's own records, as a file to be saved."""
    file = io.BytesIO()
    write = filling.write_need_template if subject == "needs" else filling.write_action_template
    records = write(file, reporter, by)
    operations.take_template(subject, reporter, file.getvalue(), records, by=by, at=at)
    file.seek(0)
    whose = reporter.ref if reporter else "secretariat"
    return MarkedResponse(file, f"iisg-{subject}-{whose}-{localtime(at).date()}.xlsx", XLSX, Marking.MEMBERS)


def copy_with_findings(imported: Import, *, by: Actor, at: datetime) -> MarkedResponse:
    """The sender's own file with a comment at each cell of which something was found.

    Raises UnreadableFile where it has no cells or needs more than a file may cost.
    """
    remarks = remarks_of(imported)
    content = reading.copy_with_remarks(
        bytes(imported.content), imported.file_name, remarks, _heads(), Marking.MEMBERS.label
    )
    operations.take_copy(imported, content, len(remarks), by=by, at=at)
    stem = slugify(imported.file_name.rpartition(".")[0]) or "file"
    return MarkedResponse(io.BytesIO(content), f"{stem}-with-findings.xlsx", XLSX, Marking.MEMBERS)


def remarks_of(imported: Import) -> list[Remark]:
    """Every finding about a record in the order of the file, and what a person has to decide about it."""
    found = [
        Remark(
            finding["place"] or row.place,
            row.key,
            finding["grade"] != "warning",
            finding["message"],
            finding["cure"],
            row.verdict in (Verdict.REFUSED, Verdict.LEFT_OUT),
        )
        for row in imported.rows.exclude(findings=[]).only("place", "key", "findings", "verdict")[
            :MOST_REMARKS
        ]
        for finding in row.findings
    ]
    if len(found) < MOST_REMARKS:
        return found
    more = _("Only the first %(number)d findings stand here.") % {"number": MOST_REMARKS}
    return [
        Remark("", "", False, more, _("Mend these first and send the file again.")),
        *found[:MOST_REMARKS],
    ]


def has_cells(imported: Import) -> bool:
    """Whether a copy with comments can be made of it and would say anything."""
    spoken = imported.warnings or imported.counts[Verdict.REFUSED]
    return imported.form in ("workbook", "table") and bool(spoken)


def _heads() -> list[str]:
    return [
        _("Where"),
        _("Record"),
        _("It is"),
        _("What was found"),
        _("What to do"),
        _("refused"),
        _("taken, with a warning"),
        _("refused or left out; this is only a warning"),
    ]
