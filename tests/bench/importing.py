"""How fast a file is examined (read, checked, previewed) and written; plain functions for the bench to call."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from iisg.foundations.access.actors import CONSOLE
from iisg.knowledge.actions import operations
from iisg.knowledge.actions.models import Import


@dataclass(frozen=True, slots=True)
class Spent:
    """Records and what they cost: `seconds` by the clock, `busy` of this process's own processor time."""

    records: int
    seconds: float
    busy: float

    @property
    def rate(self) -> float:
        """Records a second by the clock."""
        return self.records / self.seconds

    @property
    def busy_rate(self) -> float:
        """Records a second of processor time: what an otherwise idle machine would give."""
        return self.records / self.busy


def examine(content: bytes, name: str, at: datetime) -> tuple[Import, Spent]:
    """Read, check and preview a file as the worker does; the import waits to be applied or discarded."""
    imported = operations.receive_import(
        content, name, None, by=CONSOLE, at=at, examine_later=False, takes_elsewhere=True
    )
    return _timed(lambda: operations.examine_import(imported, by=CONSOLE, at=at))


def write(imported: Import, at: datetime) -> tuple[Import, Spent]:
    """Apply an examined file; a name that resembles somebody is a body of its own."""
    own = {str(name["name"]): None for name in imported.new_organisations if name["near"]}
    if own:
        imported = operations.decide_names(imported, own, by=CONSOLE, at=at)
    return _timed(lambda: operations.apply_import(imported, by=CONSOLE, at=at))


def _timed(deed: Callable[[], Import]) -> tuple[Import, Spent]:
    began, busy = time.perf_counter(), time.process_time()
    imported = deed()
    seconds, busy = time.perf_counter() - began, time.process_time() - busy
    return imported, Spent(sum(imported.counts.values()), seconds, busy)
