"""Every IATI file at hand is examined, applied and sent again without a crash; the second time changes nothing."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.audit import trail
from iisg.foundations.orgs.factories import make_partners
from iisg.knowledge.actions import operations
from iisg.knowledge.actions.models import Action, Import, ImportState

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "iati"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not DATA.is_dir(), reason="the data at hand (../shared/data) is absent"),
]
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def look(path: Path, at: datetime) -> Import:
    """The file received and examined."""
    imported = operations.receive_import(
        path.read_bytes(), path.name, None, by=CONSOLE, at=at, examine_later=False, takes_elsewhere=True
    )
    return operations.examine_import(imported, by=CONSOLE, at=at)


def apply(imported: Import, at: datetime) -> Import:
    """The file applied; a name that resembles somebody is a body of its own."""
    own = {str(name["name"]): None for name in imported.new_organisations if name["near"]}
    if own:
        imported = operations.decide_names(imported, own, by=CONSOLE, at=at)
    return operations.apply_import(imported, by=CONSOLE, at=at)


@pytest.mark.parametrize("folder", ["", "reconstructed", "versions", "validator_cases"])
def test_the_whole_chain(folder: str) -> None:
    make_partners()
    states: Counter[str] = Counter()
    for number, path in enumerate(sorted((DATA / folder).glob("*.xml"))):
        at = AT + timedelta(minutes=number)
        imported = look(path, at)
        states[imported.state] += 1
        if imported.state != ImportState.EXAMINED:
            assert imported.file_findings
            continue
        promised = imported.counts
        imported = apply(imported, at)
        assert imported.counts == promised, path.name
        again = look(path, at + timedelta(seconds=30))
        taken = promised["created"] + promised["changed"] + promised["unchanged"]
        assert again.counts == {
            "created": 0, "changed": 0, "unchanged": taken, "refused": promised["refused"], "left_out": 0
        }, path.name  # fmt: skip
        assert (again.new_organisations, again.vanished) == ([], 0), path.name
    print(folder or "publishers' files", dict(states), Action.objects.count(), "actions")
    assert trail.first_broken() is None
