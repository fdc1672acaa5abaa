"""Whole files that are refused, each with its reason; and nothing else is ever raised."""

from __future__ import annotations

import contextlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from iisg.foundations.core.findings import Grade
from iisg.knowledge.actions.iati import read_iati
from iisg.knowledge.actions.sheets.headers import describe_headers
from iisg.knowledge.actions.sheets.reading import read_sheet
from iisg.knowledge.actions.sources import Limits, UnreadableFile, open_source

ACTIVITY = "<iati-activity><iati-identifier>A-1</iati-identifier><title>T</title></iati-activity>"
FILE = f'<iati-activities version="1.04">{ACTIVITY}</iati-activities>'


def refused(content: bytes, **limits: int) -> UnreadableFile:
    """The refusal of these bytes."""
    with pytest.raises(UnreadableFile) as caught:
        open_source(content, "upload.bin", limits=Limits(**limits))
    assert caught.value.finding.grade is Grade.CRITICAL
    assert "upload.bin" in caught.value.finding.place
    assert caught.value.finding.cure
    return caught.value


def archive(**parts: bytes) -> bytes:
    """A zip archive with these parts; "__" stands for a slash and "_dot_" for a dot."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return packed.getvalue()


def workbook(rows: list[list[object]]) -> bytes:
    """A workbook with one sheet."""
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"  \n\t ", "file.empty"),
        (b"\x00\x01\x02\x03" * 50, "file.not-text"),
        (b"%PDF-1.7\n\x00\x01", "file.not-text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "workbook.old-format"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 2,
            "workbook.encrypted",
        ),
        (b"PK\x03\x04 and then nothing", "workbook.damaged"),
        (archive(readme_dot_txt=b"hello"), "workbook.not-one"),
        (b"<html><body/></html>", "xml.wrong-root"),
        (b"<!DOCTYPE html><html/>", "xml.doctype"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "xml.wrong-root"),
        (b"<iati-organisations version='2.03'/>", "iati.no-activities"),
        (b"<iati-activities version='2.03'></iati-activities>", "iati.no-activities"),
        (b'<?xml version="1.0" encoding="UTF-7"?>' + FILE.encode(), "xml.encoding"),
        (FILE.encode("utf-32"), "xml.encoding"),
        (FILE.encode()[:-5], "xml.not-well-formed"),
        (FILE.replace("<title>T", "<title>&secret;").encode(), "xml.not-well-formed"),
        (b"<a>" * 400, "xml.wrong-root"),
        (("<iati-activities>" + "<x>" * 400).encode(), "xml.not-well-formed"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_reason(content: bytes, code: str) -> None:
    assert refused(content).finding.code == code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "before", ["", "<!-- <!-not a doctype -->\n", "<?xml-stylesheet href='x'?>\n", "\n\n" * 9]
)
def test_a_doctype_is_refused_in_every_encoding_and_behind_comments(encoding: str, before: str) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z SYSTEM "file:///etc/hostname">]>'
    assert refused((before + bomb + FILE).encode(encoding)).finding.code == "xml.doctype"


def test_a_doctype_behind_a_very_long_comment_is_still_seen() -> None:
    content = f"<!--{'x' * 200_000}--><!DOCTYPE a>{FILE}".encode()
    assert refused(content).finding.code == "xml.doctype"


def test_the_word_doctype_inside_a_text_is_no_declaration() -> None:
    content = FILE.replace(">T<", "><![CDATA[<!DOCTYPE a>]]><").encode()
    assert [r.title for r in read_iati(content)] == ["<!DOCTYPE a>"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_sound_files_are_read_in_utf_8_and_utf_16(encoding: str) -> None:
    assert [r.ref for r in read_iati(FILE.encode(encoding))] == ["A-1"]


def test_a_fault_at_the_end_says_line_and_column_and_lets_nothing_in() -> None:
    content = f"<iati-activities>\n{ACTIVITY}\n<iati-activity><title>X</iati-activity>".encode()
    finding = refused(content).finding
    assert "line 3, column" in finding.place
    with pytest.raises(UnreadableFile):
        read_iati(content)


def test_an_oversized_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(b"a" * 2_000)
    with pytest.raises(UnreadableFile) as caught:
        open_source(path, limits=Limits(file_size=1_000))
    assert caught.value.finding.code == "file.too-large"
    assert "1,000 bytes" in caught.value.finding.message


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.xml", tmp_path):
        with pytest.raises(UnreadableFile) as caught:
            open_source(path)
        assert caught.value.finding.code == "file.absent"


def test_zip_bombs_are_refused_by_ratio_by_size_and_by_number_of_parts() -> None:
    parts = {"[Content_Types]_dot_xml": b"<Types/>", "xl__workbook_dot_xml": b"<workbook/>"}
    assert refused(archive(**parts, xl__a_dot_bin=b"\x00" * 3_000_000)).finding.code == "workbook.bomb"
    assert refused(archive(**parts, x=b"abc" * 900), unpacked_size=1_000).finding.code == "workbook.bomb"
    many = {f"part{number}": b"" for number in range(30)}
    assert refused(archive(**parts, **many), archive_entries=20).finding.code == "workbook.too-many-parts"


def test_a_doctype_in_a_part_of_a_workbook_is_refused() -> None:
    content = archive(
        **{
            "[Content_Types]_dot_xml": b"<Types/>",
            "xl__workbook_dot_xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><workbook/>",
        }
    )
    assert refused(content).finding.code == "xml.doctype"


def test_one_record_beyond_all_measure_is_refused() -> None:
    content = f"<iati-activities><iati-activity>{'<x/>' * 200}</iati-activity></iati-activities>".encode()
    assert refused(content, elements_per_record=100).finding.code == "xml.too-wide"


def test_the_format_is_told_by_content_and_not_by_the_name() -> None:
    assert open_source(FILE.encode(), "needs.csv").format == "iati"
    assert open_source(workbook([["ref", "title"]]), "needs.xml").format == "workbook"
    assert open_source(b"ref;title\n1;2\n", "needs.xlsx").format == "table"


@pytest.mark.parametrize(
    ("text", "encoding", "assumed"),
    [
        ("Šćepan Polje i Vraćenovići, čuvanje đaka", "cp1250", "windows-1250"),
        ("Граничен премин и набавка на опрема", "cp1251", "windows-1251"),
        ("Coopération policière à la frontière, rôle", "cp1252", "windows-1252"),
    ],
)
def test_an_assumed_encoding_is_named_in_a_warning(text: str, encoding: str, assumed: str) -> None:
    source = open_source(f"ref,title\n1,{text}\n".encode(encoding), "list.csv")
    assert text in source.text
    assert [finding.grade for finding in source.findings] == [Grade.WARNING]
    assert assumed in source.findings[0].message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_needs_no_assumption(encoding: str) -> None:
    source = open_source("ref,title\n1,Šćepan Шћепан\n".encode(encoding), "list.csv")
    assert source.findings == []
    assert source.text == "ref,title\n1,Šćepan Шћепан\n"


def test_bytes_that_are_no_letter_are_refused_with_their_line() -> None:
    finding = refused(b"ref,title\n1,\x81\x81\n").finding
    assert finding.code == "table.undecodable"
    assert "line 2" in finding.place


def consume(content: bytes) -> None:
    """Read bytes to their end by whichever reader they call for."""
    source = open_source(content, "upload.bin")
    if source.format == "iati":
        list(read_iati(source))
    else:
        describe_headers(source)
        read_sheet(source)


SEEDS = [
    FILE.encode(),
    FILE.encode("utf-16"),
    workbook([["ref", "title", "donor", "scope"], ["A", "B", "C", "regional"]]),
    b'ref,title,donor,scope\nA,"B; C",D,regional\n',
]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_arbitrary_bytes_raise_nothing_but_a_refusal(content: bytes) -> None:
    with contextlib.suppress(UnreadableFile):
        consume(content)


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=6))
def test_damaged_files_raise_nothing_but_a_refusal(seed: bytes, changes: list[tuple[int, int]]) -> None:
    content = bytearray(seed)
    for place, byte in changes:
        content[place % len(content)] = byte
    with contextlib.suppress(UnreadableFile):
        consume(bytes(content))
