"""Files of exchange rates: InforEuro's list of a month or history of a currency, and tables of national rates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from iisg.foundations.core.findings import Finding, Grade
from iisg.foundations.core.folding import fold
from iisg.knowledge.actions.sheets.grids import Grid, Row, text_grid
from iisg.knowledge.actions.sources import open_source
from iisg.knowledge.actions.sources.refusals import refusal

INFOREURO = "inforeuro"
HEADERS: Mapping[str, str] = {
    "currency": "currency", "currency code": "currency", "currencyiso": "currency", "iso a3 code": "currency",
    "iso a3": "currency", "date": "day", "day": "day", "datestart": "day", "date start": "day",
    "rate": "rate", "amount": "rate", "value": "rate", "exchange rate": "rate", "source": "source",
    "refcurrencyiso": "reference",
}  # fmt: skip
"""Folded headers of the three layouts; "currency" beside "iso a3 code" is a name in words and is passed over."""
_CODE = re.compile(r"^[A-Z]{3}$")
_FIGURE = re.compile(r"^\d{1,9}([.,]\d{1,8})?$", re.ASCII)
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m")


@dataclass(frozen=True, slots=True)
class StatedRate:
    """Units of `currency` for one euro from `day` on, by `source`."""

    currency: str
    day: date
    per_euro: Decimal
    source: str


def read_rates(
    content: bytes, name: str, *, month: date | None = None, source: str = ""
) -> tuple[list[StatedRate], list[Finding]]:
    """(rates, findings) of a file; raises `UnreadableFile` where it is no table with currencies and rates.

    A row without a day is of `month`, one without a source of `source` (InforEuro where neither is given). A row
    that cannot be used is left out and told with its place; it never blocks the others.
    """
    opened = open_source(content, name=name)
    if opened.format != "table":
        raise _no_table(name)
    grid = text_grid(opened)
    columns = _columns(next(grid.rows, Row(1, [])))
    if not {"currency", "rate"} <= set(columns):
        raise _no_table(name)
    found: list[StatedRate] = []
    findings: list[Finding] = []
    for row in grid.rows:
        if row.blank:
            continue
        stated = _rate(row, columns, grid, month, source or INFOREURO)
        if isinstance(stated, StatedRate):
            found.append(stated)
        else:
            findings.append(stated)
    return found, findings


def _columns(header: Row) -> dict[str, int]:
    """Meaning -> column; the code of a currency goes before its name."""
    meant = {fold(cell): number for number, cell in enumerate(header.cells)}
    columns: dict[str, int] = {}
    for words, number in meant.items():
        meaning = HEADERS.get(words, "")
        if meaning and (meaning not in columns or words.startswith("iso")):
            columns[meaning] = number
    return columns


def _rate(
    row: Row, columns: Mapping[str, int], grid: Grid, month: date | None, source: str
) -> StatedRate | Finding:
    def cell(meaning: str) -> str:
        number = columns.get(meaning)
        return row.cells[number] if number is not None and number < len(row.cells) else ""

    def wrong(meaning: str, message: str, cure: str) -> Finding:
        return Finding(
            Grade.ERROR, f"rates.{meaning}", message, grid.place(row.number, columns.get(meaning)), cure
        )

    currency = cell("currency").upper()
    if not _CODE.match(currency) or currency == "EUR":
        return wrong(
            "currency", f"'{cell('currency')}' is no code of a currency.", "Write three letters such as ALL."
        )
    if cell("reference") not in ("", "EUR"):
        return wrong(
            "reference", f"The rate is in {cell('reference')}, not in euro.", "Give units for one euro."
        )
    day = _day(cell("day")) or (month if not cell("day") else None)
    if day is None:
        return wrong(
            "day", f"'{cell('day')}' is no day.", "Write year-month-day, or name the month of the file."
        )
    figure = cell("rate")
    per_euro = Decimal(figure.replace(",", ".")) if _FIGURE.match(figure) else Decimal(0)
    if not per_euro:
        return wrong(
            "rate", f"'{cell('rate')}' is no rate.", "Write how many units one euro buys, such as 98.45."
        )
    return StatedRate(
        currency, day, per_euro.quantize(Decimal("0.00000001")), (cell("source") or source)[:80]
    )


def _day(text: str) -> date | None:
    for layout in _DAYS:
        try:
            return datetime.strptime(text, layout).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _no_table(name: str) -> Exception:
    return refusal(
        "rates.no-table",
        "This is no table of exchange rates: it needs columns for the currency and for the rate.",
        place=name,
        cure="Send a CSV file with the columns currency, date, rate and source, or a list or history of InforEuro.",
    )
