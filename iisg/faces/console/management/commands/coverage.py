"""`iisg coverage`: covered, partly, gap or not known, by partner and measure."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from iisg.faces.console.asking import add_day, add_pillar, asked_day, asked_of, notes
from iisg.faces.console.printing import Sheet, add_format, show
from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.roles import PillarCode
from iisg.knowledge.analysis.coverage_table import ShownCell, coverage_table
from iisg.knowledge.analysis.engine.rows import PARTNERS, State
from iisg.knowledge.analysis.reading import Picture, picture_of_answers
from iisg.knowledge.analysis.titles import Titles, read_titles

STATES = {State.COVERED: "covered", State.PARTLY: "partly", State.GAP: "gap", State.NOT_KNOWN: "not known"}


class Command(BaseCommand):
    """Needs of each partner by state on a day."""

    help = (
        "What is covered on a day. A need counts as covered or partly covered only by actions that run on that day and "
        "that a person judged to answer it; a gap is said only where every member asked has answered; otherwise it is "
        "not known. Example: iisg coverage --pillar WBBSi --by objective --on 2026-11-23"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What to ask."""
        add_pillar(parser)
        parser.add_argument(
            "--by", default="measure", help="measure, objective, or summary (four counts for each pillar and partner)"
        )
        add_day(parser)
        add_format(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print."""
        pillar = asked_of(options["pillar"], PillarCode.values, "pillar")
        by = asked_of(options["by"], ("measure", "objective", "summary"), "way to lay it out")
        found, titles = picture_of_answers(CONSOLE, asked_day(options["on"])), read_titles()
        sheet = _summary(found, titles, pillar) if by == "summary" else _matrix(found, titles, by, pillar)
        sheet.notes += notes(found, CONSOLE, pillar)
        show([sheet], options["format"])


def _summary(found: Picture, titles: Titles, pillar: str) -> Sheet:
    sheet = Sheet(
        f"Needs by state of coverage on {found.day:%-d %B %Y}",
        [("pillar", "Pillar"), ("partner", "Partner"), *((s.value, word) for s, word in STATES.items()),
         ("regional_only", "of these by regional action only"), ("needs", "Needs")],
        numbers=frozenset({*(s.value for s in STATES), "regional_only", "needs"}),
    )  # fmt: skip
    for code in [pillar] if pillar else PillarCode.values:
        for total in coverage_table(found, titles, by="measure", pillar=code).totals:
            counts = [total.counts[state] for state in STATES]
            sheet.rows.append((code, total.partner, *counts, total.regional_only, total.number))
    return sheet


def _matrix(found: Picture, titles: Titles, by: str, pillar: str) -> Sheet:
    table = coverage_table(found, titles, by=by, pillar=pillar)
    sheet = Sheet(
        f"Coverage by {by} and partner on {found.day:%-d %B %Y}",
        [("pillar", "Pillar"), ("four_p", "Field"), (by, by.capitalize()), *zip(PARTNERS, table.partners, strict=True)],
    )
    for line in table.lines:
        sheet.rows.append((line.pillar, line.four_p, line.title, *(_words(cell) for cell in line.cells)))
    sheet.rows.append(("", "", "All needs, each counted once", *(_words(cell) for cell in table.totals)))
    sheet.notes.append("An empty cell: the partner states no need here.")
    return sheet


def _words(cell: ShownCell) -> str:
    """A cell as words with their numbers."""
    if cell.single is None:
        return cell.words
    return f"{cell.single} {cell.words}"
