"""Relations between actions against what a careful reader found: the public actions and real published pairs.

Only relations of high and medium confidence are scored; those of low confidence count neither for nor against.
Half of all labels is held back, so a relation that the reader found but that does not lie here counts against us:
the precision printed is the least it can be, about half of what it is.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from iisg.knowledge.analysis.engine.relate import DIRECTED, Candidate, Report, candidates
from iisg.knowledge.analysis.plain_files import read_actions, reports_of

ROOT = Path(__file__).resolve().parents[2]
LABELLED = ROOT.parent / "shared" / "data" / "labelled"
FLOORS = {
    "part_of": (0.5, 0.5),
    "next_phase_of": (0.35, 0.6),
    "overlaps": (0.08, 0.17),
    "complements": (0.08, 0.17),
}
"""Least precision and recall by relation."""

pytestmark = pytest.mark.skipif(not LABELLED.exists(), reason="the labelled sets lie beside the project only")
Pair = frozenset[str]


def rows(name: str) -> Iterator[dict[str, str]]:
    with (LABELLED / name).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


@pytest.fixture(scope="module")
def found() -> dict[Pair, Candidate]:
    """The relation of each pair of the public actions."""
    told = candidates(reports_of([read_actions(ROOT / "demo" / "actions.csv")]))
    return {frozenset((c.from_ref, c.to_ref)): c for c in told}


def test_relations_of_the_public_actions(found: dict[Pair, Candidate]) -> None:
    gold, unsure = {}, set()
    for row in rows("relations.csv"):
        pair = frozenset((row["from_ref"], row["to_ref"]))
        if row["confidence"] == "low":
            unsure.add(pair)
        else:
            gold[pair] = row["relation"], row["from_ref"]
    print(f"\n{'relation':15} {'told':>5} {'right':>5} {'of':>4}  precision  recall")
    for relation, (precision, recall) in FLOORS.items():
        told = {p: c for p, c in found.items() if c.relation == relation and p not in unsure}
        wanted = {p: from_ref for p, (r, from_ref) in gold.items() if r == relation}
        right = [p for p in told.keys() & wanted if relation not in DIRECTED or told[p].from_ref == wanted[p]]
        reached = len(right) / max(1, len(told)), len(right) / len(wanted)
        print(
            f"{relation:15} {len(told):5} {len(right):5} {len(wanted):4}  {reached[0]:9.2f}  {reached[1]:6.2f}"
        )
        assert reached[0] >= precision, relation
        assert reached[1] >= recall, relation


def test_no_two_of_the_public_actions_are_one(found: dict[Pair, Candidate]) -> None:
    assert not [c for c in found.values() if c.relation == "same_as"]


def published(row: dict[str, str], side: str) -> Report:
    """An activity as published: title, reporter and years are known, nothing else."""
    years = [int(year) for year in row[f"y{side}"].split("-")]
    return Report(
        f"{row[side]} {side}",
        row[f"t{side}"],
        reporter=row[f"r{side}"],
        start=date(years[0], 1, 1),
        start_by=date(years[0], 12, 31),
        end_from=date(years[-1], 1, 1),
        end=date(years[-1], 12, 31),
    )


def test_pairs_of_published_activities() -> None:
    """Same action means same_as, or the two reports of who pays and who carries out (funded_by)."""
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows("action_pairs.csv"):
        pair = candidates([published(row, "a"), published(row, "b")])
        told[row["label"]][pair[0].relation if pair else "none"] += 1
    print()
    for label, counts in sorted(told.items()):
        print(f"{label:36} {dict(counts)}")
    hits = Counter[bool]()
    for label, counts in told.items():
        hits[label.startswith("same_")] += counts["same_as"] + counts["funded_by"]
    wanted = sum(sum(c.values()) for label, c in told.items() if label.startswith("same_"))
    precision, recall = hits[True] / hits.total(), hits[True] / wanted
    print(f"same action: precision {precision:.2f} · recall {recall:.2f} (title distance: 0.43 · 0.70)")
    assert precision >= 0.65
    assert recall > 0.70
    assert not told["other_phase"]["same_as"]
