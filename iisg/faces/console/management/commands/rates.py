"""`iisg rates`: exchange rates that the European Central Bank does not give, from files."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from iisg.faces.console.asking import UNUSABLE, ExamplesKept
from iisg.faces.console.printing import Sheet, add_format, show
from iisg.foundations.access.actors import CONSOLE
from iisg.knowledge.actions.operations import enter_rates
from iisg.knowledge.actions.rate_files import read_rates
from iisg.knowledge.actions.sources import UnreadableFile

DONE, REFUSED = 0, 1
EXAMPLES = (
    "examples:\n"
    "  iisg rates albania.csv                          currency,date,rate,source\n"
    "  iisg rates inforeuro.csv --month 2026-11        a list of InforEuro does not say its month\n"
)


class Command(BaseCommand):
    """Takes every file in and tells what was left out."""

    help = (
        "Take in exchange rates in units for one euro: InforEuro's list of a month or history of a currency, or a "
        "CSV file with the columns currency, date, rate and source. The same rates twice change nothing."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """The examples stand below the options."""
        kwargs |= {"formatter_class": ExamplesKept, "epilog": EXAMPLES}
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        """Files, and the month of those that do not say it."""
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--month", default="", metavar="YEAR-MONTH", help="month of a list without days")
        add_format(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """One line per file, then what was left out."""
        try:
            month = asked_month(options["month"])
        except ValueError:
            self.stderr.write(f"'{options['month']}' is no month. Write it as year-month, such as 2026-11.")
            sys.exit(UNUSABLE)
        summary = Sheet(
            "Exchange rates",
            [
                ("file", "File"),
                ("read", "Read"),
                ("new", "New"),
                ("changed", "Changed"),
                ("left_out", "Left out"),
            ],
            numbers=frozenset({"read", "new", "changed", "left_out"}),
        )
        findings = Sheet("Findings", [("file", "File"), ("finding", "What was found")])
        worst = DONE
        for name in options["files"]:
            worst = max(worst, self._one(Path(name), month, summary, findings))
        show([summary, *([findings] if findings.rows else [])], options["format"])
        sys.exit(worst)

    def _one(self, path: Path, month: date | None, summary: Sheet, findings: Sheet) -> int:
        try:
            found, told = read_rates(path.read_bytes(), path.name, month=month)
        except (OSError, UnreadableFile) as fault:
            said = str(fault.finding) if isinstance(fault, UnreadableFile) else f"{fault.strerror}: {path}"
            findings.rows.append((path.name, said))
            summary.rows.append((path.name, 0, 0, 0, 0))
            return UNUSABLE
        new, changed = enter_rates(found, by=CONSOLE, at=timezone.now(), file_name=path.name)
        summary.rows.append((path.name, len(found), new, changed, len(told)))
        findings.rows += [(path.name, str(finding)) for finding in told]
        return REFUSED if told else DONE


def asked_month(text: str) -> date | None:
    """The first day of a month written as year-month; None where none is named; raises ValueError."""
    return datetime.strptime(text, "%Y-%m").date() if text else None  # noqa: DTZ007
