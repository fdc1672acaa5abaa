"""What goes from reader to house comes out as it went in; anything else is refused before it is looked at."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iisg.foundations.core.findings import Finding, Grade
from iisg.foundations.core.periods import NOTHING_PRINTED, PrintedDate
from iisg.knowledge.actions.columns import HeaderColumn, Mapping, SheetHeaders
from iisg.knowledge.actions.reading_room import messages
from iisg.knowledge.actions.reading_room.codec import Garbled, pack, unpack
from iisg.knowledge.actions.reading_room.messages import Batch, End, Facts, Headers, Refused
from iisg.knowledge.actions.records import ActionRecord, FlowRecord, NeedRecord, PartyRecord

texts = st.text(max_size=20)
numbers = st.decimals(allow_nan=False, allow_infinity=False)
days = st.just(NOTHING_PRINTED) | st.builds(PrintedDate, texts, st.dates(), st.dates(), st.just("day"))
findings = st.builds(Finding, st.sampled_from(Grade), texts, texts, texts, texts)
flows = st.builds(FlowRecord, texts, st.none() | numbers, texts, happened=days, period_from=days)
actions = st.builds(
    ActionRecord,
    texts,
    texts,
    texts,
    reporter=st.none() | st.builds(PartyRecord, texts, texts, share=st.none() | numbers),
    parties=st.lists(st.builds(PartyRecord, texts, texts), max_size=3),
    partners=st.tuples(texts, texts),
    names_partners=st.none() | st.booleans(),
    partner_shares=st.dictionaries(texts, numbers, max_size=3),
    start=days,
    duration_months=st.none() | st.integers(),
    flows=st.lists(flows, max_size=3),
    findings=st.lists(findings, max_size=3),
)
needs = st.builds(
    NeedRecord, texts, texts, quantity=st.none() | numbers, source_year=st.none() | st.integers()
)


@given(st.builds(Batch, st.lists(needs, max_size=3), st.lists(actions, max_size=3)))
def test_records_come_out_as_they_went_in(batch: Batch) -> None:
    said = messages.write(batch)
    assert said.count(b"\n") == 1
    assert messages.read(said) == batch


def test_facts_and_headers_come_out_as_they_went_in() -> None:
    sheet = SheetHeaders("S", 1, (HeaderColumn("A", "Ref", ("1", "2")),), Mapping("needs", {"Ref": "ref"}))
    for message in (
        Facts("iati", "actions", "2.03", None, [Finding(Grade.WARNING, "a", "b")]),
        Headers("table", [sheet, SheetHeaders("T", 2, (), None)]),
        Refused(Finding(Grade.CRITICAL, "a", "b", "c", "d")),
        End(3),
    ):
        assert messages.read(messages.write(message)) == message


SOUND = json.dumps(
    pack(
        ActionRecord("R", "P", partner_shares={"AL": Decimal(1)}, start=PrintedDate("2024", date(2024, 1, 1)))
    )
)


@pytest.mark.parametrize(
    "garbled", [None, 5, "text", {}, [], [1, 2], json.loads(SOUND)[:-1], [*json.loads(SOUND), ""]]
)
def test_what_is_no_record_is_refused(garbled: Any) -> None:
    with pytest.raises(Garbled):
        unpack(ActionRecord, garbled)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ref", 1),
        ("ref", None),
        ("ref", ["R"]),
        ("findings", ["none"]),
        ("findings", [["fatal", "a", "b", "c", "d"]]),
        ("findings", {}),
        ("partner_shares", {"AL": "NaN"}),
        ("partner_shares", {"AL": "one"}),
        ("partner_shares", {"AL": 1}),
        ("partners", "AL"),
        ("partners", [1]),
        ("names_partners", 1),
        ("duration_months", True),
        ("duration_months", 1.5),
        ("start", ["2024", "2024-13-01", None, ""]),
        ("start", ["2024", 20240101, None, ""]),
        ("flows", [[]]),
        ("reporter", []),
    ],
)
def test_a_value_of_another_kind_is_refused(name: str, value: Any) -> None:
    packed = json.loads(SOUND)
    packed[list(ActionRecord.__dataclass_fields__).index(name)] = value
    with pytest.raises(Garbled):
        unpack(ActionRecord, packed)


@pytest.mark.parametrize(
    "line", [b"", b"x", b"[]", b'["End"]', b'["End",[1],2]', b'["Nothing",[]]', b"[" * 100_000, b"\xff"]
)
def test_what_is_no_message_is_refused(line: bytes) -> None:
    with pytest.raises(Garbled):
        messages.read(line)
