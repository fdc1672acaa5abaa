"""The refusal of a whole file: one critical finding, and the limits that lead to one."""

from __future__ import annotations

from dataclasses import dataclass

from iisg.foundations.core.findings import Finding, Grade


class UnreadableFile(Exception):
    """The whole file cannot be used; `finding` is critical and says where, why and how to mend it."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


@dataclass(frozen=True, slots=True)
class Limits:
    """How much we read: sizes in bytes, the rest are counts; beyond that a file is a trap or a mistake."""

    file_size: int = 50 * 1024 * 1024
    unpacked_size: int = 200 * 1024 * 1024
    unpacking_ratio: int = 100
    archive_entries: int = 2_000
    elements_per_record: int = 300_000
    rows: int = 200_000
    columns: int = 512
    cells: int = 20_000_000


def refusal(code: str, message: str, *, place: str, cure: str) -> UnreadableFile:
    """A refusal ready to be raised, with a critical finding."""
    return UnreadableFile(Finding(Grade.CRITICAL, code, message, place, cure))


def size_in_words(size: int) -> str:
    """A size in bytes as a person would say it: "51.2 MB"."""
    return f"{size / 1024 / 1024:,.1f} MB" if size >= 1024 * 1024 else f"{size:,} bytes"
