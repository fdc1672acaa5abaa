"""`iisg export`: needs, actions, coverage, gaps, overlaps, relations as a file, marked and noted in the record."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from iisg.faces.console.asking import (
    UNUSABLE,
    Taught,
    Unusable,
    add_partner,
    asked_day,
    asked_partner,
    asked_pillar,
)
from iisg.foundations.access.actors import CONSOLE
from iisg.knowledge.actions.models import Action
from iisg.knowledge.analysis import operations
from iisg.knowledge.analysis.coverage_table import coverage_table
from iisg.knowledge.analysis.exporting import FORMS, Extract, Taken, made_file
from iisg.knowledge.analysis.exporting.answers import coverage_extract, gaps_extract
from iisg.knowledge.analysis.exporting.pairs import overlaps_extract, relations_extract
from iisg.knowledge.analysis.exporting.records import actions_extract, needs_extract
from iisg.knowledge.analysis.gap_list import GapsWanted, gap_lines, gap_lists
from iisg.knowledge.analysis.overlap_list import OverlapsWanted, pairs_wanted
from iisg.knowledge.analysis.reading import picture_of_answers, picture_of_overlaps
from iisg.knowledge.analysis.summary import summary_on
from iisg.knowledge.analysis.titles import read_titles
from iisg.knowledge.needs.models import Need
from iisg.knowledge.responses.models import Relation


class Command(Taught):
    """One subject, one format, one file."""

    help = (
        "Export needs, actions, coverage, gaps, overlaps or relations. Needs and actions come back by "
        "`iisg import` without a change. Each file carries its marking (TLP:GREEN), when it was taken and by "
        "which filters; that it was taken is noted in the record."
    )
    examples = (
        "examples:\n"
        "  iisg export actions -o actions.xlsx           the format follows from the name\n"
        "  iisg export actions --format iati --partner ME -o montenegro.xml\n"
        "  iisg export needs --format json -o -          to the standard output\n"
        "  iisg export coverage --on 2026-11-23          a file with a telling name, here\n"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What, in which format, where to, by which filters."""
        parser.add_argument("what", choices=tuple(EXTRACTS), help="what to export")
        parser.add_argument(
            "--format", choices=tuple(FORMS), default="", help="default: by the name, else xlsx"
        )
        parser.add_argument(
            "-o",
            "--output",
            default="",
            metavar="FILE",
            help="- for the standard output (default: a telling name)",
        )
        parser.add_argument("--pillar", default="", help="WBCTi, WBCSCi or WBBSi (default: all)")
        parser.add_argument("--on", default="", metavar="DAY", help="year-month-day (default: today)")
        parser.add_argument("--words", default="", help="words of needs or actions")
        add_partner(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file, or say what cannot be used."""
        try:
            self.export(options)
        except Unusable as wrong:
            self.stderr.write(str(wrong))
            sys.exit(UNUSABLE)

    def export(self, options: dict[str, Any]) -> None:
        """Make the file, note it, put it where it is wanted."""
        at = timezone.now()
        day = asked_day(options["on"], timezone.localdate(at))
        pillar, partner = asked_pillar(options["pillar"]), asked_partner(options["partner"])
        extract = EXTRACTS[options["what"]](pillar, partner, options["words"], day)
        form = FORMS[options["format"] or by_suffix(options["output"])]
        if form not in extract.forms:
            raise Unusable(f"There is no {form.words} of {options['what']}: only actions have one.")
        if not extract.count:
            raise Unusable("There is nothing to export: no record fits.")
        chosen = "; ".join(in_words(pillar=pillar, partner=partner, words=options["words"]))
        made = made_file(extract, Taken(CONSOLE.label, at, day, chosen), form)
        operations.take_file(extract, made, chosen, by=CONSOLE, at=at)
        with made.content as content:
            if options["output"] == "-":
                shutil.copyfileobj(content, sys.stdout.buffer)
                return
            path = Path(options["output"] or made.name)
            try:
                with path.open("wb") as file:
                    shutil.copyfileobj(content, file)
            except OSError as wrong:
                raise Unusable(f"{path}: {wrong.strerror}. Name another place with -o.") from wrong
        self.stderr.write(f"{path}: {extract.count:,} records, {extract.marking.label}")


def by_suffix(output: str) -> str:
    """The format that the name of a file asks for, a workbook where it asks for none."""
    suffix = Path(output).suffix.removeprefix(".").lower()
    known = {form.suffix: form.name for form in FORMS.values()}
    if suffix and suffix not in known:
        endings = ", ".join(f".{ending}" for ending in known)
        raise Unusable(f"{output}: no format ends with .{suffix}. End it with {endings}, or say --format.")
    return known.get(suffix, "xlsx")


def in_words(**options: str) -> Iterator[str]:
    """Filters as the record notes them."""
    return (f"{name}: {value}" for name, value in options.items() if value)


def _actions(pillar: str, partner: str, words: str, day: date) -> Extract:
    found = Action.objects.visible_to(CONSOLE).counted().matching(words)
    found = found.reaching(partner) if partner else found
    found = found.filter(pillars=pillar) if pillar else found
    return actions_extract(list(found.order_by("ref").values_list("ref", flat=True)), CONSOLE)


def _needs(pillar: str, partner: str, words: str, day: date) -> Extract:
    found = Need.objects.visible_to(CONSOLE).counted().matching(words)
    found = found.of_partner(partner) if partner else found
    found = found.under_pillar(pillar) if pillar else found
    return needs_extract(list(found.order_by("ref").values_list("ref", flat=True)), CONSOLE)


def _coverage(pillar: str, partner: str, words: str, day: date) -> Extract:
    found, titles = picture_of_answers(CONSOLE, day), read_titles()
    table = coverage_table(summary_on(CONSOLE, day), titles, by="measure", pillar=pillar)
    return coverage_extract(found, titles, table)


def _gaps(pillar: str, partner: str, words: str, day: date) -> Extract:
    lists = gap_lists(summary_on(CONSOLE, day), GapsWanted(pillar, partner))
    lines = gap_lines([*lists.gaps, *lists.not_known], CONSOLE, day, read_titles())
    return gaps_extract(lines, day, only_not_known=False)


def _overlaps(pillar: str, partner: str, words: str, day: date) -> Extract:
    found, titles = picture_of_overlaps(CONSOLE, day), read_titles()
    pairs = pairs_wanted(found, titles, OverlapsWanted(pillar, partner, "", day))
    return overlaps_extract(pairs, found, titles, CONSOLE, day)


def _relations(pillar: str, partner: str, words: str, day: date) -> Extract:
    return relations_extract(Relation.objects.visible_to(CONSOLE))


EXTRACTS: dict[str, Callable[[str, str, str, date], Extract]] = {
    "needs": _needs,
    "actions": _actions,
    "coverage": _coverage,
    "gaps": _gaps,
    "overlaps": _overlaps,
    "relations": _relations,
}
"""What can be exported, by its name on the command line."""
