"""`iisg export` writes the file that is asked for, notes it, and says what cannot be had."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from lxml import etree
from openpyxl import load_workbook

from iisg.foundations.audit.models import Event
from iisg.foundations.orgs.factories import make_partners
from iisg.knowledge.actions.factories import make_action
from iisg.knowledge.needs.factories import make_measure, make_need

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _register() -> None:
    make_partners()
    make_need("Cameras at the border", ("AL",), [make_measure()])
    make_action("Cameras", ("AL",), ref="A-1")
    make_action("Training", ("RS",), ref="A-2", pillars=("WBCTi",))


def test_the_name_of_the_file_chooses_the_format(tmp_path: Path) -> None:
    call_command("export", "actions", output=str(tmp_path / "a.xlsx"))
    assert {"About this file", "Actions", "Money"} == set(load_workbook(tmp_path / "a.xlsx").sheetnames)
    call_command("export", "actions", output=str(tmp_path / "a.xml"), partner="Serbia")
    root = etree.parse(tmp_path / "a.xml").getroot()
    assert root.get("version") == "2.03"
    assert len(root) == 1
    call_command("export", "needs", output=str(tmp_path / "n.json"), pillar="border security")
    assert [need["title"] for need in json.loads((tmp_path / "n.json").read_text())["needs"]] == [
        "Cameras at the border"
    ]
    noted = Event.objects.filter(name="exports.file_taken").order_by("number")
    assert [event.facts["chosen"] for event in noted] == ["", "partner: RS", "pillar: WBBSi"]


@pytest.mark.parametrize("what", ["coverage", "gaps"])
def test_answers_leave_with_their_reasons(what: str, tmp_path: Path) -> None:
    call_command("export", what, output=str(tmp_path / "x.json"), on="2026-11-23")
    (row,) = json.loads((tmp_path / "x.json").read_text())[what]
    assert (row["ref"], row["state"], row["day"]) == (row["ref"], "gap", "2026-11-23")
    assert row["why"]


@pytest.mark.parametrize(
    ("what", "options", "told"),
    [
        ("needs", {"format": "iati"}, "There is no IATI 2.03 XML of needs"),
        ("actions", {"words": "nosuchword"}, "There is nothing to export"),
        ("relations", {}, "There is nothing to export"),
        ("actions", {"on": "soon"}, "is no day"),
        ("actions", {"output": "/no/such/place/a.csv"}, "Name another place"),
        ("actions", {"output": "actions.pdf"}, "no format ends with .pdf. End it with .xlsx, .csv, .json"),
    ],
)
def test_what_cannot_be_had_is_told_in_a_sentence(
    what: str, options: dict[str, str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        call_command("export", what, **options)
    assert stopped.value.code == 2
    assert told in capsys.readouterr().err
