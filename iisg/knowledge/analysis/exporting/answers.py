"""Coverage and gaps as tables: a row for each need and partner, with state, reasons and what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.utils.translation import gettext as _

from iisg.foundations.core.tables import Table, Value
from iisg.knowledge.analysis.coverage_table import CoverageTable
from iisg.knowledge.analysis.engine.coverage import coverage
from iisg.knowledge.analysis.engine.rows import PARTNERS, NeedCoverage, NeedRow, State
from iisg.knowledge.analysis.exporting.extract import Extract
from iisg.knowledge.analysis.gap_list import GapLine
from iisg.knowledge.analysis.reading import Picture
from iisg.knowledge.analysis.titles import Titles
from iisg.knowledge.analysis.wording import coverage_sentences

Row = Mapping[str, Value]
_NEED = ("ref", "need", "pillars", "priority", "kinds")
_ANSWER = (
    *_NEED, "objectives", "measures", "partner_code", "partner", "state", "regional_only", "why",
    "answered_by", "whether_it_runs_not_known", "finished_planned_or_stopped", "not_answered_in_the_round",
    "quantity", "unit", "quantity_met", "day",
)  # fmt: skip
_COUNTS = ("gap", "not_known", "partly", "covered", "regional_only", "needs")
LINE_COLUMNS = (
    "pillar",
    "field",
    "objective",
    "measure_code",
    "measure",
    "partner_code",
    "partner",
    *_COUNTS,
    "day",
)
GAP_COLUMNS = (*_NEED, "partner", "state", "why", "day")
_WIDE = frozenset({"need", "why"})


def coverage_extract(found: Picture, titles: Titles, table: CoverageTable) -> Extract:
    """Every need of the table for every partner, and the lines of the matrix as numbers."""
    needs = [need for need in found.needs if not table.pillar or table.pillar in need.pillars]
    answers = coverage(needs, found.actions, found.responses, found.outstanding, found.day)
    by_ref = {need.ref: need for need in needs}

    def rows() -> Iterator[Row]:
        return (_answer_row(one, by_ref[one.need], found, titles) for one in answers)

    return Extract(
        what="coverage",
        title=_("Coverage of needs by partner"),
        count=len(answers),
        tables=lambda: (
            Table(_("Coverage"), _ANSWER, rows(), _WIDE),
            Table(_("Matrix"), LINE_COLUMNS, line_rows(table, found.day)),
        ),
        flat=lambda: Table(_("Coverage"), _ANSWER, rows()),
        lists=lambda: {"coverage": rows(), "matrix": line_rows(table, found.day)},
        notes=_meanings(),
    )


def gaps_extract(lines: Iterable[GapLine], day: date, *, only_not_known: bool) -> Extract:
    """The needs of a list with the reasons, one row for each need and partner."""
    rows = list(gap_rows(lines, day))
    return Extract(
        what="not-known" if only_not_known else "gaps",
        title=_("Needs of which nobody can know") if only_not_known else _("Gaps"),
        count=len(rows),
        tables=lambda: (Table(_("Gaps"), GAP_COLUMNS, rows, _WIDE),),
        flat=lambda: Table(_("Gaps"), GAP_COLUMNS, rows),
        lists=lambda: {"gaps": rows},
        notes=_meanings(),
    )


def gap_rows(lines: Iterable[GapLine], day: date) -> Iterator[Row]:
    """One row for each need and partner of a list."""
    for line in lines:
        need = line.need
        about: Row = {
            "ref": need.ref,
            "need": need.title,
            "pillars": "; ".join(line.pillars),
            "priority": need.priority,
            "kinds": "; ".join(need.kinds),
        }
        for reason in line.reasons:
            said: Row = {"state": reason.state.value, "why": " ".join(reason.sentences), "day": day}
            yield from ({**about, "partner": partner, **said} for partner in reason.partners)


def line_rows(table: CoverageTable, day: date) -> Iterator[Row]:
    """One row for each line and partner of the matrix, numbers only; partners in their alphabetical order."""
    for line in table.lines:
        objective, measure = (line.under, line.title) if line.code else (line.title, "")
        for code, cell in zip(PARTNERS, line.cells, strict=True):
            numbers: Row = {state.value: cell.counts[state] for state in State}
            yield {
                "pillar": line.pillar,
                "field": line.four_p,
                "objective": objective,
                "measure_code": line.code,
                "measure": measure,
                "partner_code": code,
                "partner": cell.partner,
                **numbers,
                "regional_only": cell.regional_only,
                "needs": cell.number,
                "day": day,
            }


def _answer_row(one: NeedCoverage, need: NeedRow, found: Picture, titles: Titles) -> Row:
    placed = [
        (titles.objectives.get(key), titles.placed.get((key, code))) for _p, _f, key, code in need.placements
    ]
    return {
        "ref": need.ref,
        "need": need.title,
        "pillars": "; ".join(sorted(need.pillars)),
        "priority": need.priority,
        "kinds": "; ".join(sorted(need.kinds)),
        "objectives": "; ".join(dict.fromkeys(o.title for o, _m in placed if o)),
        "measures": "; ".join(dict.fromkeys(f"{m.code} {m.title}" for _o, m in placed if m)),
        "partner_code": one.partner,
        "partner": titles.partners.get(one.partner, one.partner),
        "state": one.state.value,
        "regional_only": "yes" if one.regional_only else "no",
        "why": " ".join(coverage_sentences(one)),
        "answered_by": "; ".join(one.running),
        "whether_it_runs_not_known": "; ".join(one.unknown_time),
        "finished_planned_or_stopped": "; ".join(one.not_counted),
        "not_answered_in_the_round": "; ".join(one.outstanding),
        "quantity": need.quantity,
        "unit": need.unit,
        "quantity_met": one.quantity_met,
        "day": found.day,
    }


def _meanings() -> tuple[str, ...]:
    return (
        _("A gap: all who were asked have answered, and no running action answers the need."),
        _("Not known is no gap: a member has not answered, or a source does not say."),
        _("Partners stand in alphabetical order."),
    )
