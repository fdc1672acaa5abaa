"""`iisg gaps`: needs that nothing running answers, and needs of which nobody can know."""

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
    round_notes,
)
from iisg.faces.console.printing import Sheet
from iisg.foundations.access.actors import CONSOLE
from iisg.knowledge.analysis.exporting.answers import GAP_COLUMNS, gap_rows
from iisg.knowledge.analysis.gap_list import (
    PRIORITY_WORDS,
    GapLine,
    GapLists,
    GapsWanted,
    gap_lines,
    gap_lists,
)
from iisg.knowledge.analysis.summary import summary_on
from iisg.knowledge.analysis.titles import read_titles


class Command(Asking):
    """The most urgent first."""

    help = (
        "Needs that no running action answers on a day, by priority, with the partners concerned and the "
        "reasons; and apart from them the needs of which nobody can know, because a member has not answered "
        "or a source does not say. What is not known is no gap."
    )
    examples = (
        "examples:\n"
        "  iisg gaps --most 10                     the ten most urgent of each list\n"
        "  iisg gaps --pillar WBCSCi --partner ME  organised crime, Montenegro\n"
        "  iisg gaps --format csv > gaps.csv       one row for each need and partner\n"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which needs, how many."""
        super().add_arguments(parser)
        add_partner(parser)
        add_most(parser)

    def sheets(self, today: date, options: dict[str, Any]) -> list[Sheet]:
        """Two tables to read, or one sheet with a row for each need and partner for other programs."""
        day = asked_day(options["on"], today)
        wanted = GapsWanted(asked_pillar(options["pillar"]), asked_partner(options["partner"]))
        most = asked_most(options["most"], options["format"])
        found, titles = summary_on(CONSOLE, day), read_titles()
        lists = gap_lists(found, wanted)
        gaps = gap_lines(lists.gaps[:most], CONSOLE, day, titles)
        open_ones = gap_lines(lists.not_known[:most], CONSOLE, day, titles)
        words = {"day": date_format(day, "j F Y")}
        if options["format"] == "table":
            sheets = [_readable(_("Gaps on %(day)s") % words, gaps)]
            sheets[0].notes = list(_notes(lists, len(gaps)))
            if lists.not_known:
                sheets.append(_readable(_("Not known on %(day)s") % words, open_ones))
                sheets[1].notes = list(_cut(len(open_ones), len(lists.not_known)))
        else:
            sheets = [_plain(_("Gaps on %(day)s") % words, [*gaps, *open_ones], day)]
        sheets[-1].notes += round_notes(CONSOLE, found, wanted.pillar)
        return sheets


def _readable(title: str, lines: list[GapLine]) -> Sheet:
    """One row for each need."""
    sheet = Sheet(
        title,
        [
            ("ref", _("Ref")),
            ("need", _("Need")),
            ("priority", _("Priority")),
            ("why", _("For whom, and why")),
        ],
    )
    for line in lines:
        why = "\n".join(f"{r.partners_in_words}: {' '.join(r.sentences)}" for r in line.reasons)
        priority = str(PRIORITY_WORDS[line.need.priority])
        sheet.rows.append((line.need.ref, line.need.title, priority, why))
    return sheet


def _plain(title: str, lines: list[GapLine], day: date) -> Sheet:
    """One row for each need and partner, with its state, as in an export."""
    sheet = Sheet(title, [(key, key) for key in GAP_COLUMNS])
    sheet.rows += [[row[key] for key in GAP_COLUMNS] for row in gap_rows(lines, day)]
    return sheet


def _notes(lists: GapLists, shown: int) -> Iterator[str]:
    """How many gaps there are in all, by priority."""
    yield from _cut(shown, len(lists.gaps))
    if not lists.gaps:
        yield _("No gap was found.")
    priorities = ", ".join(f"{number} {word}" for number, word in lists.priorities)
    if priorities:
        yield _("By priority: %(priorities)s.") % {"priorities": priorities}


def _cut(shown: int, found: int) -> Iterator[str]:
    if shown < found:
        words = {"shown": shown, "all": found}
        yield _("%(shown)s of %(all)s needs are shown; --most 0 shows all.") % words
