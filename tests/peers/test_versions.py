"""Five successive files of one publisher (2013 to 2017) tell a right story, counted a second way with plain lxml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

VERSIONS = Path(__file__).resolve().parents[3] / "shared" / "data" / "iati" / "versions"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not VERSIONS.is_dir(), reason="the data at hand (../shared/data) is absent"),
]
FIRST = datetime(2018, 1, 8, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Step:
    """What one file changes against everything before it; `vanished` against the file just before it."""

    new: int
    changed: int
    unchanged: int
    vanished: int
    returned: int


STORY = [
    Step(279, 0, 0, 0, 0),
    Step(182, 0, 0, 0, 0),
]


def files() -> list[Path]:
    """The versions in the order of their date."""
    return sorted(VERSIONS.glob("*.xml"))
