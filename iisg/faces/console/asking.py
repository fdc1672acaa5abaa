"""Commands that answer a question: what is asked is read in words, and a wrong word is told, not guessed."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser, DjangoHelpFormatter
from django.utils import timezone
from django.utils.translation import gettext as _

from iisg.faces.console.printing import Sheet, add_format, show
from iisg.foundations.access.roles import PillarCode
from iisg.foundations.core.folding import fold
from iisg.foundations.core.naming import footnote_for
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.analysis.round_answers import round_answers
from iisg.knowledge.analysis.summary import Summary
from iisg.knowledge.needs.models import NeedState

UNUSABLE = 2
"""Exit code for input that cannot be used."""
EXAMPLES = "examples:"
SHOWN = 25
"""Rows of a readable table unless the operator asks for more or fewer."""


class Unusable(ValueError):
    """What was asked cannot be understood; the sentence says what would be."""


class ExamplesKept(DjangoHelpFormatter):
    """Help whose examples keep their lines; all else is filled as ever."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        kept = text.startswith(EXAMPLES)
        return text if kept else super()._fill_text(text, width, indent)


class Taught(BaseCommand):
    """A command whose `examples` teach at the end of its help."""

    examples = ""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """The examples stand below the options."""
        kwargs |= {"formatter_class": ExamplesKept, "epilog": self.examples}
        return super().create_parser(prog_name, subcommand, **kwargs)


class Asking(Taught):
    """A command that prints sheets."""

    def add_arguments(self, parser: CommandParser) -> None:
        """What every question can be asked with."""
        parser.add_argument("--pillar", default="", help="WBCTi, WBCSCi or WBBSi (default: all)")
        parser.add_argument("--on", default="", metavar="DAY", help="year-month-day (default: today)")
        add_format(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the answer, or say what cannot be used."""
        try:
            sheets = self.sheets(timezone.localdate(), options)
        except Unusable as wrong:
            self.stderr.write(str(wrong))
            sys.exit(UNUSABLE)
        add_footnote(sheets)
        show(sheets, options["format"])

    def sheets(self, today: date, options: dict[str, Any]) -> list[Sheet]:
        """The answer; raises Unusable."""
        raise NotImplementedError


def add_partner(parser: ArgumentParser) -> None:
    """The option for one partner."""
    parser.add_argument(
        "--partner", default="", help="a partner by its code or name, such as ME or Montenegro"
    )


def add_most(parser: ArgumentParser) -> None:
    """The option for how many rows."""
    parser.add_argument(
        "--most",
        type=int,
        metavar="N",
        help=f"rows to print, 0 for all (default: {SHOWN} in a table, all in CSV and JSON)",
    )


def asked_day(text: str, today: date) -> date:
    """The day, today where none is named; raises Unusable."""
    if not text:
        return today
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise Unusable(
            f"'{text}' is no day. Write it as year-month-day, such as {today.isoformat()}."
        ) from wrong


def asked_pillar(text: str) -> str:
    """The code of a pillar named by code or words, "" for all; raises Unusable."""
    if not text:
        return ""
    for code, name in PillarCode.choices:
        if fold(text) in (fold(code), fold(str(name))):
            return str(code)
    known = ", ".join(f"{code} ({str(name).lower()})" for code, name in PillarCode.choices)
    raise Unusable(f"'{text}' is no pillar. The pillars are {known}.")


def asked_partner(text: str) -> str:
    """The code of a partner named by code or any of its names, "" for all; raises Unusable."""
    if not text:
        return ""
    partners = list(Organisation.objects.partners().prefetch_related("aliases"))
    for partner in partners:
        names = {
            partner.name,
            partner.code or "",
            partner.ref,
            *(alias.name for alias in partner.aliases.all()),
        }
        if fold(text) in {fold(name) for name in names}:
            return partner.code or ""
    known = ", ".join(f"{partner.code} ({partner.name})" for partner in partners)
    if not known:
        raise Unusable("No partners are entered yet. First run: iisg prepare")
    raise Unusable(f"'{text}' is no partner. The partners are {known}.")


def asked_most(number: int | None, form: str) -> int | None:
    """How many rows, None for all; raises Unusable."""
    if number is None:
        return SHOWN if form == "table" else None
    if number < 0:
        raise Unusable(f"--most {number}: ask for one row or more, or for all by 0.")
    return number or None


def round_notes(reader: object, found: Summary, pillar: str = "") -> Iterator[str]:
    """Who has not answered in the round, or that nobody had been asked; and that needs were compiled."""
    answers = round_answers(reader, found.cycle, found.day, pillar)
    if answers is None:
        yield _("No round of the response mapping had begun by this day: nobody had been asked.")
    else:
        yield _("%(title)s: %(answered)s of %(asked)s answers have come.") % {
            "title": answers.cycle.title,
            "answered": answers.answered,
            "asked": answers.asked,
        }
        for member in answers.silent:
            pillars = ", ".join(str(silent.get_code_display()) for silent in member.pillars)
            words = {"member": member.organisation.shown, "pillars": pillars}
            yield _("Not answered: %(member)s (%(pillars)s).") % words
    if any(stage == NeedState.COMPILED for stage in found.stages.values()):
        yield _("Needs were compiled from public sources; they are not the adopted lists.")


def add_footnote(sheets: Sequence[Sheet]) -> None:
    """The note that Kosovo* carries, once below all sheets if one names it (rules.md 8)."""
    note = footnote_for(" ".join(text for sheet in sheets for text in _texts(sheet)))
    if note:
        sheets[-1].notes.append(note)


def _texts(sheet: Sheet) -> Iterator[str]:
    yield from (sheet.title, *sheet.notes)
    yield from (heading for _key, heading in sheet.columns)
    yield from (str(value) for row in sheet.rows for value in row if value)
