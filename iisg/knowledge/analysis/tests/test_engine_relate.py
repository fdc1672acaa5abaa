"""Relations found on plain records."""

from __future__ import annotations

from iisg.knowledge.analysis.engine.relate import Report, candidates, likely_twins


def test_what_a_source_prints_as_its_whole_is_its_whole() -> None:
    whole = Report("B", "Programme", identifiers=frozenset({"XM-1"}))
    part = Report("A", "Delivery", parents=frozenset({"XM-1"}))
    assert [(c.from_ref, c.to_ref, c.relation) for c in candidates([whole, part])] == [("A", "B", "part_of")]


def test_a_record_is_not_its_own_twin() -> None:
    record = Report("A", "Border police training")
    assert not likely_twins(record, [record])
