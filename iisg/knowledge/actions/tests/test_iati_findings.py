"""What is remarked about an activity: its gravity, and that it names line and element."""

from __future__ import annotations

from decimal import Decimal

import pytest

from iisg.foundations.core.findings import Grade
from iisg.knowledge.actions.iati import read_iati
from iisg.knowledge.actions.records import ActionRecord
from iisg.knowledge.actions.sources import UnreadableFile
from iisg.knowledge.actions.tests.remarks import codes

SOUND = (
    "<iati-identifier>A-1</iati-identifier>",
    '<reporting-org ref="XX-1"><narrative>Reporter</narrative></reporting-org>',
    "<title><narrative>Title</narrative></title>",
)


def records(*activities: str) -> list[ActionRecord]:
    """Activities of a file in which each stands on a line of its own, the first on line 2."""
    lines = "\n".join(
        f'<iati-activity default-currency="EUR">{inner}</iati-activity>' for inner in activities
    )
    return list(read_iati(f'<iati-activities version="2.03">\n{lines}\n</iati-activities>'.encode()))


def read(*inner: str) -> ActionRecord:
    """The record of one sound activity with further elements."""
    return records("".join((*SOUND, *inner)))[0]


def test_a_sound_activity_has_no_findings() -> None:
    record = read()
    assert codes(record) == []
    assert record.place == "line 2, iati-activity 1 (A-1)"


@pytest.mark.parametrize(
    ("missing", "code", "refused"),
    [(0, "no-identifier", True), (1, "no-reporting-org", False), (2, "no-title", True)],
)
def test_what_must_be_there(missing: int, code: str, refused: bool) -> None:
    (record,) = records("".join(part for number, part in enumerate(SOUND) if number != missing))
    assert codes(record) == [code]
    assert record.refused is refused
    assert record.findings[0].place.startswith("line 2, iati-activity 1 (")


def test_blank_elements_count_as_missing() -> None:
    (record,) = records("<iati-identifier> </iati-identifier><reporting-org/><title><narrative/></title>")
    assert codes(record) == ["no-identifier", "no-title", "no-reporting-org"]


def test_the_second_use_of_an_identifier_is_refused_and_names_the_first() -> None:
    first, other, second = records("".join(SOUND), "".join(SOUND).replace("A-1", "A-2"), "".join(SOUND))
    assert [first.refused, other.refused, second.refused] == [False, False, True]
    assert "line 2 (iati-activity 1)" in second.findings[0].message
    assert second.findings[0].place == "line 4, iati-activity 3 (A-1), iati-identifier"


def test_one_bad_activity_never_blocks_the_good_ones() -> None:
    taken = [
        record.refused
        for record in records("".join(SOUND), "<title/>", SOUND[0].replace("1", "2") + SOUND[2])
    ]
    assert taken == [False, True, False]


@pytest.mark.parametrize(
    ("element", "code"),
    [
        ('<activity-date type="2" iso-date="2021-09-31"/>', "impossible-date"),
        ('<activity-date type="9" iso-date="2021-09-30"/>', "unknown-date-type"),
        ('<activity-date type="1" iso-date="2021-09-30"/>' * 2, "date-twice"),
        (
            '<activity-date type="1" iso-date="2021-09-30"/><activity-date type="3" iso-date="2020-09-30"/>',
            "end-before-start",
        ),
        ('<activity-status code="17"/>', "unknown-status"),
        (
            '<activity-status code="3"><narrative>Implementation</narrative></activity-status>',
            "stage-contradiction",
        ),
        ('<participating-org role="8"><narrative>X</narrative></participating-org>', "unknown-role"),
        ('<participating-org role="1"/>', "party-unnamed"),
        (
            '<participating-org role="1"><narrative>Name withheld</narrative></participating-org>',
            "party-redacted",
        ),
        (
            '<recipient-country code="AL" percentage="70"/><recipient-country code="ME" percentage="20"/>',
            "shares-sum",
        ),
        ('<recipient-country code="AL" percentage="70"/><recipient-country code="ME"/>', "shares-missing"),
        ('<recipient-country code="AL" percentage="-3"/>', "share-impossible"),
        ('<sector code="15210" percentage="80"/><sector code="15220" percentage="80"/>', "shares-sum"),
        ('<document-link url="javascript:alert(1)"/>', "address"),
        ("<transaction><value>5</value></transaction>", "unknown-transaction-type"),
        ('<transaction><transaction-type code="2"/></transaction>', "transaction-without-value"),
        (
            '<transaction><transaction-type code="2"/><value>many</value></transaction>',
            "transaction-without-value",
        ),
        ("<budget><value/></budget>", "budget-without-value"),
        (
            '<budget><period-start iso-date="2021"/><period-end iso-date="2020"/><value>1</value></budget>',
            "period-reversed",
        ),
    ],
)
def test_what_is_taken_with_a_warning(element: str, code: str) -> None:
    record = read(element)
    assert code in codes(record)
    assert not record.refused
    assert all(f.grade is Grade.WARNING and "(A-1)" in f.place and f.cure for f in record.findings)


