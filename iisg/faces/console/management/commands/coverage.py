"""`iisg coverage`: what is covered, partly covered, a gap, or not known, for which partner."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import CommandParser
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.faces.console.asking import Asking, asked_day, asked_pillar, round_notes
from iisg.faces.console.printing import Sheet
from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.roles import PillarCode
from iisg.knowledge.analysis.coverage_table import CoverageTable, ShownCell, ShownLine, coverage_table
from iisg.knowledge.analysis.engine.rows import PARTNERS, State
from iisg.knowledge.analysis.exporting.answers import LINE_COLUMNS, line_rows
from iisg.knowledge.analysis.summary import summary_on
from iisg.knowledge.analysis.titles import read_titles
from iisg.knowledge.needs.models import FourP

STATES = (State.GAP, State.NOT_KNOWN, State.PARTLY, State.COVERED)
HEADINGS = (
    gettext_lazy("Gap"),
    gettext_lazy("Not known"),
    gettext_lazy("Partly"),
    gettext_lazy("Covered"),
    gettext_lazy("Of these by regional action only"),
    gettext_lazy("Needs"),
)
COUNTS = ("gap", "not_known", "partly", "covered", "regional_only", "needs")


class Command(Asking):
    """One matrix for all pillars or for one."""

    help = (
        "What is covered on a day: for each line of the framework the partners whose needs are a gap, not "
        "known, partly covered or covered. Only what a person has judged counts, and only while the action "
        "runs; a need is a gap only where everybody who was asked has answered."
    )
    examples = (
        "examples:\n"
        "  iisg coverage --by summary                      numbers for each pillar and partner\n"
        "  iisg coverage --pillar WBBSi --on 2026-11-23    border security, measure by measure\n"
        "  iisg coverage --by objective --format csv > coverage.csv\n"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which lines."""
        super().add_arguments(parser)
        parser.add_argument(
            "--by",
            choices=("measure", "objective", "summary"),
            default="measure",
            help="lines of the framework, or only numbers for each pillar and partner (default: measure)",
        )

    def sheets(self, today: date, options: dict[str, Any]) -> list[Sheet]:
        """Numbers, lines, or plain rows for other programs."""
        day, pillar, by = asked_day(options["on"], today), asked_pillar(options["pillar"]), options["by"]
        found, titles = summary_on(CONSOLE, day), read_titles()
        readable = options["format"] == "table"
        if by == "summary":
            codes = [code for code in PillarCode.values if pillar in ("", code)]
            tables = [coverage_table(found, titles, by="objective", pillar=code) for code in codes]
            unplaced = coverage_table(found, titles, by="objective", pillar=pillar).unplaced
            sheets = (
                [_summary([one], day, one.pillar) for one in tables] if readable else [_summary(tables, day)]
            )
        else:
            table = coverage_table(found, titles, by=by, pillar=pillar)
            unplaced = table.unplaced
            sheets = [_readable(table, day) if readable else _plain(table, day)]
        sheets[-1].notes += [*_meanings(by, unplaced), *round_notes(CONSOLE, found, pillar)]
        return sheets


def _title(day: date, pillar: str = "") -> str:
    words = _("Coverage on %(day)s") % {"day": date_format(day, "j F Y")}
    return f"{words}: {_pillar(pillar)}" if pillar else words


def _pillar(code: str) -> str:
    return str(dict(PillarCode.choices).get(code, code))


def _numbers(cell: ShownCell) -> list[int]:
    return [*(cell.counts[state] for state in STATES), cell.regional_only, cell.number]


def _summary(tables: list[CoverageTable], day: date, pillar: str = "") -> Sheet:
    """Numbers for each pillar and partner; partners in alphabetical order, never ranked."""
    sheet = Sheet(
        _title(day, pillar),
        [
            *([] if pillar else [("pillar", _("Pillar"))]),
            ("partner", _("Partner")),
            *((key, str(heading)) for key, heading in zip(COUNTS, HEADINGS, strict=True)),
        ],
        numbers=frozenset(COUNTS),
    )
    for table in tables:
        where = [] if pillar else [_pillar(table.pillar)]
        sheet.rows += [(*where, total.partner, *_numbers(total)) for total in table.totals]
    return sheet


def _readable(table: CoverageTable, day: date) -> Sheet:
    """One row for each line: which partners stand in which state."""
    heading = _("Measure") if table.by == "measure" else _("Objective")
    states = list(zip(COUNTS, HEADINGS, strict=True))[: len(STATES)]
    sheet = Sheet(
        _title(day, table.pillar),
        [("field", _("Field")), ("line", heading), *((key, str(words)) for key, words in states)],
    )
    for line in table.lines:
        field = str(dict(FourP.choices).get(line.four_p, line.four_p))
        shown = field if table.pillar else f"{line.pillar} {field}"
        sheet.rows.append((shown, line.title, *(_partners(line, state) for state in STATES)))
    return sheet


def _partners(line: ShownLine, state: State) -> str:
    """Names of the partners with needs in this state, "all six partners" where so."""
    held = [cell for cell in line.cells if cell.counts[state]]
    words = [_partner(cell, state) for cell in held]
    marks = {word.removeprefix(cell.partner) for word, cell in zip(words, held, strict=True)}
    if len(held) == len(PARTNERS) and len(marks) == 1:
        return _("all six partners") + marks.pop()
    return ", ".join(words)


def _partner(cell: ShownCell, state: State) -> str:
    count = cell.counts[state]
    remarks = [str(count)] if count > 1 else []
    if state in (State.COVERED, State.PARTLY) and cell.regional_only:
        remarks.append(_("region"))
    return f"{cell.partner} ({', '.join(remarks)})" if remarks else cell.partner


def _plain(table: CoverageTable, day: date) -> Sheet:
    """One row for each line and partner, numbers only, as in an export."""
    sheet = Sheet(_title(day, table.pillar), [(key, key) for key in LINE_COLUMNS])
    sheet.rows += [[row[key] for key in LINE_COLUMNS] for row in line_rows(table, day)]
    return sheet


def _meanings(by: str, unplaced: int) -> Iterator[str]:
    """What the words of the table mean, and what stands in no line."""
    if by == "summary":
        yield _("Each need counts once for every partner that states it; one of two pillars stands in both.")
        yield _("By regional action only: something answers it, but nothing that names the partner.")
    else:
        yield _("In brackets: how many needs, where several; “region”: by regional action only.")
    if unplaced:
        words = _("Not counted, for they stand nowhere in the framework yet: %(number)s needs.")
        yield words % {"number": unplaced}
    yield _("Gap: all who were asked have answered, and no running action answers the need.")
    yield _("Not known: a member has not answered, or the days or partners of a judged action are not known.")
