"""Every hostile or broken file meets the verdict that it should, at its place, and leaves nothing behind."""

from __future__ import annotations

import pytest

from iisg.foundations.core.findings import Finding, Grade
from iisg.knowledge.actions.reading_room.keeper import ReadingRoom
from iisg.knowledge.actions.sources import Limits, UnreadableFile
from tests.hostile.case import Hostile
from tests.hostile.text_files import TEXTS
from tests.hostile.workbook_files import WORKBOOKS
from tests.hostile.xml_files import XML

CASES = [*XML, *WORKBOOKS, *TEXTS]


def by_name(case: Hostile) -> str:
    """How a case is called in the list of tests."""
    return case.name


def look(case: Hostile) -> tuple[str, list[Finding]]:
    """(verdict, findings) of the whole chain: the process of its own, and what the house makes of its answers."""
    room = ReadingRoom(case.build(), case.name, limits=Limits())
    try:
        if headers := room.headers():
            if not any(sheet.guess for sheet in headers.sheets):
                return "refused", [
                    Finding(Grade.CRITICAL, "columns", "Which column means what?", case.name, "Say it.")
                ]
            room.answer(None)
        findings = list(room.facts().findings)
        records = list(room.records())
    except UnreadableFile as refusal:
        return "refused", [refusal.finding]
    finally:
        room.close()
    findings += [finding for record in records for finding in record.findings]
    assert records
    if any(record.refused for record in records):
        assert not all(record.refused for record in records)
        return "row refused", findings
    return ("warned" if findings else "accepted"), findings


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 100
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_the_verdict_is_the_expected_one_and_names_its_place(case: Hostile) -> None:
    verdict, findings = look(case)
    told = "\n".join(f"{finding.code} {finding}" for finding in findings)
    assert verdict == case.verdict, told
    if case.code:
        matching = [finding for finding in findings if finding.code == case.code]
        assert matching, told
        assert case.place in f"{matching[0].place} {matching[0].message}", told
    assert all(finding.place and finding.cure and len(str(finding)) < 1_500 for finding in findings), told
    assert not any("root:" in str(finding) for finding in findings)