def test_impossible_dates_stay_as_printed() -> None:
    record = read('<activity-date type="2" iso-date="2021-09-31"/>')
    assert (record.start.printed, record.start.first, record.start_actual) == ("2021-09-31", None, True)


def test_a_planned_date_is_used_where_the_actual_one_cannot_be_read() -> None:
    record = read('<activity-date type="4" iso-date="soon"/><activity-date type="3" iso-date="2022-01-01"/>')
    assert (record.end.printed, record.end_actual) == ("2022-01-01", False)
    assert "actual end printed as 'soon'" in record.date_note


def test_a_contradiction_of_status_leaves_the_stage_unknown() -> None:
    record = read('<activity-status code="3"><narrative>Implementation</narrative></activity-status>')
    assert (record.stage, record.stage_printed) == ("", "3 Implementation")


def test_unknown_amounts_and_currencies_are_never_zero_or_guessed() -> None:
    record = read('<transaction><transaction-type code="2"/></transaction>')
    assert record.flows[0].amount is None
    (plain,) = read_iati(
        f"<iati-activities><iati-activity>{''.join(SOUND)}<transaction><transaction-type code='3'/>"
        "<value>5</value></transaction></iati-activity></iati-activities>".encode()
    )
    assert (plain.flows[0].amount, plain.flows[0].currency) == (Decimal(5), "")
    assert "transaction-without-currency" in codes(plain)


def test_blacked_out_titles_and_bodies_are_remarked_and_create_no_organisation() -> None:
    redacted = "<narrative>Information Redacted</narrative>"
    record = read(
        f'<participating-org role="4">{redacted}</participating-org><transaction><transaction-type code="3"/>'
        f"<value>5</value><receiver-org>{redacted}</receiver-org></transaction>"
    )
    assert record.parties == []
    assert record.flows[0].destination == ""
    (titled,) = records(SOUND[0] + SOUND[1] + f"<title>{redacted}</title>")
    assert codes(titled) == ["title-redacted"]
    assert not titled.refused


def test_a_second_hand_report_is_remarked() -> None:
    (record,) = records("".join(SOUND).replace('ref="XX-1"', 'ref="XX-1" secondary-reporter="1"'))
    assert codes(record) == ["secondary-reporter"]
    assert record.second_hand
    (plain,) = records("".join(SOUND).replace('ref="XX-1"', 'ref="XX-1" secondary-reporter="0"'))
    assert not plain.second_hand


def test_sectors_keep_their_shares_and_one_named_twice_has_both() -> None:
    stated = (
        '<sector code="15210" percentage="50"/><sector code="15130" percentage="30.5"/>'
        '<sector code="15210" percentage="19.5"/><sector vocabulary="2" code="152"/>'
    )
    assert read(stated).sectors == ("DAC:15210=69.5", "DAC:15130=30.5", "DAC-3:152")
    half = (
        '<sector code="15210" percentage="50"/><sector code="15210"/><sector code="15130" percentage="500"/>'
    )
    assert read(half).sectors == ("DAC:15210", "DAC:15130")


def test_many_remarks_of_a_kind_are_counted_after_the_third() -> None:
    record = read("<transaction><value>5</value></transaction>" * 50)
    found = [finding for finding in record.findings if finding.code == "iati.unknown-transaction-type"]
    assert len(found) == 4
    assert found[-1].message == "47 more remarks of this kind."


def test_an_activity_inside_a_foreign_element_is_none_of_the_file() -> None:
    inner = "".join(SOUND)
    text = (
        f"<iati-activities version='2.03'><x><iati-activity>{inner}</iati-activity></x>"
        f"<iati-activity>{inner}</iati-activity></iati-activities>"
    )
    assert [record.refused for record in read_iati(text.encode())] == [False]


def test_a_sheet_is_no_iati_file() -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_iati(b"ref,title\n1,2\n")
    assert caught.value.finding.code == "iati.not-one"
