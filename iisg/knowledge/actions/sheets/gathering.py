"""Records gathered from rows: what further rows of the same reference add, and what stands in a sheet of money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from iisg.foundations.core.findings import Finding, Grade
from iisg.foundations.core.folding import fold
from iisg.knowledge.actions.records import ActionRecord, FlowRecord, NeedRecord
from iisg.knowledge.actions.silence import of_columns

from .action_rows import read_action
from .cells import Cells
from .columns import LONG_TEXTS, NEED_PLACE
from .grids import Grid, Row
from .headers import HeaderRow, is_hint_row
from .money_rows import read_flow
from .need_rows import read_need, read_place

Key = tuple[str, str, str]
"""What a row speaks of: need or action, who reports it, its reference."""
Record = NeedRecord | ActionRecord
Sheet = tuple[Grid, HeaderRow, Iterable[Row]]
"""A grid with its header and the rows below it."""
_SHOWN_OF_A_KIND = 3


class Gathering:
    """Reads the rows of all sheets of a file into records.

    Rows that go on with a record stand directly below it, so that a record is handed on when the next begins; only
    where money has a sheet of its own must all be read first.
    """

    def __init__(self, findings: list[Finding], assistance: Mapping[str, str]) -> None:
        """`findings` about the file are added to; `assistance` maps folded words of sources to kinds of assistance."""
        self._findings = findings
        self._assistance = assistance
        self._places: dict[Key, str] = {}
        self._elsewhere = 0

    def records(self, sheets: Iterable[Sheet]) -> Iterator[Record]:
        """Needs, then actions, refused ones included; money of a sheet of its own stands with its action."""
        ordered = sorted(sheets, key=lambda sheet: sheet[1].kind != "needs")
        stated = (sheet for sheet in ordered if sheet[1].kind != "money")
        money = [sheet for sheet in ordered if sheet[1].kind == "money"]
        told = {name for sheet in money for name in sheet[1].fields.values()}
        keyed = (pair for sheet in stated for pair in self._of_sheet(sheet, told))
        if not money:
            return (record for _key, record in keyed)
        everything = list(keyed)
        self._hand_out(money, {key: r for key, r in reversed(everything) if isinstance(r, ActionRecord)})
        return (record for _key, record in everything)

    def _of_sheet(self, sheet: Sheet, told: set[str]) -> Iterator[tuple[Key, Record]]:
        """`told` are the fields of which a sheet of money speaks for the actions of all sheets."""
        kind = sheet[1].kind
        silent = of_columns(kind, told.union(sheet[1].fields.values()))
        key: Key | None = None
        record: Record | None = None
        for cells in _rows_of(sheet):
            found = _key(kind, cells)
            if record is not None and found == key and _goes_on(record, cells):
                continue
            if record is not None and key is not None:
                yield key, record
            key, record = found, self._begun(kind, found, cells)
            record.silent = silent
        if record is not None and key is not None:
            yield key, record

    def _begun(self, kind: str, key: Key, cells: Cells) -> Record:
        """The record that a row begins."""
        record: Record = read_need(cells) if kind == "needs" else read_action(cells, self._assistance)
        if isinstance(record, ActionRecord):
            self._warn_of_elsewhere(record, cells)
        self._refuse_second(key, cells)
        return record

    def _hand_out(self, sheets: Iterable[Sheet], actions: Mapping[Key, ActionRecord]) -> None:
        """Give each flow to its action."""
        for cells in (cells for sheet in sheets for cells in _rows_of(sheet)):
            key = _key("actions", cells)
            flow = read_flow(cells)
            if flow is not None and key in actions:
                actions[key].flows.append(flow)
                actions[key].findings += cells.findings
            elif flow is not None:
                self._findings.append(_money_of_nobody(key[2], cells))

    def _warn_of_elsewhere(self, record: ActionRecord, cells: Cells) -> None:
        """A file about another part of the world can be imported without a single error: say so at its first rows."""
        if not record.elsewhere:
            return
        self._elsewhere += 1
        if self._elsewhere <= _SHOWN_OF_A_KIND:
            last = self._elsewhere == _SHOWN_OF_A_KIND
            cells.warn(
                "other_beneficiaries",
                "sheet.no-partner",
                "The action names none of the Western Balkans partners; whom of them it reaches counts as not known."
                + (" Where later rows are alike it is not said again." if last else ""),
                "Ask whether the file belongs here at all.",
            )

    def _refuse_second(self, key: Key, cells: Cells) -> None:
        """A reference may stand for one record of the file only; the first keeps it."""
        if not key[2]:
            return
        if first := self._places.get(key):
            cells.error(
                "ref",
                "sheet.ref-twice",
                f"The reference '{cells.text('ref')}' was already used in {first}.",
                "Give one of them another reference, delete the repetition, or put a row that only goes on with a"
                " record directly below it.",
            )
        else:
            self._places[key] = cells.place("ref")


def _rows_of(sheet: Sheet) -> Iterator[Cells]:
    """The rows below a header that hold something."""
    grid, header, rows = sheet
    columns = {name: column for column, name in header.fields.items()}
    headers = {name: header.row.cells[column] for name, column in columns.items()}
    return (Cells(grid, row, columns, headers) for row in rows if not row.blank and not is_hint_row(row))


def _key(kind: str, cells: Cells) -> Key:
    """Where reporters are named each has references of its own, written as they are; else letters are folded."""
    ref = cells.text("ref")
    return kind, fold(cells.text("reporter")), ref if cells.has("reporter") else fold(ref)


def _goes_on(record: Record, cells: Cells) -> bool:
    """Whether a row only adds to the record that stands above; what it adds is added here."""
    need = isinstance(record, NeedRecord)
    adding = NEED_PLACE if need else ("money_state",)
    long = [name for name in LONG_TEXTS if cells.text(name)]
    if not cells.text("ref") or cells.text("need" if need else "title"):
        return False
    if not long and not any(cells.text(name) for name in adding):
        return False
    for name in long:
        setattr(record, name, getattr(record, name) + cells.text(name))
    if isinstance(record, ActionRecord):
        _add_flow(record, cells)
    elif any(cells.text(name) for name in NEED_PLACE):
        record.more_places.append(read_place(cells))
    record.findings += cells.findings
    return True


def _add_flow(record: ActionRecord, cells: Cells) -> None:
    flow: FlowRecord | None = read_flow(cells) if cells.has("money_state") else None
    if flow is not None:
        record.flows.append(flow)


def _money_of_nobody(ref: str, cells: Cells) -> Finding:
    return Finding(
        Grade.WARNING,
        "sheet.money-of-nobody",
        f"There is no action of the reference '{ref}' in this file.",
        cells.place("ref"),
        "Its money was not read; correct the reference, or add the action.",
    )
