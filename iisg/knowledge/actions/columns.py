"""What stands at the head of a sheet and what it was taken to mean; words that go from reader to house."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column means what: `kind` is "needs" or "actions", `columns` is header to field name."""

    kind: str
    columns: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """One column: its letter, its header as printed, and the first few values below it."""

    letter: str
    header: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetHeaders:
    """One sheet for the page of mapping; `row` is the header row, `guess` None where nothing fits."""

    sheet: str
    row: int
    columns: tuple[HeaderColumn, ...]
    guess: Mapping | None
