"""`iisg import`: needs and actions from files, examined first and then applied."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from iisg.faces.console import likely_twins
from iisg.faces.console.asking import Unusable
from iisg.faces.console.printing import Sheet, add_format, show
from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.orgs.matching import Directory
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions import examining, operations, rules
from iisg.knowledge.actions.models import Import, ImportState
from iisg.knowledge.actions.sources.refusals import size_in_words

DONE, REFUSED, UNUSABLE = 0, 1, 2


class LeftAlone(ValueError):
    """The file was examined and put away: what was said of it cannot be carried out."""


class Command(BaseCommand):
    """Examines every file; applies it unless told to look only."""

    help = (
        "Take in needs and actions from CSV, XLSX or IATI XML (1.01 to 2.03). Each file is examined first: what would "
        "be new, changed field by field, unchanged, refused and why; then it is applied. Importing the same file twice "
        "changes nothing. A record that is refused never blocks the others."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Files and how much to say."""
        parser.add_argument("files", nargs="+", metavar="FILE", help="files to take in; formats may be mixed")
        parser.add_argument(
            "--dry-run", action="store_true", help="only look: nothing is written, the file is not kept"
        )
        parser.add_argument(
            "--reported-by",
            default="",
            metavar="ORGANISATION",
            help="who reports what the files state, by reference or any name; records that name their own reporter "
            "(IATI) keep it",
        )
        parser.add_argument(
            "--same",
            action="append",
            default=[],
            metavar="RECORD=ACTION",
            help="a new record of the file is another report of that recorded action; may be given several times",
        )
        parser.add_argument(
            "--not-same",
            action="append",
            default=[],
            metavar="RECORD",
            help="a new record of the file is none of the recorded actions that it looks like",
        )
        parser.add_argument(
            "--no-twins", action="store_true", help="do not look whether new records look like recorded ones"
        )
        parser.add_argument(
            "--elsewhere",
            action="store_true",
            help="take in new records for none of the six partners also where they are most of a file; otherwise they "
            "are left out",
        )
        parser.add_argument(
            "--changes", action="store_true", help="list every changed field with before and after"
        )
        parser.add_argument(
            "--most", type=int, default=20, help="findings to print for each file (default 20)"
        )
        add_format(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """One line per file, then its findings."""
        summary = Sheet(
            "Import" + (" (only looked, nothing written)" if options["dry_run"] else ""),
            [("file", "File"), ("state", "State"), ("created", "New"), ("changed", "Changed"),
             ("unchanged", "Unchanged"), ("refused", "Refused"), ("warnings", "Warnings"), ("new_names", "New names")],
            numbers=frozenset({"created", "changed", "unchanged", "refused", "warnings", "new_names"}),
        )  # fmt: skip
        findings = Sheet(
            "Findings",
            [("file", "File"), ("grade", "Grade"), ("place", "Place"), ("finding", "What was found")],
        )
        changes = Sheet(
            "Changes", [("ref", "Reference"), ("field", "Field"), ("before", "Before"), ("after", "After")]
        )
        twins = likely_twins.empty_sheet()
        try:
            options["reporter"] = asked_reporter(options["reported_by"])
            options["decisions"] = likely_twins.asked_decisions(
                options["same"], options["not_same"], options["files"], unsought=options["no_twins"]
            )
        except Unusable as wrong:
            self.stderr.write(str(wrong))
            sys.exit(UNUSABLE)
        worst = DONE
        for name in options["files"]:
            worst = max(worst, self._one(Path(name), options, summary, (findings, twins, changes)))
        show([summary, *(sheet for sheet in (findings, twins, changes) if sheet.rows)], options["format"])
        sys.exit(worst)

    def _one(
        self, path: Path, options: dict[str, Any], summary: Sheet, details: tuple[Sheet, Sheet, Sheet]
    ) -> int:
        findings = details[0]
        try:
            content = content_of(path)
        except Unusable as wrong:
            summary.rows.append((path.name, "not read", 0, 0, 0, 0, 0, 0))
            findings.rows.append((path.name, "critical", str(path), str(wrong)))
            return UNUSABLE
        try:
            if options["dry_run"]:
                with transaction.atomic():
                    imported = self._looked_at(
                        look(content, path.name, options["reporter"], elsewhere=options["elsewhere"]),
                        options,
                        details,
                    )
                    transaction.set_rollback(True)
            else:
                imported = receive(content, path.name, options["reporter"], elsewhere=options["elsewhere"])
                imported = self._looked_at(imported, options, details)
                if imported.state == ImportState.EXAMINED:
                    imported = write(imported)
        except LeftAlone as wrong:
            summary.rows.append((path.name, "not applied", 0, 0, 0, 0, 0, 0))
            findings.rows.append((path.name, "critical", path.name, str(wrong)))
            return UNUSABLE
        looked = options["dry_run"] and imported.state == ImportState.EXAMINED
        state = "examined" if looked else imported.get_state_display()
        counts = (imported.created, imported.changed, imported.unchanged, imported.refused, imported.warnings)
        summary.rows.append((path.name, state, *counts, len(imported.new_organisations)))
        if imported.state in (ImportState.REFUSED, ImportState.NEEDS_MAPPING):
            return UNUSABLE
        return REFUSED if imported.refused or imported.left_out else DONE

    def _looked_at(
        self, imported: Import, options: dict[str, Any], details: tuple[Sheet, Sheet, Sheet]
    ) -> Import:
        """All that is told of an examined file before it is applied: findings, likely twins, changes."""
        findings, twins, changes = details
        self._tell(imported, options, findings, changes)
        if options["no_twins"]:
            return imported
        try:
            with progress(f"Comparing {imported.file_name} with what is recorded"):
                imported = likely_twins.seek(imported, options["decisions"])
        except Unusable as wrong:
            operations.discard_import(imported, by=CONSOLE, at=timezone.now())
            raise LeftAlone(str(wrong)) from wrong
        likely_twins.add_lines(twins, imported)
        return imported

    def _tell(self, imported: Import, options: dict[str, Any], findings: Sheet, changes: Sheet) -> None:
        """Findings of the file and of its records, the gravest first; new names that resemble known ones."""
        name, most = imported.file_name, options["most"]
        found = [(f["grade"], f["place"], f"{f['message']} {f['cure']}") for f in imported.file_findings]
        if imported.state == ImportState.NEEDS_MAPPING:
            cure = "Send the file in on the page “Import”, where the columns can be named once."
            found.append(("critical", name, f"What the columns mean is not known. {cure}"))
        if imported.left_out:
            words = "name none of the six partners and are left out; --elsewhere takes them in."
            found.append(("warning", name, f"{imported.left_out} new records {words}"))
        rows = imported.rows.exclude(findings=[])
        found += [
            (f["grade"], f["place"], f"{f['message']} {f['cure']}".strip())
            for row in rows
            for f in row.findings
        ]
        for entry in imported.new_organisations:
            if entry["near"]:
                near = ", ".join(entry["near"])
                found.append(
                    ("warning", "names", f"“{entry['name']}” is entered as new, but resembles: {near}.")
                )
        order = {"critical": 0, "error": 1, "warning": 2}
        found.sort(key=lambda f: order[f[0]])
        findings.rows += [(name, *f) for f in found[:most]]
        if len(found) > most:
            findings.notes.append(
                f"{name}: {len(found) - most} more findings; --most {len(found)} prints them all."
            )
        if options["changes"]:
            for row in imported.rows.filter(verdict="changed"):
                changes.rows += [(row.key, *change) for change in row.changes]


def content_of(path: Path) -> bytes:
    """The file, if it is there and not larger than is read at all (told before it fills the memory)."""
    most = settings.READING_LIMIT_BYTES
    try:
        if (size := path.stat().st_size) > most:
            raise Unusable(
                f"It has {size_in_words(size)}; at most {size_in_words(most)} are read. "
                "Split it, or raise IISG_READING_LIMIT_MB."
            )
        return path.read_bytes()
    except OSError as wrong:
        raise Unusable(f"{wrong.strerror}. Check the name of the file.") from wrong


def asked_reporter(text: str) -> Organisation | None:
    """The organisation of that reference or name, None where nobody is named; raises Unusable."""
    if not text:
        return None
    found = Organisation.objects.filter(ref=text).first()
    if found is None and (key := Directory().find(text)) is not None:
        found = Organisation.objects.get(pk=key)
    if found is None:
        raise Unusable(
            f"'{text}' is no organisation that this house knows. "
            "Name it by its reference or one of its names, as they stand on the page “Organisations”."
        )
    return found


def look(content: bytes, name: str, reporter: Organisation | None, *, elsewhere: bool) -> Import:
    """What the file would do; the caller takes back what is noted of it."""
    at = timezone.now()
    with progress(f"Reading {name}") as tell:
        unkept = Import(file_name=name, content=content, reporter=reporter, takes_elsewhere=elsewhere)
        found = examining.examine_file(unkept, CONSOLE, tell)
    imported = operations.receive_import(
        content, name, reporter, by=CONSOLE, at=at, examine_later=False, takes_elsewhere=elsewhere
    )
    return operations.note_examination(imported, found, by=CONSOLE, at=at)


def receive(content: bytes, name: str, reporter: Organisation | None, *, elsewhere: bool) -> Import:
    """The file taken in and examined."""
    at = timezone.now()
    imported = operations.receive_import(
        content, name, reporter, by=CONSOLE, at=at, examine_later=False, takes_elsewhere=elsewhere
    )
    with progress(f"Reading {name}") as tell:
        return operations.examine_import(imported, by=CONSOLE, at=at, tell=tell)


def write(imported: Import) -> Import:
    """The examined file applied; a name that nobody has decided on is a body of its own."""
    at = timezone.now()
    own = {str(name["name"]): None for name in rules.undecided_names(imported)}
    if own:
        imported = operations.decide_names(imported, own, by=CONSOLE, at=at)
    with progress(f"Writing {imported.file_name}") as tell:
        return operations.apply_import(imported, by=CONSOLE, at=at, tell=tell)


@contextmanager
def progress(text: str) -> Iterator[Any]:
    """A progress bar on the error stream while a file is worked through; silent where nobody watches."""
    console = Console(stderr=True)
    bar = Progress(
        SpinnerColumn(), TextColumn(text), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        console=console, transient=True, disable=not console.is_terminal,
    )  # fmt: skip
    with bar:
        task = bar.add_task(text, total=None)
        yield lambda done: bar.update(task, completed=done)
