"""Records gathered from rows: what further rows of the same reference add, and what stands in a sheet of money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from iisg.foundations.core.findings import Finding, Grade
from iisg.foundations.core.folding import fold
from iisg.knowledge.actions.records import ActionRecord, FlowRecord, NeedRecord

from .action_rows import read_action
from .cells import Cells
from .columns import LONG_TEXTS, NEED_PLACE
from .grids import Grid, Row
from .headers import HeaderRow, is_hint_row
from .money_rows import read_flow
from .need_rows import read_need, read_place

if TYPE_CHECKING:
    from .reading import SheetReading

Key = tuple[str, str, str]
"""What a row speaks of: need or action, who reports it, its reference."""


class Gathering:
    """Reads the rows of all sheets of a file into one reading."""

    def __init__(self, reading: SheetReading, assistance: Mapping[str, str]) -> None:
        """`assistance` maps folded words of sources to kinds of assistance."""
        self._reading = reading
        self._assistance = assistance
        self._needs: dict[Key, NeedRecord] = {}
        self._actions: dict[Key, ActionRecord] = {}
        self._places: dict[Key, str] = {}
        self._money: list[tuple[Key, FlowRecord, Cells]] = []

    def read_rows(self, grid: Grid, header: HeaderRow, rows: Iterable[Row]) -> None:
        """All rows below a header."""
        columns = {name: column for column, name in header.fields.items()}
        headers = {name: header.row.cells[column] for name, column in columns.items()}
        take = {"needs": self._take_need, "actions": self._take_action, "money": self._take_money}
        for row in rows:
            if not row.blank and not is_hint_row(row):
                take[header.kind](Cells(grid, row, columns, headers))

    def hand_out_money(self) -> None:
        """Give each flow to its action, once all sheets are read."""
        for key, flow, cells in self._money:
            action = self._actions.get(key)
            if action is None:
                self._reading.findings.append(_money_of_nobody(key[2], cells))
            else:
                action.flows.append(flow)
                action.findings += cells.findings

    def _take_need(self, cells: Cells) -> None:
        """A need, or a further place in the framework of one that stands above."""
        key = _key("needs", cells)
        known = self._needs.get(key)
        if known is not None and not cells.text("need") and _goes_on(known, cells, NEED_PLACE):
            if any(cells.text(name) for name in NEED_PLACE):
                known.more_places.append(read_place(cells))
            known.findings += cells.findings
            return
        need = read_need(cells)
        self._refuse_second(key, cells)
        self._needs.setdefault(key, need)
        self._reading.needs.append(need)

    def _take_action(self, cells: Cells) -> None:
        """An action, or a further flow of one that stands above."""
        key = _key("actions", cells)
        known = self._actions.get(key)
        if known is not None and not cells.text("title") and _goes_on(known, cells, ("money_state",)):
            self._take_money(cells)
            return
        action = read_action(cells, self._assistance)
        self._refuse_second(key, cells)
        self._actions.setdefault(key, action)
        self._reading.actions.append(action)

    def _take_money(self, cells: Cells) -> None:
        flow = read_flow(cells)
        if flow is not None:
            self._money.append((_key("actions", cells), flow, cells))

    def _refuse_second(self, key: Key, cells: Cells) -> None:
        """A reference may stand for one record of the file only; the first keeps it."""
        if not key[2]:
            return
        if first := self._places.get(key):
            cells.error(
                "ref",
                "sheet.ref-twice",
                f"The reference '{cells.text('ref')}' was already used in {first}.",
                "Give one of them another reference, or delete the repetition.",
            )
        else:
            self._places[key] = cells.place("ref")


def _key(kind: str, cells: Cells) -> Key:
    """Where reporters are named each has references of its own, written as they are; else letters are folded."""
    ref = cells.text("ref")
    return kind, fold(cells.text("reporter")), ref if cells.has("reporter") else fold(ref)


def _goes_on(record: NeedRecord | ActionRecord, cells: Cells, columns: tuple[str, ...]) -> bool:
    """Whether a row only adds to a record that stands above; a long text that goes on is added here."""
    long = [name for name in LONG_TEXTS if cells.text(name)]
    for name in long:
        setattr(record, name, getattr(record, name) + cells.text(name))
    return bool(long) or any(cells.text(name) for name in columns)


def _money_of_nobody(ref: str, cells: Cells) -> Finding:
    return Finding(
        Grade.WARNING,
        "sheet.money-of-nobody",
        f"There is no action of the reference '{ref}' in this file.",
        cells.place("ref"),
        "Its money was not read; correct the reference, or add the action.",
    )
