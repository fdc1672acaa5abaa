"""What a rule or a reader has to say about a record: how grave, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How grave a finding is.

    critical: the whole file cannot be used · error: this record is refused · warning: taken, but look at it.
    """

    CRITICAL = "critical"
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark, addressed to the person who can mend it.

    `code` is stable and short ("iati.no-identifier"); `place` names sheet and cell or line and element;
    `message` says what is wrong and `cure` what to do, both as whole sentences.
    """

    grade: Grade
    code: str
    message: str
    place: str = ""
    cure: str = ""

    @property
    def refuses(self) -> bool:
        """Whether the record (or the file) cannot be taken."""
        return self.grade is not Grade.WARNING

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.message} {self.cure}".strip()


def brief(text: str, most: int = 400) -> str:
    """A text that quotes what a file says, cut where the file says too much."""
    return text if len(text) <= most else f"{text[: most - 2]} …"


def too_long(record: object, limits: Mapping[str, int], place: str) -> list[Finding]:
    """A warning for each text of a record that is longer than what is kept of it (characters by field)."""
    return [
        Finding(
            Grade.WARNING,
            "records.too-long",
            f"The {name.replace('_', ' ')} has {len(text)} characters; {limit} are kept.",
            place,
            "Shorten it, or put the rest into the summary or the notes.",
        )
        for name, limit in limits.items()
        if isinstance(text := getattr(record, name, None), str) and len(text) > limit
    ]
