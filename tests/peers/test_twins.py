"""Second reports of known actions, in other words, languages and scripts, and what must not be taken for one.

37 constructed twins of the 101 public actions and 24 hard negatives (next phases, sisters, same themes). Of the
labelled file only the columns of a second report are read, as `iisg relate` reads them; `kind` and `of_ref` are
for scoring alone.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from iisg.knowledge.analysis.engine.relate import Candidate, candidates, likely_twins_of_each
from iisg.knowledge.analysis.plain_files import read_actions, read_second_reports, reports_of

ROOT = Path(__file__).resolve().parents[2]
TWINS = ROOT.parent / "shared" / "data" / "labelled" / "twins.csv"
ACTIONS = ROOT / "demo" / "actions.csv"

pytestmark = pytest.mark.skipif(not TWINS.exists(), reason="the labelled set lies beside the project only")


def labels() -> dict[str, tuple[str, str]]:
    """What each record of the set is, and of which action."""
    with TWINS.open(encoding="utf-8-sig", newline="") as file:
        return {row["ref"]: (row["kind"], row["of_ref"]) for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def found() -> list[Candidate]:
    """All that the engine says about the actions and the set."""
    return candidates(reports_of([read_actions(ACTIONS)]), reports_of([read_second_reports(TWINS)]))


def test_twins_are_found_by_words_alone(found: list[Candidate]) -> None:
    known = labels()
    twins = {frozenset((ref, of)) for ref, (kind, of) in known.items() if kind == "twin"}
    told = {frozenset((c.from_ref, c.to_ref)) for c in found if c.relation == "same_as"}
    right = len(told & twins)
    print(f"\nsame_as: {right} of {len(twins)} twins, {len(told) - right} others", end=" · ")
    print(f"recall {right / len(twins):.2f} · precision {right / len(told):.2f}")
    print("not found:", sorted(sorted(pair)[1] for pair in twins - told))
    assert right / len(twins) >= 0.8
    assert right / len(told) >= 0.95


def test_both_halves_of_the_twins_are_found(found: list[Candidate]) -> None:
    twins = sorted((ref, of) for ref, (kind, of) in labels().items() if kind == "twin")
    told = {frozenset((c.from_ref, c.to_ref)) for c in found if c.relation == "same_as"}
    for half in (twins[::2], twins[1::2]):
        assert sum(frozenset(pair) in told for pair in half) / len(half) >= 0.75


def test_phases_sisters_and_themes_are_never_taken_for_one_of_the_actions(found: list[Candidate]) -> None:
    known = labels()
    related = Counter[tuple[str, str]]()
    for one in found:
        refs = {one.from_ref, one.to_ref}
        for ref in refs & known.keys():
            kind, of = known[ref]
            if kind != "twin":
                assert one.relation != "same_as" or not refs - known.keys(), one
                related[kind, one.relation] += of in refs
    print("\nwhat else they are to the action they were made from:", dict(related))
    assert related["phase", "next_phase_of"] >= 4


def test_the_guard_offers_the_action_first() -> None:
    actions = reports_of([read_actions(ACTIONS)])
    known = labels()
    offered = likely_twins_of_each(reports_of([read_second_reports(TWINS)]), actions)
    first = [(known[ref], {twins[0].from_ref, twins[0].to_ref}) for ref, twins in offered.items() if twins]
    assert all(kind == "twin" and of in refs for (kind, of), refs in first)
    assert len(first) >= 29
