"""`iisg recount`: the summaries that pages read from counted anew, or compared with what the records say."""

from __future__ import annotations

import sys
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from iisg.foundations.access.actors import CONSOLE
from iisg.knowledge.analysis import checking, operations

SHOWN = 20


class Command(BaseCommand):
    """Never needed in daily work: every operation keeps the summaries in step."""

    help = (
        "Count coverage, running times and sums anew from the records. Needed only after the database was edited "
        "past this house; `iisg prepare` does it by itself after an upgrade that changed a rule of counting. With "
        "--check nothing is written: it tells which summaries differ from the records (exit code 1 if any does)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """One choice: write, or only look."""
        parser.add_argument("--check", action="store_true", help="only compare, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count, or compare and tell."""
        if not options["check"]:
            operations.recount(by=CONSOLE, at=timezone.now())
            self.stdout.write("Everything is counted anew.")
            return
        astray = list(islice(checking.differences(), SHOWN + 1))
        if astray:
            more = " and more" if len(astray) > SHOWN else ""
            self.stderr.write(
                f"The summaries of {', '.join(astray[:SHOWN])}{more} are not what the records say. Cure: iisg recount"
            )
            sys.exit(1)
        self.stdout.write("Every summary is what the engine counts from the records.")
