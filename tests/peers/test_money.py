"""Money against other people's results: OCHA's gross and net flows, FTS boundary labels, and our own to the cent."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from iisg.knowledge.actions.iati import read_iati
from iisg.knowledge.actions.records import ActionRecord, FlowRecord
from iisg.knowledge.analysis.engine.money.boundary import Boundary, End
from iisg.knowledge.analysis.engine.money.passing import new_money_factor
from iisg.knowledge.analysis.engine.money.rates import Exchange

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the data at hand (../shared/data) is absent")

FTS_YEAR = 2020


def fts_rows(path: Path) -> list[dict[str, str]]:
    """The rows of one file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def end_of(row: dict[str, str], which: str) -> End:
    """One end of a row: source ("src") or destination ("dest")."""
    years = [int(row[f"{which}UsageYear{part}"]) for part in ("Start", "End") if row[f"{which}UsageYear{part}"]]
    places = frozenset(code for code in row[f"{which}Locations"].split(",") if code)
    return End(bool(row[f"{which}Organization"]), places, (years[0], years[-1]) if years else None)


@needs_data
def test_boundary_labels_are_those_of_the_financial_tracking_service() -> None:
    right, wrong = Counter[str](), list[str]()
    for path in sorted((DATA / "money").glob("fts_*_funding_*.csv")):
        country = path.stem[-3:].upper()
        for row in fts_rows(path):
            side = Boundary(frozenset({country}), FTS_YEAR).side(end_of(row, "src"), end_of(row, "dest"))
            right[row["boundary"]] += side == row["boundary"]
            if side != row["boundary"]:
                payer = row["srcOrganization"] or "nobody named"
                wrong.append(f"{country} {row['id']}: theirs {row['boundary']}, ours {side} ({payer})")
    rows = sum(right.values()) + len(wrong)
    print(f"\nFTS: {sum(right.values())} of {rows} labels alike ({sum(right.values()) / rows:.2%}); {dict(right)}")
    print("\n".join(wrong))
    assert rows == 1385
    assert sum(right.values()) / rows >= 0.99
    explained = [line for line in wrong if "nobody named" in line or "Bank" in line]
    assert explained == wrong
