"""How good the engine of suggestions is, on the grades of two independent readers; nDCG, MAP and recall at 10.

Gain is the sum of both readers' grades (0 to 4); the ideal order is that of all graded actions, also of those
that the places rule out. Relevant for MAP and recall is what both graded 2. Averaged over the labelled
needs that have any graded action; those that both readers found unanswered have no ideal order and are out.
Only columns of the two public files are used: no measures, no judgements.
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from iisg.foundations.core.folding import fold
from iisg.knowledge.actions.sheets.assistance import ASSISTANCE
from iisg.knowledge.analysis.engine.rows import ActionRow, NeedRow
from iisg.knowledge.analysis.engine.suggest import Engine

ROOT = Path(__file__).resolve().parents[2]
LABELS = ROOT.parent / "shared" / "data" / "labelled" / "need_action_labels.csv"
DAY = date(2026, 11, 23)

pytestmark = pytest.mark.skipif(not LABELS.exists(), reason="the labelled set lies beside the project only")


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def split(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(";") if part.strip())


@pytest.fixture(scope="module")
def engine() -> Engine:
    needs = [
        NeedRow(
            r["ref"],
            r["need"],
            r["objective"],
            partners=split(r["partner"]),
            pillars=split(r["pillar"]),
            kinds=split(r["need_kind"]),
        )
        for r in rows(ROOT / "demo" / "needs.csv")
    ]
    actions = [
        ActionRow(
            r["ref"],
            r["title"],
            f"{r['summary']} {r['assistance_type']}",
            named=split(r["beneficiaries"]),
            pillars=split(r["pillar"]),
            assistance=frozenset(ASSISTANCE.get(fold(word), "other") for word in split(r["assistance_type"])),
        )
        for r in rows(ROOT / "demo" / "actions.csv")
    ]
    return Engine(needs, actions)


def grades() -> dict[str, dict[str, tuple[int, int]]]:
    """Both readers' grades by need and action, for needs with any."""
    found: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for r in rows(LABELS):
        if r["action_ref"]:
            found[r["need_ref"]][r["action_ref"]] = int(r["grade_reader_1"]), int(r["grade_reader_2"])
    return {need: actions for need, actions in sorted(found.items()) if any(map(any, actions.values()))}


def measured(engine: Engine, needs: list[str]) -> tuple[float, float, float]:
    """nDCG@10, MAP@10 and recall@10 over these needs."""
    labels, ndcg, precision, recall = grades(), [], [], []
    for need in needs:
        gains = {action: sum(pair) for action, pair in labels[need].items()}
        relevant = {action for action, pair in labels[need].items() if pair == (2, 2)}
        found = [s.action for s in engine.for_need(need, DAY, 10)]
        best = sorted(gains.values(), reverse=True)[:10]
        ideal = sum(gain / math.log2(n + 2) for n, gain in enumerate(best))
        ndcg.append(sum(gains.get(a, 0) / math.log2(n + 2) for n, a in enumerate(found)) / ideal)
        if relevant:
            hits = [n for n, a in enumerate(found) if a in relevant]
            precision.append(sum((k + 1) / (n + 1) for k, n in enumerate(hits)) / min(10, len(relevant)))
            recall.append(len(hits) / len(relevant))
    return tuple(sum(values) / len(values) for values in (ndcg, precision, recall))  # type: ignore[return-value]


def test_the_engine_reaches_its_mark(engine: Engine) -> None:
    needs = list(grades())
    ndcg, precision, recall = measured(engine, needs)
    print(f"nDCG@10 {ndcg:.3f} · MAP@10 {precision:.3f} · recall@10 {recall:.3f} over {len(needs)} needs")
    assert ndcg >= 0.78
    assert precision >= 0.79
    assert recall >= 0.92


def test_both_halves_of_the_labels_agree(engine: Engine) -> None:
    needs = list(grades())
    for half in (needs[::2], needs[1::2]):
        assert measured(engine, half)[0] >= 0.77


def test_places_are_respected(engine: Engine) -> None:
    partners = {n.ref: n.partners for n in engine.needs}
    reach = {a.ref: a.partners for a in engine.actions}
    for need in partners:
        for found in engine.for_need(need, DAY, 10):
            assert not reach[found.action] or partners[need] & reach[found.action]
