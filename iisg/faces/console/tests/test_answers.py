"""`iisg coverage`, `gaps` and `overlaps`: what they print for readers and programs, and what they refuse."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command, load_command_class

from iisg.foundations.orgs.factories import make_organisation, make_partners
from iisg.foundations.orgs.models import Alias
from iisg.knowledge.actions.factories import add_party, make_action
from iisg.knowledge.actions.models import PartyRole
from iisg.knowledge.cycles.factories import make_cycle, make_return
from iisg.knowledge.needs.factories import make_measure, make_need, make_objective
from iisg.knowledge.responses.factories import make_response

pytestmark = pytest.mark.django_db
ON = "2026-11-23"
Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def mapping() -> None:
    """Needs of three partners: covered by a regional action, a gap for two, not known for one."""
    make_partners()
    measure = make_measure("BS-PRO-1", title="Cameras [thermal]")
    make_response(make_need("Masts", ["AL"], [measure]), make_action(named=[], regional=["AL"]))
    over = make_action(ref="A-OVER", named=["XK"], end_on=date(2025, 3, 31), end_printed="2025-03-31")
    make_response(make_need("Cameras [x2]", ["AL", "XK"], [measure], priority="high"), over)
    crime = make_measure("CS-PRO-1", make_objective(pillar="WBCSCi", title="Weapons"))
    make_need("Registers", ["RS"], [crime])
    make_return(make_cycle(), make_organisation("Silent body"), "WBCSCi")


def printed(capsys: Printed, command: str, **options: Any) -> str:
    """What a command writes to its output."""
    call_command(command, **{"on": ON, **options})
    return capsys.readouterr().out


def rows(capsys: Printed, command: str, **options: Any) -> list[dict[str, str]]:
    """The rows of its CSV."""
    return list(csv.DictReader(io.StringIO(printed(capsys, command, format="csv", **options))))


def test_the_summary_counts_for_each_pillar_and_partner(capsys: Printed) -> None:
    found = {(row["pillar"], row["partner"]): row for row in rows(capsys, "coverage", by="summary")}
    assert len(found) == 18
    albania = found["Border security", "Albania"]
    assert [albania[key] for key in ("gap", "not_known", "partly", "covered", "regional_only", "needs")] == [
        "1",
        "0",
        "0",
        "1",
        "1",
        "2",
    ]
    assert found["Serious and organised crime", "Serbia"]["not_known"] == "1"
    assert [partner for pillar, partner in found if pillar == "Border security"] == [
        "Albania",
        "Bosnia and Herzegovina",
        "Kosovo*",
        "Montenegro",
        "North Macedonia",
        "Serbia",
    ]


def test_the_matrix_speaks_in_words_and_carries_its_notes(capsys: Printed) -> None:
    out = printed(capsys, "coverage", pillar="border security")
    assert "Coverage on 23 November 2026: Border security" in out
    assert "Cameras [thermal]" in out
    assert "Albania (region)" in out
    assert "Albania, Kosovo*" in out
    assert out.count("UNSCR 1244/1999") == 1
    assert max(len(line) for line in out.splitlines()) <= 120
    crime = printed(capsys, "coverage", pillar="WBCSCi", by="objective")
    assert "Not answered: Silent body (Serious and organised crime)." in crime
    assert "UNSCR 1244/1999" not in crime


def test_lines_for_programs_have_keys_and_numbers(capsys: Printed) -> None:
    found = [row for row in rows(capsys, "coverage", pillar="WBBSi") if row["partner_code"] == "AL"]
    assert found == [
        {
            "pillar": "WBBSi",
            "field": "Protect",
            "objective": "Controls at the border",
            "measure_code": "BS-PRO-1",
            "measure": "Cameras [thermal]",
            "partner_code": "AL",
            "partner": "Albania",
            "gap": "1",
            "not_known": "0",
            "partly": "0",
            "covered": "1",
            "regional_only": "1",
            "needs": "2",
            "day": "2026-11-23",
        }
    ]
    found_json = json.loads(printed(capsys, "coverage", format="json", by="objective"))
    assert len(found_json["Coverage on 23 November 2026"]) == 12


def test_six_partners_in_one_state_are_said_in_one_word(capsys: Printed) -> None:
    measure = make_measure("CT-1", make_objective(pillar="WBCTi", title="Prisons"))
    make_need(partners=["AL", "BA", "XK", "ME", "MK", "RS"], measures=[measure])
    assert "all six partners" in printed(capsys, "coverage", pillar="WBCTi")


def test_before_any_round_that_is_said(capsys: Printed) -> None:
    assert "nobody had been asked" in printed(capsys, "coverage", on="2026-01-31", by="summary")


def test_gaps_tell_for_whom_and_why_and_keep_apart_what_is_not_known(capsys: Printed) -> None:
    out = printed(capsys, "gaps")
    gaps, not_known = out.split("Not known on 23 November 2026")
    assert "Cameras [x2]" in gaps
    assert "Kosovo*: A-OVER (until 31 March 2025)" in " ".join(gaps.replace("│", " ").split())
    assert "By priority: 1 high." in gaps
    assert "Registers" in not_known
    assert "Registers" not in gaps
    assert "Silent body has not answered" in " ".join(not_known.replace("│", " ").split())


def test_gaps_for_programs_have_one_row_for_each_need_and_partner(capsys: Printed) -> None:
    found = [(row["need"], row["partner"], row["state"]) for row in rows(capsys, "gaps")]
    assert found == [
        ("Cameras [x2]", "Albania", "gap"),
        ("Cameras [x2]", "Kosovo*", "gap"),
        ("Registers", "Serbia", "not_known"),
    ]
    assert [row["partner"] for row in rows(capsys, "gaps", partner="kosovo*")] == ["Kosovo*"]
    assert [row["need"] for row in rows(capsys, "gaps", pillar="WBCSCi")] == ["Registers"]


def test_how_many_are_left_out_is_said(capsys: Printed) -> None:
    make_need("Boats", ["ME"])
    assert "1 of 2 needs are shown; --most 0 shows all." in printed(capsys, "gaps", most=1)
    assert "are shown" not in printed(capsys, "gaps", most=0)


def test_overlaps_name_both_actions_their_funders_and_what_is_open(capsys: Printed) -> None:
    measure = make_measure("BS-PRO-2", title="Boats")
    for donor in ("Donor one", "Donor two"):
        add_party(
            make_action(donor + " acts", ["ME"], measures=[measure]),
            make_organisation(donor),
            PartyRole.FUNDING,
        )
    make_action("Nobody pays", ["ME"], measures=[measure])
    out = " ".join(printed(capsys, "overlaps").replace("│", " ").split())
    assert "Overlaps: 1. Complements: 0. Possible overlaps, of which something is not known: 2." in out
    assert "Both give equipment for" in out
    assert "funders differ" in out
    (row,) = rows(capsys, "overlaps", kind="overlaps")
    assert (row["first_funders"], row["second_funders"], row["partners"]) == ("Donor one", "Donor two", "ME")
    assert (row["since"], row["until"], row["not_known"]) == ("2024-01-01", "2028-12-31", "")
    assert rows(capsys, "overlaps", on="2029-01-01") == []
    assert len(rows(capsys, "overlaps", on="any")) == 3
    assert "No such pair was found." in printed(capsys, "overlaps", partner="RS")


@pytest.mark.parametrize(
    ("command", "options", "sentence"),
    [
        ("coverage", {"pillar": "WBXX"}, "'WBXX' is no pillar. The pillars are WBCTi (counter-terrorism)"),
        ("coverage", {"on": "31.9.2026"}, "'31.9.2026' is no day. Write it as year-month-day"),
        ("gaps", {"partner": "Ruritania"}, "'Ruritania' is no partner. The partners are AL (Albania)"),
        ("gaps", {"most": -1}, "ask for one row or more"),
        ("overlaps", {"on": "2026-13-01"}, "is no day"),
    ],
)
def test_what_cannot_be_used_ends_with_2_and_a_sentence(
    capsys: Printed, command: str, options: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command(command, **options)
    assert ended.value.code == 2
    assert sentence in capsys.readouterr().err


def test_a_partner_is_found_by_any_of_its_names(capsys: Printed) -> None:
    serbia = make_partners()["RS"]
    Alias.objects.create(organisation=serbia, name="Србија", folded="srbija")
    for name in ("RS", "serbia", "Srbija"):
        assert [row["partner"] for row in rows(capsys, "gaps", partner=name)] == ["Serbia"]


@pytest.mark.parametrize("name", ["coverage", "gaps", "overlaps"])
def test_help_teaches_by_examples(name: str) -> None:
    text = load_command_class("iisg.faces.console", name).create_parser("iisg", name).format_help()
    assert "examples:\n" in text
    assert f"\n  iisg {name} " in text
