"""`iisg overlaps`: actions that do the same for the same partner at the same time with different money."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import CommandParser
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from iisg.faces.console.asking import (
    Asking,
    add_most,
    add_partner,
    asked_day,
    asked_most,
    asked_partner,
    asked_pillar,
)
from iisg.faces.console.printing import Sheet
from iisg.foundations.access.actors import CONSOLE
from iisg.knowledge.analysis.exporting.pairs import PAIR_COLUMNS, pair_row
from iisg.knowledge.analysis.overlap_list import (
    KIND_WORDS,
    OverlapsWanted,
    PairLine,
    Side,
    counts_by_kind,
    pair_lines,
    pairs_wanted,
)
from iisg.knowledge.analysis.reading import picture_of_overlaps
from iisg.knowledge.analysis.titles import read_titles

ANY_DAY = "any"


class Command(Asking):
    """Overlaps first, then complements, then pairs of which something is not known."""

    help = (
        "Pairs of actions that work on the same need or measure for the same partner at the same time with "
        "different funders. The same kind of assistance makes an overlap, different kinds a complement; "
        "where days, funders or kinds are not known, the pair is a possible overlap. A pair is a reason to "
        "talk, not a fault."
    )
    examples = (
        "examples:\n"
        "  iisg overlaps --most 10\n"
        "  iisg overlaps --partner AL --kind overlaps\n"
        "  iisg overlaps --on any --format json    whatever the day\n"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which pairs, how many."""
        super().add_arguments(parser)
        add_partner(parser)
        add_most(parser)
        parser.add_argument("--kind", choices=tuple(KIND_WORDS), default="", help="only pairs of this kind")

    def sheets(self, today: date, options: dict[str, Any]) -> list[Sheet]:
        """One row for each pair."""
        on = None if options["on"] == ANY_DAY else asked_day(options["on"], today)
        pillar, partner = asked_pillar(options["pillar"]), asked_partner(options["partner"])
        most = asked_most(options["most"], options["format"])
        found, titles = picture_of_overlaps(CONSOLE, on or today), read_titles()
        pairs = pairs_wanted(found, titles, OverlapsWanted(pillar, partner, options["kind"], on))
        lines = pair_lines(pairs[:most], {need.ref: need for need in found.needs}, titles, CONSOLE)
        sheet = _readable(lines) if options["format"] == "table" else _plain(lines, on)
        sheet.title = (
            _("Pairs of actions on %(day)s") % {"day": date_format(on, "j F Y")}
            if on
            else _("Pairs of actions, whatever the day")
        )
        sheet.notes = list(_notes(counts_by_kind(pairs), len(lines), len(pairs)))
        return [sheet]


def _funders(side: Side) -> str:
    return ", ".join(side.funders) or _("funder not known")


def _readable(lines: list[PairLine]) -> Sheet:
    sheet = Sheet(
        "",
        [
            ("kind", _("Kind")),
            ("actions", _("The two actions")),
            ("shared", _("What they share")),
            ("open", _("Days, not known")),
        ],
    )
    for line in lines:
        actions = "\n".join(f"{s.action.ref} {s.action.title} ({_funders(s)})" for s in line.sides)
        shared = "\n".join((line.sentence, *line.shared))
        unknown = _("Not known: %(what)s.") % {"what": line.unknown} if line.unknown else ""
        days = "\n".join(words for words in (line.together, unknown) if words)
        sheet.rows.append((line.kind_words, actions, shared, days))
    return sheet


def _plain(lines: list[PairLine], on: date | None) -> Sheet:
    """One row for each pair, as in an export."""
    sheet = Sheet("", [(key, key) for key in PAIR_COLUMNS])
    rows = (pair_row(line, on) for line in lines)
    sheet.rows += [[row[key] for key in PAIR_COLUMNS] for row in rows]
    return sheet


def _notes(counts: dict[str, int], shown: int, found: int) -> Iterator[str]:
    """How many of each kind, and what the kinds mean."""
    if shown < found:
        yield _("%(shown)s of %(all)s pairs are shown; --most 0 shows all.") % {
            "shown": shown,
            "all": found,
        }
    if not found:
        yield _("No such pair was found.")
    yield _("Overlaps: %(overlaps)s. Complements: %(complements)s.") % counts
    yield _("Possible overlaps, of which something is not known: %(possible)s.") % counts
    yield _("A pair may be a synergy as well as an overlap: it is a reason to talk, not a fault.")
