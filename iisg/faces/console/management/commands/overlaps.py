"""`iisg overlaps`: who does the same for the same partner at the same time with different money."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from iisg.faces.console.asking import add_day, add_partner, add_pillar, asked_day, asked_of
from iisg.faces.console.printing import Sheet, add_format, show
from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.roles import PillarCode
from iisg.foundations.core.naming import footnote_for
from iisg.knowledge.analysis.engine.rows import PARTNERS
from iisg.knowledge.analysis.overlap_list import KIND_WORDS, OverlapsWanted, counts_by_kind, pair_lines, pairs_wanted
from iisg.knowledge.analysis.reading import picture_of_overlaps
from iisg.knowledge.analysis.titles import read_titles


class Command(BaseCommand):
    """Overlaps, complements, and what nobody can say."""

    help = (
        "Pairs of actions with the same need or measure, the same partner, days in common and different funders: they "
        "overlap where they give the same kind of assistance and complement each other where the kinds differ; where "
        "days, funders or kinds are not known, an overlap is possible. An overlap may be a synergy: a person decides. "
        "Example: iisg overlaps --partner AL --kind overlaps --on 2026-11-23"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What to ask."""
        add_pillar(parser)
        add_partner(parser)
        parser.add_argument("--kind", default="", help=f"one kind: {', '.join(KIND_WORDS)} (default: all)")
        add_day(parser)
        parser.add_argument("--any-day", action="store_true", help="pairs of all times, not only those of the day")
        parser.add_argument("--most", type=int, default=50, help="lines (default 50; 0 for all)")
        add_format(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print."""
        day = asked_day(options["on"])
        wanted = OverlapsWanted(
            pillar=asked_of(options["pillar"], PillarCode.values, "pillar"),
            partner=asked_of(options["partner"], PARTNERS, "partner"),
            kind=asked_of(options["kind"], list(KIND_WORDS), "kind"),
            on=None if options["any_day"] else day,
        )
        found, titles = picture_of_overlaps(CONSOLE, day), read_titles()
        pairs = pairs_wanted(found, titles, wanted)
        most = options["most"] or None
        sheet = Sheet(
            "Overlaps of all times" if options["any_day"] else f"Overlaps on {day:%-d %B %Y}",
            [("kind", "Kind"), ("first", "Action"), ("second", "and action"), ("sentence", "What they share"),
             ("together", "Both run"), ("unknown", "Not known")],
        )  # fmt: skip
        for line in pair_lines(pairs[:most], found, titles, CONSOLE):
            sides = [f"{side.action.ref} {side.action.title} ({', '.join(side.funders) or 'donor not known'})"
                     for side in line.sides]  # fmt: skip
            shared = " ".join((line.sentence, *line.shared))
            sheet.rows.append((line.kind_words, *sides, shared, line.together, line.unknown))
        counts = ", ".join(f"{count} {KIND_WORDS[kind]}" for kind, count in counts_by_kind(pairs).items())
        sheet.notes += [f"Pairs: {counts}.", footnote_for(" ".join(map(str, sheet.rows)))]
        if most and len(pairs) > most:
            sheet.notes.insert(1, f"{len(pairs) - most} more pairs; --most 0 prints them all.")
        show([sheet], options["format"])
