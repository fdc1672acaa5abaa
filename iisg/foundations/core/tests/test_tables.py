"""Tables that leave the house hold nothing that a program would calculate, and lose no letter and no digit."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from iisg.foundations.core.formulas import dangerous, harmless, undo
from iisg.foundations.core.tables import Table, Value, csv_pieces, json_pieces, write_workbook

NASTY = (
    "=1+1", "+381 11 123", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "'=1", '"=1', "''=1", "\uff1d1",
    "\uff0b1", "\uff0d1", "\uff201", "-", "=", "'", "#N/A", "#REF!", "TRUE", "=cmd|' /C calc'!A0",
)  # fmt: skip
PLAIN = ("-5", "+5", "-5.25", "12", "Ministry", "Š=č", "a@b.example", "Шћепан", "1-2", "")
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=40)


@pytest.mark.parametrize("text", NASTY)
def test_what_a_program_could_calculate_is_told(text: str) -> None:
    assert dangerous(text) is (text not in ("'", "#N/A", "#REF!", "TRUE"))
    assert undo(harmless(text)) == text


@pytest.mark.parametrize("text", PLAIN)
def test_plain_words_and_numbers_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text == undo(text)


@given(
    TEXTS
    | st.sampled_from(NASTY)
    | st.builds("{}{}".format, st.sampled_from(["'", '"', " ", "\t", "="]), TEXTS)
)
def test_every_text_comes_back_whole(text: str) -> None:
    assert undo(harmless(text)) == text
    assert harmless(text)[:1] == "'" or not dangerous(harmless(text))


def test_csv_has_its_mark_its_numbers_and_no_formula() -> None:
    rows: list[dict[str, Value]] = [{"a": text, "b": Decimal("1234.50")} for text in NASTY]
    content = b"".join(csv_pieces(Table("Rows", ("a", "b"), rows))).decode()
    assert content.startswith("\ufeffa,b\r\n")
    found = list(csv.reader(io.StringIO(content[1:], newline="")))[1:]
    assert [undo(row[0]) for row in found] == list(NASTY)
    assert {row[1] for row in found} == {"1234.50"}
    assert not [row[0] for row in found if row[0][:1] in tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")]


@settings(max_examples=30, deadline=None)
@given(st.lists(TEXTS.filter(bool) | st.sampled_from(NASTY), min_size=1, max_size=8))
def test_a_workbook_opened_again_holds_text_and_no_formula(texts: list[str]) -> None:
    stream = io.BytesIO()
    table = Table("Rows", ("a", "b"), [{"a": t, "b": t} for t in texts], frozenset({"b"}))
    write_workbook(stream, [table], Table("About", ("c",), [{"c": "TLP:GREEN"}]), "TLP:GREEN")
    sheet = load_workbook(stream)["Rows"]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert [cell.value or "" for cell in cells] == [text for t in texts for text in (t, t)]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s"}
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.left.text == "TLP:GREEN"


@pytest.mark.parametrize(
    ("number", "kept"), [("1234.50", 1234.5), ("-3", -3), ("123456789012345.67", "123456789012345.67")]
)
def test_a_number_is_a_number_unless_digits_would_be_lost(number: str, kept: object) -> None:
    stream = io.BytesIO()
    write_workbook(
        stream, [Table("Rows", ("a",), [{"a": Decimal(number)}])], Table("About", ("c",), []), "TLP:CLEAR"
    )
    assert load_workbook(stream)["Rows"]["A2"].value == kept
    content = b"".join(json_pieces({}, {"rows": [{"a": Decimal(number)}]}))
    assert json.loads(content) == {"about": {}, "rows": [{"a": kept}]}
