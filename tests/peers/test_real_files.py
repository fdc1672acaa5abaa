"""Every real file at hand is read without a crash, and the counts are right by a second way of counting."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from iisg.knowledge.actions.columns import Mapping
from iisg.knowledge.actions.iati import read_iati
from iisg.knowledge.actions.partner_names import PARTNER_CODES
from iisg.knowledge.actions.reading_room.keeper import ReadingRoom
from iisg.knowledge.actions.records import ActionRecord
from iisg.knowledge.actions.sheets.headers import describe_headers
from iisg.knowledge.actions.sheets.reading import read_sheet
from iisg.knowledge.actions.sources import Limits, UnreadableFile, open_source

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the data at hand (../shared/data) is absent")
ALL_SIX = ("AL", "BA", "XK", "ME", "MK", "RS")

PUBLISHED = {
    "activity-standard-example-annotated_2.03.xml": 1,
    "dfid2011_AF.xml": 247,
    "dfid2011_KO.xml": 42,
    "dhsc_ghs_2.03.xml": 67,
    "kosovo_amp_import_test_1.04.xml": 105,
    "ocha_covid_dportal_401_activities_2.03.xml": 401,
    "ocha_foodsecurity_dportal_2.03.xml": 7,
    "rasmersah_SNBU_2023_results_with_MoFA.xml": 2,
    "unhcr_2023_activities_2.03.xml": 134,
}
"""Activities of each publisher's file, as data/README.md and a plain count give them."""

WITHOUT_ACTIVITIES = "startnetwork_sbk_2024.xml"


def files(folder: str) -> list[Path]:
    """The XML files of a folder of the data at hand."""
    return sorted((DATA / "iati" / folder).glob("*.xml"))


def counted_plainly(path: Path) -> int:
    """Activities by a whole-tree count that shares no code with the reader."""
    return len(etree.parse(path).getroot().findall("iati-activity"))


@needs_data
@pytest.mark.parametrize(
    "path",
    [
        p
        for folder in ("", "versions", "reconstructed")
        for p in files(folder)
        if p.name != WITHOUT_ACTIVITIES
    ],
    ids=lambda path: path.name,
)
def test_accepted_and_refused_activities_add_up_to_a_plain_count(path: Path) -> None:
    source = open_source(path)
    verdicts = Counter(record.refused for record in read_iati(source))
    assert verdicts[False] + verdicts[True] == counted_plainly(path) == source.count
    assert verdicts[False] == PUBLISHED.get(path.name, verdicts[False])
    assert verdicts[True] == 0


@needs_data
def test_the_file_without_activities_is_refused_with_a_reason() -> None:
    with pytest.raises(UnreadableFile) as caught:
        open_source(DATA / "iati" / WITHOUT_ACTIVITIES)
    assert caught.value.finding.code == "xml.wrong-root"
    assert "holds no IATI activities" in caught.value.finding.message
    assert caught.value.finding.place == f"{WITHOUT_ACTIVITIES}, line 3"


@needs_data
def test_transactions_of_the_kosovo_export_all_become_flows() -> None:
    records = list(read_iati(DATA / "iati" / "kosovo_amp_import_test_1.04.xml"))
    assert sum(flow.kind == "transaction" for record in records for flow in record.flows) == 1306
    assert {record.partners for record in records} == {("XK",)}
    assert all(flow.amount is not None and flow.currency == "EUR" for r in records for flow in r.flows)


@needs_data
def test_sums_of_flows_are_the_sums_of_the_file() -> None:
    path = DATA / "iati" / "reconstructed" / "XI-IATI-EC_NEAR_1609.xml"
    plain = sum(float(value.text or 0) for value in etree.parse(path).iterfind(".//transaction/value"))
    read = sum(flow.amount or 0 for r in read_iati(path) for flow in r.flows if flow.kind == "transaction")
    assert float(read) == pytest.approx(plain, abs=0.01)


@needs_data
def test_the_region_europe_never_becomes_all_six() -> None:
    for path in files("reconstructed"):
        for record in read_iati(path):
            named = record.names_partners is True
            assert named == bool(record.partners)
            if "Europe, regional" in record.other_beneficiaries and not named:
                assert record.names_partners is None


@needs_data
def test_twins_among_the_versions_are_read_alike() -> None:
    first, second = (DATA / "iati" / "versions" / name for name in ("1477916850.41.xml", "1480352176.67.xml"))
    assert list(read_iati(first)) == list(read_iati(second))


