"""Likely twins of a file that the console takes in: sought before it is applied, printed, decided by options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils import timezone

from iisg.faces.console.asking import Unusable
from iisg.faces.console.printing import Sheet
from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.permits import RuleRefused
from iisg.knowledge.actions import operations
from iisg.knowledge.actions.models import Import, ImportState
from iisg.knowledge.analysis.twins import twins_of

Decisions = Mapping[str, str]
"""Reference of a new record in its file to the recorded action that it reports again, "" for none."""


def empty_sheet() -> Sheet:
    """Where the likely twins of all files are printed."""
    columns = [
        ("file", "File"), ("record", "New record"), ("title", "Its title"), ("recorded", "Looks like"),
        ("recorded_title", "Recorded as"), ("likeness", "Likeness"), ("why", "Why"), ("said", "What was said"),
    ]  # fmt: skip
    return Sheet("Likely twins", columns, numbers=frozenset({"likeness"}))


def asked_decisions(
    same: Sequence[str], not_same: Sequence[str], files: Sequence[str], *, unsought: bool
) -> Decisions:
    """What the operator says of likely twins, where they are sought at all; raises Unusable."""
    if (same or not_same) and len(files) != 1:
        raise Unusable("--same and --not-same speak of the records of one file; name one file.")
    if (same or not_same) and unsought:
        raise Unusable("--same and --not-same speak of likely twins; leave --no-twins out.")
    found = dict.fromkeys(not_same, "")
    for text in same:
        record, equals, action = (part.strip() for part in text.rpartition("="))
        if not (record and equals and action):
            raise Unusable(f"--same {text}: write the record of the file and the action, as in X-1=ACT-001.")
        if record in found:
            raise Unusable(f"Two things are said of the record {record}.")
        found[record] = action
    return found


def seek(imported: Import, decisions: Decisions) -> Import:
    """The examined file with its likely twins noted, and what is said of them; raises Unusable where none was shown."""
    if imported.state != ImportState.EXAMINED:
        return imported
    if imported.created and imported.subject != "needs":
        imported = operations.note_twins(imported, twins_of(imported), by=CONSOLE, at=timezone.now())
    if decisions:
        try:
            imported = operations.decide_twins(imported, decisions, by=CONSOLE, at=timezone.now())
        except RuleRefused as refused:
            raise Unusable(" ".join(finding.message for finding in refused.findings)) from refused
    return imported


def add_lines(sheet: Sheet, imported: Import) -> None:
    """One line for each recorded action that a new record looks like, the likeliest first, and what to do."""
    waiting = imported.undecided_twins if imported.state == ImportState.EXAMINED else []
    for twin in imported.twins:
        said = imported.twin_decisions.get(twin["key"])
        words = "nothing yet" if said is None else f"another report of {said}" if said else "not the same"
        for near in twin["near"]:
            likeness = f"{near['score']:.0%}"
            sheet.rows.append(
                (imported.file_name, twin["key"], twin["title"], near["ref"], near["title"], likeness,
                 near["evidence"], words)
            )  # fmt: skip
    if waiting:
        first = waiting[0]
        sheet.notes.append(
            f"{imported.file_name}: of {len(waiting)} nothing was said. They are entered as new and stand in the queue "
            f"of relations as proposals. To say it now: --same {first['key']}={first['near'][0]['ref']} or --not-same "
            f"{first['key']}."
        )
