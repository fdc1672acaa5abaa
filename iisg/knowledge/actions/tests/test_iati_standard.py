"""An activity held against the published schema and the rules of the standard: remarks only, each at its line."""

from __future__ import annotations

import datetime as dt

import pytest

from iisg.foundations.core.findings import Grade
from iisg.knowledge.actions.iati import check_organisations, read_iati
from iisg.knowledge.actions.records import ActionRecord
from iisg.knowledge.actions.sources import UnreadableFile, open_source
from iisg.knowledge.actions.tests.remarks import breaches

SOUND = (
    "<iati-identifier>XM-1-1</iati-identifier>",
    '<reporting-org ref="XM-1" type="10"><narrative>Reporter</narrative></reporting-org>',
    "<title><narrative>Title</narrative></title>",
    "<description><narrative>Text</narrative></description>",
    '<participating-org role="1" ref="XM-1"/>',
    '<activity-status code="2"/>',
    '<activity-date type="1" iso-date="2024-01-01"/>',
    '<recipient-country code="AL"/>',
    '<sector code="15210"/>',
)
BUDGET = (
    '<budget><period-start iso-date="{0}"/><period-end iso-date="{1}"/>'
    '<value value-date="2024-01-01">{2}</value></budget>'
)
PAID = (
    '<transaction><transaction-type code="3"/><transaction-date iso-date="{day}"/>'
    '<value value-date="{day}" currency="EUR">1</value>{more}</transaction>'
)


def read(
    *parts: str, attributes: str = 'xml:lang="en" default-currency="EUR"', version: str = "2.03"
) -> ActionRecord:
    """The record of these elements, each on a line of its own from line 3."""
    inner = "\n".join(parts)
    text = (
        f'<iati-activities version="{version}">\n<iati-activity {attributes}>\n{inner}\n'
        "</iati-activity>\n</iati-activities>"
    )
    (record,) = read_iati(text.encode(), today=dt.date(2026, 11, 24))
    return record


def changed(old: str, new: str) -> tuple[str, ...]:
    """The sound activity with one element changed."""
    assert any(old in part for part in SOUND)
    return tuple(part.replace(old, new) for part in SOUND)


def test_a_valid_activity_has_no_remarks_at_all() -> None:
    assert read(*SOUND).findings == []
    assert read(*SOUND, BUDGET.format("2024-01-01", "2024-12-31", 1)).findings == []


def test_what_the_schema_forbids_is_told_with_its_line_and_path() -> None:
    record = read(*SOUND, '<budget status="1">\n<value value-date="2024-01-01">1</value></budget>', "<x/>")
    first, second = [f for f in record.findings if f.code == "standard.schema"]
    assert (first.grade, first.place) == (Grade.WARNING, "line 13, iati-activity 1 (XM-1-1), budget/value")
    assert "Expected is ( period-start )" in first.message
    assert second.place == "line 14, iati-activity 1 (XM-1-1), x"
    assert not record.refused


def test_a_value_of_the_wrong_kind_is_told_once() -> None:
    record = read(*SOUND, BUDGET.format("2024-01-01", "2024-12-31", "many"))
    (remark,) = [f for f in record.findings if f.code == "standard.schema"]
    assert "'many' is not a valid value" in remark.message


def test_older_versions_are_not_held_against_the_newest_schema() -> None:
    odd = (*SOUND, "<unknown-element/>")
    assert breaches(read(*odd)) == ["schema"]
    assert breaches(read(*odd, version="1.04")) == []
    assert breaches(read(*odd, version="")) == ["schema"]


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (changed("XM-1-1", "XM-1"), "identifier-of-the-reporter"),
        (changed("XM-1-1", "ZZ-9-1"), "identifier-prefix"),
        (changed("XM-1-1", "XM-1-A/1"), "identifier-signs"),
        (
            (
                *SOUND[:6],
                '<activity-date type="1" iso-date="2025-02-01"/>',
                '<activity-date type="2" iso-date="2023-01-01"/>',
                '<activity-date type="3" iso-date="2025-01-01"/>',
                *SOUND[7:],
            ),
            "dates-reversed",
        ),
        (changed('type="1" iso-date="2024', 'type="2" iso-date="2027'), "in-the-future"),
        ((*SOUND, PAID.format(day="2027-01-01", more="")), "in-the-future"),
        ((*SOUND, BUDGET.format("2024-01-01", "2025-06-30", 1)), "period-too-long"),
        ((*SOUND, PAID.format(day="2024-01-01", more='<sector code="1"/>')), "sectors-at-two-levels"),
        (
            (*SOUND, PAID.format(day="2024-01-01", more='<recipient-country code="RS"/>')),
            "recipients-at-two-levels",
        ),
        ((*SOUND[:8], PAID.format(day="2024-01-01", more="")), "sectors-incomplete"),
        (changed('<sector code="15210"', '<sector vocabulary="99" code="X"'), "own-code-unnamed"),
    ],
)
def test_a_rule_of_the_standard_that_is_broken_is_told(parts: tuple[str, ...], code: str) -> None:
    record = read(*parts)
    assert set(breaches(record)) - {"schema"} == {code}
    assert not record.refused
    assert all("(XM-1" in f.place or "(ZZ-9" in f.place for f in record.findings)


def test_a_former_identifier_of_the_reporter_is_a_prefix_too() -> None:
    former = '<other-identifier ref="ZZ-9" type="B1"/>'
    parts = changed("XM-1-1", "ZZ-9-1")
    assert breaches(read(*parts[:5], former, *parts[5:])) == []


def test_a_text_without_any_language_is_told() -> None:
    assert breaches(read(*SOUND, attributes="")) == ["no-language"]
    said = tuple(part.replace("<narrative>", '<narrative xml:lang="en">') for part in SOUND)
    assert breaches(read(*said, attributes="")) == []


def test_without_a_day_nothing_lies_in_the_future() -> None:
    inner = "".join(changed("2024", "2999"))
    text = f"<iati-activities version='2.03'><iati-activity>{inner}</iati-activity></iati-activities>"
    (record,) = read_iati(text.encode())
    assert "in-the-future" not in breaches(record)


def organisations(inner: str) -> list[str]:
    """Remarks on an organisation file, without the one that says so."""
    text = f'<iati-organisations version="2.03">\n<iati-organisation>{inner}</iati-organisation></iati-organisations>'
    source = open_source(text.encode(), "publisher.xml")
    assert (source.format, source.count) == ("organisations", 1)
    first, *rest = check_organisations(source)
    assert (first.code, first.place) == ("iati.organisation-file", "publisher.xml")
    return [str(finding) for finding in rest]


def test_an_organisation_file_is_checked_and_states_no_actions() -> None:
    sound = (
        "<organisation-identifier>XM-1</organisation-identifier><name><narrative>N</narrative></name>"
        '<reporting-org ref="XM-1" type="10"><narrative>N</narrative></reporting-org>'
    )
    assert organisations(sound) == []
    (remark,) = organisations(sound + "<total-budget/>")
    assert remark.startswith("line 2, iati-organisation (XM-1), total-budget: ")
    assert len(organisations(sound + "<total-budget/>" * 1 + "<x/>")) == 2
    with pytest.raises(UnreadableFile):
        read_iati(
            f"<iati-organisations><iati-organisation>{sound}</iati-organisation></iati-organisations>".encode()
        )
