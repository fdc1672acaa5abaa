"""What stands at the head of a sheet and what it was taken to mean; words that go from reader to house."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column means what: `kind` is "needs" or "actions", `columns` is key of the column to field name."""

    kind: str
    columns: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """One column: its letter, its header as printed, the first few values below it, and by what name it is mapped.

    The `key` is the header; a column without one, or with that of another, is named by its letter.
    """

    letter: str
    header: str
    samples: tuple[str, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class FirstRow:
    """One of the first rows of a sheet with the beginning of what stands in it, for a person to find the headers."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class SheetHeaders:
    """One sheet for the page of mapping; `row` is the header row (0: none), `guess` None where nothing fits."""

    sheet: str
    row: int
    columns: tuple[HeaderColumn, ...]
    guess: Mapping | None
    first: tuple[FirstRow, ...] = ()
