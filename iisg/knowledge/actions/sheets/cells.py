"""The cells of one row by field, read with closed lists and remarks that name the cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from iisg.foundations.core.findings import Finding, Grade, brief
from iisg.foundations.core.folding import fold
from iisg.foundations.core.periods import PrintedDate
from iisg.knowledge.actions.partner_names import in_order, read_partner

from .currencies import read_currency
from .figures import read_amount, read_written_date, why_no_date
from .grids import Grid, Row
from .marks import split, split_shares


class Cells:
    """One row of a sheet with its findings; `columns` says which field stands in which column (from 0)."""

    def __init__(self, grid: Grid, row: Row, columns: Mapping[str, int], headers: Mapping[str, str]) -> None:
        self._grid, self._row, self._columns, self._headers = grid, row, columns, headers
        self.findings: list[Finding] = []
        if not row.cells:
            self._unreadable(None, "".join(row.faults.values()))
        for column in columns.values():
            if row.cells and column in row.faults:
                self._unreadable(column, row.faults[column])

    def _unreadable(self, column: int | None, message: str) -> None:
        place = self._grid.place(self._row.number, column)
        cure = "Mend it; where it is a formula, put its value."
        self.findings.append(Finding(Grade.ERROR, "sheet.cell-unreadable", brief(message), place, cure))

    def place(self, name: str = "") -> str:
        """Where a field stands, or the row for ""."""
        return self._grid.place(self._row.number, self._columns.get(name), self._headers.get(name, ""))

    def text(self, name: str) -> str:
        """What is written for a field, "" where nothing is or where the column is missing."""
        column = self._columns.get(name)
        return self._row.cells[column] if column is not None and column < len(self._row.cells) else ""

    def has(self, name: str) -> bool:
        """Whether the sheet has a column for the field, whatever stands in it."""
        return name in self._columns

    def error(self, name: str, code: str, message: str, cure: str) -> None:
        """Refuse the row."""
        self.findings.append(Finding(Grade.ERROR, code, brief(message), self.place(name), cure))

    def warn(self, name: str, code: str, message: str, cure: str) -> None:
        """Take the row, but say what to look at."""
        self.findings.append(Finding(Grade.WARNING, code, brief(message), self.place(name), cure))

    def required(self, name: str, what: str) -> str:
        """The text of a field that must be there."""
        text = self.text(name)
        if not text:
            self.error(name, f"sheet.no-{name}", f"The {what} is missing.", f"Fill in the {what}.")
        return text

    def chosen(self, name: str, allowed: Mapping[str, str]) -> tuple[str, ...]:
        """Values of a closed list, each once; an unknown word refuses the row and names those allowed."""
        found: dict[str, None] = {}
        for part in split(self.text(name)):
            if value := allowed.get(fold(part)):
                found[value] = None
            else:
                words = ", ".join(dict.fromkeys(allowed.values()))
                self.error(
                    name, f"sheet.unknown-{name}", f"'{part}' is not in the list.", f"Use one of: {words}."
                )
        return tuple(found)

    def one(self, name: str, allowed: Mapping[str, str]) -> str:
        """One value of a closed list, "" where nothing is written."""
        found = self.chosen(name, allowed)
        if len(found) > 1:
            self.error(name, f"sheet.several-{name}", "Only one value is possible here.", "Keep one of them.")
        return found[0] if found else ""

    def partners(self, name: str) -> tuple[str, ...]:
        """Codes of the six partners in alphabetical order of their names; anything else refuses the row."""
        return self._partners(name, split(self.text(name)))

    def partners_with_shares(self, name: str) -> tuple[tuple[str, ...], dict[str, Decimal]]:
        """(codes as above, shares in per cent by code where they are written)."""
        parts = split_shares(self.text(name))
        shares = {
            code: share for part, share, _ in parts if share is not None and (code := read_partner(part))
        }
        return self._partners(name, [part for part, *_ in parts]), shares

    def _partners(self, name: str, parts: Iterable[str]) -> tuple[str, ...]:
        found: set[str] = set()
        for part in parts:
            if code := read_partner(part):
                found.add(code)
            else:
                self.error(
                    name,
                    "sheet.unknown-partner",
                    f"'{part}' is none of the Western Balkans partners.",
                    "Use AL, BA, XK, ME, MK or RS, divided by semicolons; a column of other places is one of"
                    " other beneficiaries.",
                )
        return in_order(found)

    def number(self, name: str) -> Decimal | None:
        """A number, None where nothing is written; what is no number is not known and is warned about."""
        text = self.text(name)
        number = read_amount(text) if text else None
        if text and number is None:
            self.warn(
                name,
                "sheet.no-number",
                f"'{text[:60]}' is not one number.",
                "It counts as unknown; write it like 1500000 or 1,500,000.50.",
            )
        return number

    def whole(self, name: str) -> int | None:
        """A whole number, None where nothing is written."""
        number = self.number(name)
        if number is None or number == number.to_integral_value():
            return None if number is None else int(number)
        self.warn(name, "sheet.no-whole-number", f"{number} is not a whole number.", "It counts as unknown.")
        return None

    def date(self, name: str, printed: str = "") -> PrintedDate:
        """A date as printed; impossible ones stay as printed and are warned about.

        `printed` names the column that holds the printed words where they are not the date itself.
        """
        date = read_written_date(self.text(name))
        if date.unreadable:
            self.warn(
                name,
                "sheet.impossible-date",
                why_no_date(date.printed),
                "It is kept as printed and counts as unknown; "
                "write year-month-day, like 2024-05-31, or 2024-05 or 2024.",
            )
        words = self.text(printed) if printed else ""
        return replace(date, printed=words) if words else date

    def currency(self, name: str, *, needed: bool = False) -> str:
        """The code of a currency; a word that can mean several is not known and is warned about.

        So is a blank cell where it is `needed` beside an amount.
        """
        text = self.text(name)
        code = read_currency(text)
        if not code and (text or needed):
            self.warn(
                name,
                "sheet.no-currency",
                f"'{text[:60]}' is no code of a currency." if text else "The amount has no currency.",
                "The currency is unknown; write a code of three letters such as EUR.",
            )
        return code

    def address(self, name: str) -> str:
        """An address of the web, "" with a warning for anything else."""
        text = self.text(name)
        if text and not text.lower().startswith(("http://", "https://")):
            self.warn(name, "sheet.address", f"'{text[:60]}' is no address of the web.", "It was left out.")
            return ""
        return text
