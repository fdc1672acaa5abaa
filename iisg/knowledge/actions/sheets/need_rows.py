"""A row of a sheet of needs as a record."""

from __future__ import annotations

from iisg.knowledge.actions.records import NeedRecord

from .cells import Cells
from .fields import FOUR_PS, NEED_KINDS, PERSPECTIVES, PILLARS, PRIORITIES


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
    return NeedRecord(
        ref=cells.required("ref", "reference"),
        place=cells.place(),
        title=cells.required("need", "text of the need"),
        title_original=cells.text("title_original"),
        original_language=cells.text("original_language"),
        pillars=cells.chosen("pillar", PILLARS),
        pillar_basis=cells.text("pillar_basis"),
        partners=cells.partners("partner"),
        four_p=cells.one("four_p", FOUR_PS),
        four_p_basis=cells.text("four_p_basis"),
        objective=cells.text("objective"),
        measure=cells.text("measure"),
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
        findings=cells.findings,
    )
