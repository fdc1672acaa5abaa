"""Export and import are inverse: what real files brought in comes out, and changes nothing when brought back.

A part of the files runs always; `IISG_ROUND_TRIP=all` takes every file at hand.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from iisg.faces.console.register import enter_register
from iisg.foundations.access.actors import CONSOLE
from iisg.knowledge.actions import operations, rules
from iisg.knowledge.actions.models import Action, Import, ImportState
from iisg.knowledge.analysis.exporting import FORMS, Extract, Taken, made_file
from iisg.knowledge.analysis.exporting.records import actions_extract, needs_extract
from iisg.knowledge.needs.models import Need

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
SCHEMA = ROOT / ".venv" / "lib"
TAKEN = Taken("a test", AT, AT.date(), "everything")
WITHOUT_ACTIVITIES = "startnetwork_sbk_2024.xml"
ALWAYS = (
    "activity-standard-example-annotated_2.03.xml",
    "kosovo_amp_import_test_1.04.xml",
    "ocha_foodsecurity_dportal_2.03.xml",
    "rasmersah_SNBU_2023_results_with_MoFA.xml",
    "XM-DAC-41122_28.xml",
)


def published() -> list[Path]:
    """Publishers' files, those that always run or all of them."""
    found = [
        p
        for folder in ("", "versions", "reconstructed")
        for p in sorted((DATA / "iati" / folder).glob("*.xml"))
    ]
    everything = os.environ.get("IISG_ROUND_TRIP") == "all"
    return [p for p in found if p.name != WITHOUT_ACTIVITIES and (everything or p.name in ALWAYS)]


def take_in(content: bytes, name: str, at: datetime = AT) -> Import:
    """Import a file as the operator does; a name that nobody has decided on is a body of its own."""
    imported = operations.receive_import(content, name, None, by=CONSOLE, at=at, examine_later=False)
    imported = operations.examine_import(imported, by=CONSOLE, at=at)
    assert imported.state == ImportState.EXAMINED, imported.file_findings
    own = {str(new["name"]): None for new in rules.undecided_names(imported)}
    if own:
        imported = operations.decide_names(imported, own, by=CONSOLE, at=at)
    return operations.apply_import(imported, by=CONSOLE, at=at)


def taken_out(extract: Extract, form: str) -> bytes:
    """The extract as a file."""
    made = made_file(extract, TAKEN, FORMS[form])
    with made.content as file:
        return file.read()


def actions_here() -> Extract:
    """All recorded actions."""
    return actions_extract(list(Action.objects.values_list("ref", flat=True)), CONSOLE)


def needs_here() -> Extract:
    """All recorded needs."""
    return needs_extract(list(Need.objects.values_list("ref", flat=True)), CONSOLE)


def assert_brings_back_nothing_new(extract: Extract) -> None:
    """In each of its formats the extract comes back without a change, a refusal or a new name."""
    for form in extract.forms:
        back = take_in(taken_out(extract, form.name), f"back.{form.suffix}", LATER)
        changed = [(row.key, row.changes, row.findings) for row in back.rows.exclude(verdict="unchanged")[:3]]
        told = (form.name, changed, back.file_findings)
        assert (back.created, back.changed, back.refused) == (0, 0, 0), told
        assert back.unchanged == extract.count, told
        assert back.new_organisations == [], told


@pytest.fixture(autouse=True)
def _register() -> None:
    enter_register(AT)


@pytest.mark.parametrize("path", published(), ids=lambda path: path.name)
def test_every_publisher_comes_back_as_it_went_in(path: Path) -> None:
    first = take_in(path.read_bytes(), path.name)
    assert first.created > 0
    assert_brings_back_nothing_new(actions_here())


def test_our_own_actions_come_back_as_they_went_in() -> None:
    take_in((ROOT / "demo" / "actions.csv").read_bytes(), "actions.csv")
    assert_brings_back_nothing_new(actions_here())


def test_our_own_needs_come_back_as_they_went_in() -> None:
    take_in((ROOT / "demo" / "needs.csv").read_bytes(), "needs.csv")
    assert_brings_back_nothing_new(needs_here())
