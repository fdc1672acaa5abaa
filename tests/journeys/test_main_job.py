"""The main job from two commands: a newcomer sees the mapping at the terminal and on the page, and takes files in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from lxml import etree

from tests.terminal import ROOT, iisg, served_demonstration

IATI = ROOT.parent / "shared" / "data" / "iati"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house with the demonstration loaded, its first printing kept beside it."""
    var = tmp_path_factory.mktemp("house")
    first = iisg(var, "demo", "--no-serve")
    assert first.returncode == 0, first.stderr
    (var / "printed.txt").write_text(first.stdout)
    return var


def test_the_demo_prints_the_mapping_in_words(house: Path) -> None:
    printed = (house / "printed.txt").read_text()
    lowered = printed.lower()
    for word in ("covered", "partly", "gap", "not known", "Albania", "Kosovo*", "North Macedonia", "MARRI"):
        assert word.lower() in lowered, word
    assert printed.count("without prejudice to positions on status") >= 1
    assert "not the adopted lists" in printed


def test_the_second_start_loads_nothing_again(house: Path) -> None:
    again = iisg(house, "demo", "--data-only")
    assert again.returncode == 0
    assert "loaded already" in again.stdout


def test_coverage_as_data_adds_up(house: Path) -> None:
    answer = iisg(house, "coverage", "--on", "2026-11-23", "--pillar", "WBBSi", "--format", "json")
    assert answer.returncode == 0, answer.stderr
    assert any(rows for rows in json.loads(answer.stdout).values())


def test_unusable_words_end_with_two_and_a_sentence(house: Path) -> None:
    for words in (
        ("coverage", "--on", "31 September"),
        ("coverage", "--pillar", "WBX"),
        ("import", "nowhere.csv"),
    ):
        answer = iisg(house, *words)
        assert answer.returncode == 2, words
        assert "Traceback" not in answer.stderr


def test_importing_the_shipped_lists_again_changes_nothing(house: Path) -> None:
    answer = iisg(house, "import", "demo/needs.csv", "demo/actions.csv", "--format", "json")
    assert answer.returncode == 0, answer.stderr
    rows = json.loads(answer.stdout)["Import"]
    assert [(r["created"], r["changed"], r["unchanged"], r["refused"]) for r in rows] == [
        (0, 0, 114, 0),
        (0, 0, 101, 0),
    ]


def test_demo_and_production_cannot_be_on_together(tmp_path: Path) -> None:
    refused = iisg(
        tmp_path, "demo", IISG_MODE="production", IISG_HOSTS="mapping.example.org", IISG_SECRET_KEY="x" * 60
    )
    assert refused.returncode == 2
    assert "never runs with IISG_MODE=production" in refused.stderr
    abroad = iisg(tmp_path, "demo", IISG_HOSTS="mapping.example.org")
    assert abroad.returncode == 2
    assert "loopback only" in abroad.stderr
    unknown = iisg(tmp_path, "serve", IISG_MODE="demo,production")
    assert unknown.returncode == 2


@pytest.mark.skipif(not IATI.exists(), reason="the real IATI files lie beside the project only")
def test_every_real_file_goes_in_and_the_second_time_changes_nothing(house: Path) -> None:
    files = sorted(IATI.glob("*.xml"))
    first = iisg(house, "import", *map(str, files), "--elsewhere", "--format", "json", "--most", "500")
    rows = {r["file"]: r for r in json.loads(first.stdout)["Import"]}
    for file in files:
        count = sum(1 for _ in etree.parse(file).getroot().iterchildren("iati-activity"))
        row = rows[file.name]
        assert row["created"] + row["changed"] + row["unchanged"] + row["refused"] == count, file.name
    empty = rows["startnetwork_sbk_2024.xml"]
    assert empty["state"] == "refused as a whole"
    assert first.returncode == 2
    found = [f for f in json.loads(first.stdout)["Findings"] if f["file"] == "startnetwork_sbk_2024.xml"]
    assert "no IATI activities" in found[0]["finding"]
    second = iisg(house, "import", *map(str, files), "--elsewhere", "--format", "json")
    for row in json.loads(second.stdout)["Import"]:
        assert (row["created"], row["changed"]) == (0, 0), row
    looked = iisg(house, "import", str(IATI / "dfid2011_KO.xml"), "--dry-run", "--format", "json")
    assert json.loads(looked.stdout)["Import (only looked, nothing written)"][0]["unchanged"] == 42


@pytest.fixture
def served(house: Path) -> Iterator[str]:
    """The demonstration on a free port, with its worker, until the test ends."""
    with served_demonstration(house) as address:
        yield address


def test_the_demo_answers_under_its_banner(served: str) -> None:
    with urlopen(served, timeout=20) as answer:  # noqa: S310 - an address of our own
        page = answer.read().decode()
    assert answer.status == 200
    assert "Demonstration" in page
    assert "default-src" in answer.headers["Content-Security-Policy"]


def test_search_is_in_step_with_all_that_was_recorded(house: Path) -> None:
    answer = iisg(house, "index", "--check")
    assert answer.returncode == 0, answer.stderr
