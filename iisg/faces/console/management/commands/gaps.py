"""`iisg gaps`: needs that nothing running answers, the most urgent first."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from iisg.faces.console.asking import add_day, add_partner, add_pillar, asked_day, asked_of, notes
from iisg.faces.console.printing import Sheet, add_format, show
from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.roles import PillarCode
from iisg.knowledge.analysis.engine.matrix import Gap
from iisg.knowledge.analysis.engine.rows import PARTNERS
from iisg.knowledge.analysis.gap_list import PRIORITY_WORDS, GapsWanted, gap_lines, gap_lists
from iisg.knowledge.analysis.reading import Picture, picture_of_answers
from iisg.knowledge.analysis.titles import Titles, read_titles

COLUMNS = (
    ("ref", "Need"), ("priority", "Priority"), ("pillars", "Pillar"), ("title", "What is needed"),
    ("partners", "Partners"), ("why", "Why"),
)  # fmt: skip


class Command(BaseCommand):
    """Gaps, and apart from them what nobody can know."""

    help = (
        "Needs that nothing running answers, by priority, and apart from them the needs of which nobody can know, "
        "because a member has not answered or a source does not say. Example: iisg gaps --partner ME --most 20"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What to ask."""
        add_pillar(parser)
        add_partner(parser)
        add_day(parser)
        parser.add_argument("--most", type=int, default=50, help="lines of each list (default 50; 0 for all)")
        add_format(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print both lists."""
        wanted = GapsWanted(
            pillar=asked_of(options["pillar"], PillarCode.values, "pillar"),
            partner=asked_of(options["partner"], PARTNERS, "partner"),
        )
        found, titles = picture_of_answers(CONSOLE, asked_day(options["on"])), read_titles()
        lists, most = gap_lists(found, wanted), options["most"] or None
        day = f"{found.day:%-d %B %Y}"
        gaps = _sheet(f"Gaps on {day}", lists.gaps, found, titles, most)
        unknown = _sheet(f"Not known on {day}", lists.not_known, found, titles, most)
        unknown.notes += notes(found, CONSOLE, wanted.pillar)
        show([gaps, unknown], options["format"])


def _sheet(title: str, listed: list[Gap], found: Picture, titles: Titles, most: int | None) -> Sheet:
    sheet = Sheet(title, COLUMNS)
    for line in gap_lines(listed[:most], found, titles):
        why = " ".join(sentence for reason in line.reasons for sentence in reason.sentences)
        sheet.rows.append(
            (
                line.need.ref,
                str(PRIORITY_WORDS[line.need.priority]),
                ", ".join(line.pillars),
                line.need.title,
                ", ".join(line.partners),
                " ".join(dict.fromkeys(why.split("  "))),
            )
        )
    if most and len(listed) > most:
        sheet.notes.append(f"{len(listed) - most} more needs; --most 0 prints them all.")
    return sheet