MEASURE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from iisg.knowledge.actions.iati import read_iati
count = sum(1 for _ in read_iati(Path(sys.argv[1])))
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(count, peak.split()[1])
"""


def read_apart(path: Path) -> tuple[int, int]:
    """(activities, largest memory in KiB) of a process of its own that reads the file."""
    command = [sys.executable, "-c", MEASURE, str(path)]
    ran = subprocess.run(command, capture_output=True, check=True, text=True, cwd=ROOT)
    count, memory = ran.stdout.split()
    return int(count), int(memory)


@needs_data
@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="the system does not tell a process its memory"
)
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    largest = max(files("reconstructed"), key=lambda path: path.stat().st_size)
    count, memory = read_apart(largest)
    opening, rest = largest.read_text().split("<iati-activity ", 1)
    activities = "<iati-activity " + rest.removesuffix("</iati-activities>")
    several = tmp_path / "several.xml"
    several.write_text(opening + activities * 4 + "</iati-activities>")
    assert count == 2397
    repeated, more = read_apart(several)
    assert repeated == 4 * count
    growth = several.stat().st_size - largest.stat().st_size
    assert (more - memory) * 1024 < growth / 2


@needs_data
@pytest.mark.parametrize(
    ("name", "kind", "number"), [("needs.csv", "needs", 114), ("actions.csv", "actions", 101)]
)
def test_our_own_sheets_are_taken_whole(name: str, kind: str, number: int) -> None:
    reading = read_sheet(DATA / name)
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    taken = [record for record in reading.records if not record.refused]
    assert len(rows) == len(taken) == len(list(reading.records)) == number
    assert [record.ref for record in taken] == [row["ref"] for row in rows]
    assert {mapping.kind for mapping in reading.mappings.values()} == {kind}
    assert reading.findings == []


@needs_data
def test_the_actions_sheet_says_what_its_cells_say() -> None:
    actions = {action.ref: action for action in read_sheet(DATA / "actions.csv").actions}
    assert [flow.source for flow in actions["ACT-004"].flows] == ["EC", "BMZ", "Italian MoI"]
    assert [party.share for party in actions["ACT-025"].parties if party.role == "funding"] == [90, 10]
    assert (actions["ACT-001"].kind, actions["ACT-001"].stage) == ("coordination", "implementation")
    assert sum(action.names_partners is False for action in actions.values()) == 30
    assert sum(action.names_partners is None for action in actions.values()) == 14
    assert sum(bool(action.flows) for action in actions.values()) == 46
    findings = [finding for action in actions.values() for finding in action.findings]
    assert [finding.code for finding in findings] == ["sheet.no-currency"]
    assert all(action.assistance for action in actions.values())


@needs_data
def test_a_foreign_workbook_is_described_for_mapping_and_not_taken() -> None:
    path = DATA / "sheets" / "3w_tcd_avr2025.xlsx"
    operations, presence = describe_headers(path)
    assert (operations.row, len(operations.columns), operations.guess) == (1, 13, None)
    assert operations.columns[1].header == "Province"
    assert operations.columns[1].samples[0] == "Barh El Gazel"
    assert (presence.row, len(presence.columns), presence.guess) == (1, 7, None)
    with pytest.raises(UnreadableFile) as caught:
        read_sheet(path)
    assert caught.value.finding.code == "sheet.headers-fit-nothing"


@needs_data
def test_the_foreign_workbook_is_read_once_its_columns_are_named() -> None:
    columns = {
        "ID": "ref",
        "Cluster": "title",
        "Organisation": "implementer",
        "Province": "other_beneficiaries",
    }
    path = DATA / "sheets" / "3w_tcd_avr2025.xlsx"
    reading = read_sheet(path, mapping=Mapping("actions", columns))
    assert len(list(reading.records)) == 1556
    assert not any(record.refused for record in reading.records)
    assert not any(record.title.startswith("#") for record in reading.records), "rows of hints are no records"
    assert [f.code for r in reading.records for f in r.findings] == ["sheet.no-partner"] * 3
    assert any("'3W Physique' has no column" in finding.message for finding in reading.findings)
    provinces_as_partners = columns | {"Province": "beneficiaries"}
    strict = read_sheet(path, mapping=Mapping("actions", provinces_as_partners))
    assert all(record.refused for record in strict.records)
    assert {finding.code for record in strict.records for finding in record.findings} == {
        "sheet.unknown-partner"
    }


def as_row(activity: dict[str, Any]) -> dict[str, object]:
    """An activity of the list of 2021 under the columns of our sheet."""
    countries = [code for code in activity["countries"] if code in PARTNER_CODES]
    others = [code for code in activity["countries"] if code not in PARTNER_CODES]
    return {
        "ref": activity["iati_identifier"],
        "title": activity["title"],
        "donor": activity["reporting_org"],
        "implementer": "; ".join(activity["receivers"]),
        "beneficiaries": "; ".join(countries),
        "other_beneficiaries": "; ".join([*others, *(f"region {code}" for code in activity["regions"])]),
        "budget_amount": activity["commitment_usd"] or "",
        "budget_currency": "USD" if activity["commitment_usd"] else "",
        "start_date": activity["first_year"] or "",
        "end_date": activity["last_year"] or "",
    }


@needs_data
def test_the_list_of_2021_turned_into_a_sheet_goes_in(tmp_path: Path) -> None:
    lines = (DATA / "actions" / "wb_security_activities_2021.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [as_row(json.loads(line)) for line in lines]
    path = tmp_path / "activities.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    room = ReadingRoom(path, path.name, limits=Limits())
    assert room.headers() is not None
    room.answer(None)
    facts, records = room.facts(), [r for r in room.records() if isinstance(r, ActionRecord)]
    assert (facts.form, facts.subject, len(records)) == ("table", "actions", 5797)
    refused = [record for record in records if record.refused]
    assert {f.code for record in refused for f in record.findings if f.refuses} <= {"sheet.ref-twice"}
    taken = {record.ref: record for record in records if not record.refused}
    assert len(taken) == len({row["ref"] for row in rows})
    for row in rows[::97]:
        assert taken[str(row["ref"])].title == " ".join(str(row["title"]).split("\u00a0")).strip()


@needs_data
@pytest.mark.parametrize("folder", ["", "versions", "reconstructed"])
def test_the_reader_of_its_own_tells_what_the_file_says(folder: str) -> None:
    for path in files(folder):
        if path.name == WITHOUT_ACTIVITIES:
            continue
        room = ReadingRoom(path, path.name, limits=Limits())
        assert room.headers() is None
        facts = room.facts()
        plainly = read_iati(path, today=datetime.now(tz=UTC).date())
        same = [told == read for told, read in zip(room.records(), plainly, strict=True)]
        assert all(same)
        assert (facts.form, facts.count) == ("iati", len(same))
