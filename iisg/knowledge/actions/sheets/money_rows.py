"""A flow of money in the columns of a row, beside its action or in a row of its own."""

from __future__ import annotations

from iisg.knowledge.actions.partner_names import read_partner
from iisg.knowledge.actions.records import FlowRecord

from .cells import Cells
from .fields import MONEY_STATES
from .marks import split


def read_flow(cells: Cells) -> FlowRecord | None:
    """The flow of the row, None where its columns are blank."""
    state = cells.one("money_state", MONEY_STATES)
    if not state:
        return None
    return FlowRecord(
        state=state,
        amount=cells.number("money_amount"),
        currency=cells.currency("money_currency"),
        kind=cells.text("money_figure")[:20] or "total",
        source=cells.text("money_from"),
        destination=cells.text("money_to"),
        happened=cells.date("money_date", "money_date_printed"),
        valued=cells.date("money_valued"),
        source_activity=cells.text("money_from_action"),
        destination_activity=cells.text("money_to_action"),
        period_from=cells.date("money_period_from"),
        period_to=cells.date("money_period_to"),
        printed=cells.text("money_printed"),
        sectors=tuple(cells.text("money_sectors").split()),
        recipients=tuple(read_partner(place) or place for place in split(cells.text("money_recipients"))),
    )
