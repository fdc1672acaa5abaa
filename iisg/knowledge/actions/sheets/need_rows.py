"""A row of a sheet of needs as a record."""

from __future__ import annotations

from datetime import date

from iisg.knowledge.needs.records import NeedPlace, NeedRecord

from .cells import Cells
from .fields import FOUR_PS, NEED_KINDS, PERSPECTIVES, PILLARS, PRIORITIES
from .figures import read_written_date, why_no_date


def read_need(cells: Cells) -> NeedRecord:
    """One need; its findings say what is wrong with which cell."""
    year = cells.whole("source_year")
    if year is not None and not 1900 <= year <= 2200:
        cells.warn(
            "source_year", "sheet.impossible-year", f"{year} is no likely year.", "It counts as unknown."
        )
        year = None
    quantity = cells.number("quantity")
    if quantity is not None and quantity < 0:
        cells.error(
            "quantity", "sheet.negative-quantity", f"{quantity} is less than nothing.", "Correct the number."
        )
    place = read_place(cells)
    return NeedRecord(
        ref=cells.required("ref", "reference"),
        place=cells.place(),
        title=cells.required("need", "text of the need"),
        title_original=cells.text("title_original"),
        original_language=cells.text("original_language"),
        pillars=place.pillars,
        pillar_basis=cells.text("pillar_basis"),
        partners=cells.partners("partner"),
        four_p=place.four_p,
        four_p_basis=cells.text("four_p_basis"),
        objective=place.objective,
        measure=place.measure,
        kinds=cells.chosen("need_kind", NEED_KINDS),
        perspective=cells.one("perspective", PERSPECTIVES),
        priority=cells.one("priority", PRIORITIES),
        quantity=quantity,
        unit=cells.text("unit"),
        basis=cells.text("basis"),
        source_body=cells.text("source_body"),
        source_year=year,
        source_url=cells.address("source_url"),
        notes=cells.text("notes"),
        body=cells.text("body"),
        capability=cells.text("capability"),
        needed_by=_last_day(cells, "needed_by"),
        met_when=cells.text("met_when"),
        references=cells.text("references"),
        findings=cells.findings,
    )


def _last_day(cells: Cells, name: str) -> date | None:
    """The last possible day of what is written; what is no date refuses the record, for it would be lost."""
    read = read_written_date(cells.text(name))
    if read.unreadable:
        cells.error(
            name, "sheet.no-day", why_no_date(read.printed), "Write it like 2027-12-31, 2027-12 or 2027."
        )
    return read.last


def read_place(cells: Cells) -> NeedPlace:
    """Where the row puts its need in the framework."""
    return NeedPlace(
        cells.chosen("pillar", PILLARS),
        cells.one("four_p", FOUR_PS),
        cells.text("objective"),
        cells.text("measure"),
    )
