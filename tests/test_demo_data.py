"""The demonstration data holds together: references resolve, vocabularies are closed, nothing twice."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from iisg.foundations.core.folding import fold
from iisg.knowledge.actions.sheets.assistance import ASSISTANCE

REPOSITORY = Path(__file__).resolve().parents[1]
DEMO = REPOSITORY / "demo"
LABELS = REPOSITORY.parent / "shared" / "data" / "labelled" / "need_action_labels.csv"

PARTNERS = {"AL", "BA", "XK", "ME", "MK", "RS"}
PILLARS = {"WBCTi", "WBCSCi", "WBBSi"}
FOUR_P = {"Anticipate", "Prevent", "Protect", "Respond"}
ORGANISATION_KINDS = {
    "wb_partner", "eu_institution", "eu_jha_agency", "eu_member_state", "other_state",
    "international_organisation", "international_actor", "institution", "civil_society", "pooled_fund",
    "other",
}  # fmt: skip
GROUNDS = {"partner", "institution", "notification", "former_lead_partner", "host", "board_approval"}
AS_COMPILED = {"needs", "actions"}  # the two compiled lists keep the CRLF line ends they were written with
KEYS = {
    "needs": ("ref",),
    "actions": ("ref",),
    "organisations": ("ref",),
    "memberships": ("organisation", "ground"),
    "participations": ("organisation", "pillar"),
    "framework": ("measure_code",),
    "placements": ("need_ref", "pillar"),
    "action_measures": ("action_ref", "measure_code"),
    "responses": ("need_ref", "action_ref"),
    "relations": ("from_ref", "to_ref"),
    "round": ("organisation", "pillar"),
    "needs_extra": ("need_ref",),
    "prospects": ("name",),
}


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """All rows of a demonstration file, by its name without the suffix."""
    with (DEMO / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def column(name: str, field: str) -> set[str]:
    return {row[field] for row in rows(name)}


def pieces(cell: str) -> list[str]:
    return [piece.strip() for piece in cell.split(";") if piece.strip()]


@cache
def directory() -> dict[str, frozenset[str]]:
    """Folded name or alias to the organisations it leads to."""
    found: dict[str, set[str]] = {}
    for row in rows("organisations"):
        for name in (row["name"], row["short_name"], row["original_name"], *pieces(row["aliases"])):
            if folded := fold(name):
                found.setdefault(folded, set()).add(row["ref"])
    return {folded: frozenset(refs) for folded, refs in found.items()}


def resolve(printed: str) -> frozenset[str]:
    """The organisations a printed name leads to, by the rule of demo/README.md."""
    whole = directory().get(fold(printed), frozenset())
    return whole or directory().get(fold(re.sub(r"\s*\([^()]*\)\s*$", "", printed)), frozenset())


def is_day(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text)) and date.fromisoformat(text) is not None


@pytest.mark.parametrize("name", KEYS)
def test_file_is_clean_text_and_nothing_stands_twice(name: str) -> None:
    raw = (DEMO / f"{name}.csv").read_bytes()
    assert (b"\r" in raw) == (name in AS_COMPILED)
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\n")
    assert rows(name)
    assert all(None not in row and None not in row.values() for row in rows(name))
    seen = Counter(tuple(row[field] for field in KEYS[name]) for row in rows(name))
    assert [key for key, count in seen.items() if count > 1] == []


def test_every_file_of_the_folder_is_known() -> None:
    assert {path.stem for path in DEMO.glob("*.csv")} == set(KEYS)


def test_needs_and_actions_arrive_whole() -> None:
    assert len(rows("needs")) == 114
    assert len(rows("actions")) == 101
    impossible = [row["ref"] for row in rows("actions") if "31 September" in row["date_note"]]
    assert impossible == ["ACT-013"]
    assert {row["title"] for row in rows("actions") if "Turkey" in row["title"]}, (
        "quoted titles keep old names"
    )


def test_organisations_use_closed_words_and_real_parents() -> None:
    refs = column("organisations", "ref")
    assert column("organisations", "kind") <= ORGANISATION_KINDS
    assert column("organisations", "parent") <= refs | {""}
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", ref) for ref in refs)
    codes = Counter(row["code"] for row in rows("organisations") if row["code"])
    assert codes == Counter(PARTNERS)
    assert all((row["kind"] == "wb_partner") == bool(row["code"]) for row in rows("organisations"))
    assert all(row["parent"] for row in rows("organisations") if row["kind"] == "institution")
    assert all(row["source_url"].startswith("http") for row in rows("organisations"))


def test_parents_never_run_in_a_circle() -> None:
    parent = {row["ref"]: row["parent"] for row in rows("organisations")}
    for start in parent:
        seen, here = {start}, parent[start]
        while here:
            assert here not in seen, f"{start} is its own ancestor"
            seen.add(here)
            here = parent[here]


def test_a_folded_name_leads_to_one_organisation_only() -> None:
    assert {name: refs for name, refs in directory().items() if len(refs) > 1} == {}


def test_an_identifier_belongs_to_one_organisation_only() -> None:
    owners = Counter(code for row in rows("organisations") for code in pieces(row["identifiers"]))
    assert all(count == 1 for count in owners.values())


@pytest.mark.parametrize("field", ["donor", "implementer", "partners"])
def test_every_printed_party_resolves_to_one_organisation(field: str) -> None:
    printed = {name for row in rows("actions") for name in pieces(row[field])}
    assert {name: resolve(name) for name in printed if len(resolve(name)) != 1} == {}


@pytest.mark.parametrize(
    ("printed", "ref"),
    [
        ("Germany", "germany"),
        ("Germany (BMZ)", "bmz"),
        ("European Union (IPA II)", "european-union"),
        ("European Union (DG NEAR)", "dg-near"),
        ("EASO (EUAA)", "euaa"),
        ("Macedonia", "north-macedonia"),
        ("kosovo", "kosovo"),
        ("Granicna policija Bosne i Hercegovine", "border-police-bih"),
        ("Ministry of Interior", "ministry-of-interior-unnamed"),
    ],
)
def test_names_lead_where_a_reader_expects(printed: str, ref: str) -> None:
    assert resolve(printed) == {ref}


def test_kosovo_carries_the_asterisk_in_our_own_names() -> None:
    names = [row["name"] for row in rows("organisations") if "Kosovo" in row["name"]]
    assert names
    assert all("Kosovo*" in name for name in names)


def test_members_are_the_published_twenty_two() -> None:
    members = column("memberships", "organisation")
    assert len(members) == len(rows("memberships")) == 22
    assert members <= column("organisations", "ref")
    assert column("memberships", "ground") <= GROUNDS
    kind = {row["ref"]: row["kind"] for row in rows("organisations")}
    assert not [member for member in members if kind[member] == "eu_jha_agency"], "who notified is not public"
    known = {
        (row["organisation"], field, row[field])
        for row in rows("memberships")
        for field in ("valid_from", "decided_on")
        if row[field]
    }
    assert known == {
        ("rcc", "valid_from", "2020-04-01"),
        ("rai-secretariat", "valid_from", "2022-06-20"),
        ("rai-secretariat", "decided_on", "2022-06-20"),
    }


def test_only_members_take_part_in_pillars() -> None:
    assert column("participations", "organisation") == column("memberships", "organisation")
    assert column("participations", "pillar") == PILLARS
    taken = {(row["organisation"], row["pillar"]) for row in rows("participations")}
    assert {pillar for member, pillar in taken if member == "marri"} == {"WBBSi"}
    assert {pillar for member, pillar in taken if member == "bulgaria"} == {"WBCSCi"}


def test_measures_stand_under_the_objectives_of_the_needs() -> None:
    objectives = {(row["pillar"], row["four_p"], row["objective"]) for row in rows("framework")}
    wanted = {
        (pillar, row["four_p"], row["objective"]) for row in rows("needs") for pillar in pieces(row["pillar"])
    }
    assert objectives == wanted
    assert column("framework", "four_p") <= FOUR_P
    assert all(
        re.fullmatch(r"(CT|CSC|BS)-(ANT|PRE|PRO|RES)-[A-Z]+-\d+", c)
        for c in column("framework", "measure_code")
    )


def test_every_need_is_placed_once_in_each_of_its_pillars() -> None:
    objectives = {
        row["measure_code"]: (row["pillar"], row["four_p"], row["objective"]) for row in rows("framework")
    }
    wanted = {
        (row["ref"], pillar, row["four_p"], row["objective"])
        for row in rows("needs")
        for pillar in pieces(row["pillar"])
    }
    placed = {(row["need_ref"], *objectives[row["measure_code"]]) for row in rows("placements")}
    assert placed == wanted
    assert all(
        (row["pillar"], row["four_p"], row["objective"]) == objectives[row["measure_code"]]
        for row in rows("placements")
    )


def test_actions_work_on_measures_of_their_own_pillars() -> None:
    pillar_of = {row["measure_code"]: row["pillar"] for row in rows("framework")}
    pillars_of = {row["ref"]: pieces(row["pillar"]) for row in rows("actions")}
    for row in rows("action_measures"):
        assert pillar_of[row["measure_code"]] in pillars_of[row["action_ref"]], row
        assert row["reason"]


def test_every_printed_assistance_has_a_kind_of_its_own_in_the_reader() -> None:
    printed = {fold(word) for row in rows("actions") for word in pieces(row["assistance_type"])}
    assert printed <= set(ASSISTANCE)


def test_responses_name_real_records_and_never_invent_a_quantity() -> None:
    quantity = {row["ref"]: row["quantity"] for row in rows("needs")}
    actions = {row["ref"]: row for row in rows("actions")}
    for row in rows("responses"):
        assert row["action_ref"] in actions
        assert row["degree"] in {"full", "partial"}
        assert row["reason"].endswith(".")
        if not quantity[row["need_ref"]]:
            assert (row["degree"], row["quantity"]) == ("full", "")
        elif row["quantity"]:
            stated = re.sub(r"(?<=\d),(?=\d)", "", actions[row["action_ref"]]["summary"])
            assert re.search(rf"\b{row['quantity']}\b", stated), "the text of the action states the quantity"
        else:
            assert row["degree"] == "partial"


@pytest.mark.skipif(not LABELS.exists(), reason="the readers' labels are not beside this checkout")
def test_responses_are_exactly_those_both_readers_saw() -> None:
    with LABELS.open(encoding="utf-8", newline="") as lines:
        both = {
            (row["need_ref"], row["action_ref"])
            for row in csv.DictReader(lines)
            if row["grade_reader_1"] == row["grade_reader_2"] == "2"
        }
    assert {(row["need_ref"], row["action_ref"]) for row in rows("responses")} == both


def test_relations_are_two_words_between_real_actions_and_never_circular() -> None:
    refs = column("actions", "ref")
    assert column("relations", "relation") <= {"part_of", "next_phase_of"}
    for word in ("part_of", "next_phase_of"):
        pairs = {row["from_ref"]: row["to_ref"] for row in rows("relations") if row["relation"] == word}
        assert set(pairs) | set(pairs.values()) <= refs
        for start in pairs:
            seen, here = {start}, pairs[start]
            while here in pairs:
                assert here not in seen
                seen.add(here)
                here = pairs[here]
            assert here != start


def test_the_round_asks_every_member_and_shows_who_has_not_answered() -> None:
    asked = {(row["organisation"], row["pillar"]) for row in rows("round")}
    assert asked == {(row["organisation"], row["pillar"]) for row in rows("participations")}
    silent = {(row["organisation"], row["pillar"]) for row in rows("round") if not row["answered_on"]}
    assert silent == {("marri", "WBBSi")} | {("north-macedonia", pillar) for pillar in PILLARS}
    for row in rows("round"):
        assert is_day(row["asked_on"])
        assert is_day(row["due_on"])
        if row["answered_on"]:
            assert is_day(row["answered_on"])
            assert row["asked_on"] <= row["answered_on"] <= row["due_on"]


def test_bodies_named_by_needs_stand_below_the_partner_of_the_need() -> None:
    country = {row["ref"]: row["country"] for row in rows("organisations") if row["kind"] == "institution"}
    partners = {row["ref"]: pieces(row["partner"]) for row in rows("needs")}
    for row in rows("needs_extra"):
        assert partners[row["need_ref"]] == [country[row["body"]]]


def test_no_need_or_action_speaks_of_unknown_partners_or_pillars() -> None:
    assert {code for row in rows("needs") for code in pieces(row["partner"])} == PARTNERS
    assert {code for row in rows("actions") for code in pieces(row["beneficiaries"])} == PARTNERS
    assert {
        p for name in ("needs", "actions") for row in rows(name) for p in pieces(row["pillar"])
    } == PILLARS
