"""The figures can be had: one small register goes through the whole of the measuring."""

from __future__ import annotations

from tests.bench import __main__ as bench
from tests.bench import pages


def test_a_small_register_is_grown_measured_and_told() -> None:
    lines = bench.run("tests.bench.pages", "", "600", "2")
    measured = [line for line in lines if "page" in line]
    (grouped,) = [line for line in lines if "pandas" in line]
    (imported,) = [line for line in lines if "bare" in line]
    assert {"matrix, all pillars", "actions", "search"} <= {line["page"] for line in measured}
    assert {line["times"] for line in measured} == {2, 2 * len(pages.SEARCHES)}
    assert grouped["equal"]
    assert grouped["answers"]
    assert imported["activities"] == 2_000
    assert imported["written"]
    table = bench.pages_table([line | {"database": "SQLite"} for line in measured])
    assert table.count("\n") >= len(measured)
