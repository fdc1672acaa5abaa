"""Five successive files of one publisher (2013 to 2017) tell a right story, counted a second way with plain lxml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.audit import trail
from iisg.foundations.orgs.factories import make_partners
from iisg.knowledge.actions import operations
from iisg.knowledge.actions.models import Absence, Action, Import

VERSIONS = Path(__file__).resolve().parents[3] / "shared" / "data" / "iati" / "versions"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not VERSIONS.is_dir(), reason="the data at hand (../shared/data) is absent"),
]
FIRST = datetime(2018, 1, 8, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Chapter:
    """What one file brings: against all that came before it, and what of the file just before it is gone."""

    new: int
    changed: int
    unchanged: int
    vanished: int
    returned: int


STORY = {
    "1387542831.43.xml": (date(2013, 12, 20), Chapter(279, 0, 0, 0, 0)),
    "1435702374.78.xml": (date(2015, 6, 30), Chapter(182, 153, 0, 126, 0)),
    "1477916850.41.xml": (date(2016, 10, 31), Chapter(112, 181, 0, 155, 1)),
    "1480352176.67.xml": (date(2016, 11, 28), Chapter(0, 0, 293, 0, 0)),
    "1513179215.59.xml": (date(2017, 12, 13), Chapter(136, 262, 29, 6, 4)),
}
"""The fourth is the twin of the third: the same records under a later date."""


def plain(path: Path) -> dict[str, bytes]:
    """Identifier to canonical text of each activity, without its moment of export; shares nothing with our readers."""
    found = {}
    for activity in etree.parse(path).getroot().findall("iati-activity"):
        activity.set("last-updated-datetime", "")
        activity.tail = None
        found[str(activity.findtext("iati-identifier")).strip()] = etree.tostring(activity, method="c14n")
    return found


def counted_plainly(paths: list[Path]) -> list[Chapter]:
    """The chapters by comparing the files' own texts."""
    chapters: list[Chapter] = []
    known: dict[str, bytes] = {}
    missing: set[str] = set()
    before: dict[str, bytes] = {}
    for path in paths:
        now = plain(path)
        again = missing & now.keys()
        gone = before.keys() - now.keys()
        met = known.keys() & now.keys()
        same = sum(known[ref] == now[ref] for ref in met)
        chapters.append(Chapter(len(now) - len(met), len(met) - same, same, len(gone), len(again)))
        missing = (missing | gone) - again
        known |= now
        before = now
    return chapters


def take_in(path: Path, at: datetime) -> tuple[Import, Chapter]:
    """The file examined and applied; the chapter is what the examination announced."""
    imported = operations.receive_import(
        path.read_bytes(), path.name, None, by=CONSOLE, at=at, examine_later=False, takes_elsewhere=True
    )
    imported = operations.examine_import(imported, by=CONSOLE, at=at)
    announced = chapter_of(imported)
    own = {str(name["name"]): None for name in imported.new_organisations if name["near"]}
    if own:
        imported = operations.decide_names(imported, own, by=CONSOLE, at=at)
    return operations.apply_import(imported, by=CONSOLE, at=at), announced


def chapter_of(imported: Import) -> Chapter:
    """What an import says of itself."""
    return Chapter(
        imported.created, imported.changed, imported.unchanged, imported.vanished, imported.returned
    )


def test_five_versions_tell_the_story_that_a_plain_comparison_tells() -> None:
    make_partners()
    paths = sorted(VERSIONS.glob("*.xml"))
    assert [path.name for path in paths] == list(STORY)
    missing, before = 0, None
    for number, (path, counted) in enumerate(zip(paths, counted_plainly(paths), strict=True)):
        imported, announced = take_in(path, FIRST + timedelta(days=number))
        day, told = STORY[path.name]
        print(f"{path.name} of {day}: {told}")
        assert announced == chapter_of(imported) == told == counted
        assert imported.dated_at is not None
        assert imported.file_day.date() == day
        assert (imported.refused, imported.earlier) == (0, before)
        assert str(imported.publisher) == "Practical Action"
        missing += told.vanished - told.returned
        assert Absence.objects.undecided().count() == missing
        before = imported
    assert Action.objects.count() == 279 + 182 + 112 + 136
    assert Absence.objects.exclude(returned_at=None).count() == 5
    assert trail.first_broken() is None


def test_the_first_version_after_the_last_is_told_to_be_older_and_brings_nothing_back() -> None:
    make_partners()
    first, second, *_others = sorted(VERSIONS.glob("*.xml"))
    take_in(second, FIRST)
    newer = Import.objects.get()
    imported, announced = take_in(first, FIRST + timedelta(days=1))
    assert announced == chapter_of(imported) == Chapter(126, 153, 0, 0, 0)
    assert (imported.earlier, Absence.objects.count()) == (newer, 0)
