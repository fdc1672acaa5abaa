"""Mutated real and built files: whatever comes in, the reader answers with records or with a refusal, never a crash.

`make test` tries a few hundred; IISG_FUZZ=20000 tries so many.
"""

from __future__ import annotations

import os
import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iisg.knowledge.actions.columns import Mapping
from iisg.knowledge.actions.reading_room import messages
from iisg.knowledge.actions.reading_room.inside import serve
from iisg.knowledge.actions.reading_room.messages import Answer, Batch, End, Facts, Headers, Order, Refused
from iisg.knowledge.actions.sources import Limits, OpenFile
from tests.hostile.text_files import SOUND
from tests.hostile.workbook_files import archive, book, parts
from tests.hostile.xml_files import file

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
TRIES = int(os.environ.get("IISG_FUZZ", "300"))
REAL = (
    "iati/activity-standard-example-annotated_2.03.xml",
    "iati/dfid2011_KO.xml",
    "iati/ocha_foodsecurity_dportal_2.03.xml",
)
TOKENS = [
    b"<!DOCTYPE a>",
    b"&x;",
    b"<x>",
    b"</iati-activity>",
    b"]]>",
    b"<![CDATA[",
    b"\x00",
    b"\xff\xfe",
    b'"',
    b"'",
    b";",
    b",",
    b"\r",
    b"\xed\xa0\x80",
    b"=cmd|'/c calc'!A0",
    b"9" * 400,
    b"-",
    b"1e999",
    b"NaN",
    b"0001-01-01",
    b"9999-12-31",
    b"10000-01-01",
    b'percentage="1e9"',
    b'xml:lang="\xc3\xa9"',
    b"\xe2\x80\xae",
    b"<c r='ZZZZ99'/>",
    b"t='e'",
    b"t='d'",
    b"t='b'",
    b"s='999999'",
]


@cache
def seeds() -> list[bytes]:
    """Sound files, built and real."""
    built = [
        file().encode(),
        file("Шћепан", declared="UTF-16").encode("utf-16"),
        SOUND.encode(),
        SOUND.encode("cp1250"),
    ]
    real = [first_activities((DATA / name).read_bytes()) for name in REAL if DATA.is_dir()]
    sheets = [
        "\n".join((DATA / name).read_text().splitlines()[:12]).encode()
        for name in ("needs.csv", "actions.csv")
        if DATA.is_dir()
    ]
    return [*built, *real, *sheets]


def first_activities(content: bytes) -> bytes:
    """The first activities of a file, still sound."""
    end = content.find(b"</iati-activity>", 20_000)
    end = end if end >= 0 else content.rfind(b"</iati-activity>")
    return content[:end] + b"</iati-activity></iati-activities>"


def mutated(content: bytes, changes: list[tuple[int, int, int]]) -> bytes:
    """The file after some changes: a byte, a token, a piece gone, a piece twice, an end."""
    found = bytearray(content)
    for kind, place, what in changes:
        at = place % (len(found) + 1)
        if kind == 0 and at < len(found):
            found[at] = what % 256
        elif kind == 1:
            found[at:at] = TOKENS[what % len(TOKENS)]
        elif kind == 2:
            del found[at : at + what % 60]
        elif kind == 3:
            found[at:at] = found[at : at + what % 400]
        elif kind == 4:
            del found[len(found) - what % 40 :]
    return bytes(found)


def answers(content: bytes, mapping: Mapping | None) -> list[Any]:
    """Everything the reader says about a file, as it would arrive in the house."""
    heard: list[Any] = []
    with tempfile.TemporaryFile() as stream:
        stream.write(content)
        stream.flush()
        order = Order("fuzz.bin", stream.fileno(), len(content), 0, 0, Limits())
        open_file = OpenFile(stream.fileno(), len(content))
        serve(
            order,
            open_file,
            date(2026, 11, 24),
            lambda: Answer(mapping),
            lambda said: heard.append(messages.read(messages.write(said))),
        )
    return heard


def check(content: bytes, mapping: Mapping | None) -> None:
    """The order of messages is right and the last one is an end or a refusal that helps."""
    heard = answers(content, mapping)
    assert isinstance(heard[-1], End | Refused), heard[-1]
    if isinstance(heard[-1], Refused):
        finding = heard[-1].finding
        assert finding.place.startswith("fuzz.bin")
        assert finding.cure
        assert len(str(finding)) < 1_500
    else:
        assert isinstance(heard[0], Headers | Facts)
        assert heard[-1].records == sum(len(b.needs) + len(b.actions) for b in heard if isinstance(b, Batch))


CHANGES = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 70_000), st.integers(0, 70_000)), min_size=1, max_size=8
)
MAPPINGS = st.sampled_from(
    [
        None,
        None,
        Mapping("actions", {"ref": "ref", "title": "title"}),
        Mapping("needs", {"ref": "ref", "title": "need"}),
    ]
)
often = settings(max_examples=TRIES, deadline=None, suppress_health_check=list(HealthCheck))


@often
@given(st.integers(0, 100), CHANGES, MAPPINGS)
def test_mutated_files_end_in_records_or_a_refusal(
    seed: int, changes: list[tuple[int, int, int]], mapping: Mapping | None
) -> None:
    content = seeds()[seed % len(seeds())]
    check(mutated(content, changes), mapping)


@settings(often, max_examples=max(TRIES // 3, 1))
@given(st.integers(0, 100), CHANGES, MAPPINGS)
def test_workbooks_with_a_mutated_part_end_in_records_or_a_refusal(
    part: int, changes: list[tuple[int, int, int]], mapping: Mapping | None
) -> None:
    found = parts(book())
    name = sorted(found)[part % len(found)]
    check(archive(found | {name: mutated(found[name], changes)}), mapping)


@settings(often, max_examples=max(TRIES // 3, 1))
@given(CHANGES, MAPPINGS)
def test_mutated_archives_end_in_records_or_a_refusal(
    changes: list[tuple[int, int, int]], mapping: Mapping | None
) -> None:
    check(mutated(book(), changes), mapping)


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00", b"<", b"PK", b"\xef\xbb\xbf", b"\xff\xfe", b"\xff\xfe<\x00", b"<?xml", b'"', b"a\n\n\n"],
)
def test_the_smallest_files_end_in_a_refusal(content: bytes) -> None:
    assert isinstance(answers(content, None)[-1], Refused)
