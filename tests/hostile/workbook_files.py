"""Hostile and broken workbooks: archives that are bombs or lie, parts that reach outside, cells that are traps."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterable

from openpyxl import Workbook

from tests.hostile.case import Hostile, accepted, refused, row_refused, warned

HEADERS = ("ref", "title", "donor", "scope", "beneficiaries")
ROW = ("A-1", "Sound", "Donor", "regional", "AL")
CONTENT_TYPES = "[Content_Types].xml"


def book(*rows: Iterable[object], headers: Iterable[object] = HEADERS) -> bytes:
    """A workbook with these rows below the headers."""
    made, out = Workbook(), io.BytesIO()
    sheet = made.active
    assert sheet is not None
    sheet.append(list(headers))
    for row in rows or (ROW,):
        sheet.append(list(row))
    made.save(out)
    return out.getvalue()


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def archive(found: dict[str, bytes], *more: tuple[zipfile.ZipInfo | str, bytes]) -> bytes:
    """The parts packed again, with more that need not be told apart by their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name may come twice on purpose
        for name, content in (*found.items(), *more):
            packed.writestr(name, content)
    return out.getvalue()


def changed(part: str, change: Callable[[bytes], bytes], content: bytes | None = None) -> bytes:
    """A sound workbook one part of which was changed."""
    found = parts(content or book())
    return archive(found | {part: change(found[part])})


def with_part(name: zipfile.ZipInfo | str, content: bytes = b"x") -> bytes:
    """A sound workbook with a part more."""
    return archive(parts(book()), (name, content))


def symlink() -> bytes:
    """A part that is a link out of the archive."""
    info = zipfile.ZipInfo("xl/media/link.xml")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    return with_part(info, b"/etc/passwd")


def zip_flag(content: bytes, flag: int) -> bytes:
    """Every part marked with a flag (1: encrypted) in its own head and in the directory."""
    found = bytearray(content)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = found.find(mark)
        while place >= 0:
            found[place + at] |= flag
            place = found.find(mark, place + 4)
    return bytes(found)


def overlapping() -> bytes:
    """All parts of the directory point to one and the same compressed data (David Fifield's bomb, small)."""
    found = bytearray(archive({f"xl/{n}.bin": b"x" * 20 for n in range(40)} | parts(book())))
    place = found.find(b"PK\x01\x02")
    while place >= 0:
        found[place + 42 : place + 46] = struct.pack("<I", 0)
        place = found.find(b"PK\x01\x02", place + 4)
    return bytes(found)


def sheet(xml: str) -> bytes:
    """A workbook whose only sheet has these rows, as written."""
    part = "xl/worksheets/sheet1.xml"
    rows = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{xml}</sheetData></worksheet>'
    return changed(part, lambda _: rows.encode())


def cells(number: int, *values: str) -> str:
    """A row of text cells."""
    inner = "".join(
        f'<c r="{chr(65 + n)}{number}" t="inlineStr"><is><t>{value}</t></is></c>'
        for n, value in enumerate(values)
    )
    return f'<row r="{number}">{inner}</row>'


def macros() -> bytes:
    """A workbook with macros, as .xlsm has them."""
    found = parts(book())
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    with_macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    found[CONTENT_TYPES] = found[CONTENT_TYPES].replace(kind, with_macros)
    return archive(found, ("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Sub AutoOpen()"))


def external_link() -> bytes:
    """A workbook that takes values out of another file."""
    link = (
        b'<?xml version="1.0"?><externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<externalBook xmlns:r="x" r:id="rId1"/></externalLink>'
    )
    return with_part("xl/externalLinks/externalLink1.xml", link)


ZEROS = b"\x00" * 30_000_000
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
FAR = (
    cells(1, *HEADERS)
    + cells(2, *ROW)
    + '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row>'
)


WORKBOOKS: list[Hostile] = [
    accepted("sound.xlsx", book),
    refused("ratio.xlsx", lambda: with_part("xl/media/zeros.bin", ZEROS), "workbook.bomb"),
    refused(
        "over-200-mb.xlsx",
        lambda: archive(parts(book()), *((f"xl/{n}.bin", ZEROS) for n in range(7))),
        "workbook.bomb",
    ),
    refused(
        "parts.xlsx",
        lambda: archive(parts(book()), *((f"xl/p{n}.xml", b"<a/>") for n in range(2_000))),
        "workbook.too-many-parts",
    ),
    accepted("nested.xlsx", lambda: with_part("xl/embeddings/inner.zip", archive({"a": b"x" * 1_000}))),
    refused("symlink.xlsx", symlink, "workbook.strange-part", "xl/media/link.xml"),
    refused(
        "traversal.xlsx",
        lambda: with_part("../../etc/cron.d/evil"),
        "workbook.strange-part",
        "../../etc/cron.d/evil",
    ),
    refused(
        "absolute.xlsx", lambda: with_part("/etc/cron.d/evil"), "workbook.strange-part", "/etc/cron.d/evil"
    ),
    refused("backslashes.xlsx", lambda: with_part("..\\..\\evil.dll"), "workbook.strange-part"),
    refused(
        "same-name-twice.xlsx",
        lambda: with_part("xl/worksheets/sheet1.xml", b"<worksheet/>"),
        "workbook.part-twice",
        "sheet1.xml",
    ),
    refused(
        "same-name-other-case.xlsx",
        lambda: with_part("XL/Workbook.xml", b"<workbook/>"),
        "workbook.part-twice",
    ),
    refused("overlapping.xlsx", overlapping, "workbook.damaged"),
    refused("encrypted-zip.xlsx", lambda: zip_flag(book(), 1), "workbook.encrypted"),
    refused(
        "encrypted-office.xlsx",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "workbook.encrypted",
    ),
    refused("old.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 3_000, "workbook.old-format"),
    refused(
        "xxe-in-sheet.xlsx",
        lambda: changed("xl/worksheets/sheet1.xml", lambda part: DOCTYPE + part),
        "xml.doctype",
    ),
    refused(
        "xxe-in-styles.xlsx",
        lambda: changed("xl/styles.xml", lambda part: DOCTYPE + part),
        "xml.doctype",
    ),
    refused(
        "xxe-in-properties.xlsx",
        lambda: changed("docProps/core.xml", lambda part: DOCTYPE + part),
        "xml.doctype",
    ),
    refused(
        "xxe-in-custom-part.xlsx",
        lambda: with_part("customXml/item1.xml", DOCTYPE + b"<x>&a;</x>"),
        "xml.doctype",
        "",
    ),
    row_refused("far-cell.xlsx", lambda: sheet(FAR), "sheet.no-ref", "A1048576"),
    refused(
        "row-beyond-the-last.xlsx",
        lambda: sheet(cells(1, *HEADERS) + cells(2, *ROW) + '<row r="99999999999"/>'),
        "table.too-long",
    ),
    accepted(
        "million-empty-rows.xlsx",
        lambda: sheet(
            cells(1, *HEADERS)
            + cells(2, *ROW)
            + "".join(f'<row r="{n}"/>' for n in range(3, 20_000))
            + '<row r="1048576"/>'
        ),
    ),
    refused(
        "laughing-dimensions.xlsx", lambda: sheet('<row r="1"><c r="ZZZZZZZ1"/></row>'), "workbook.damaged"
    ),
    accepted("external-link.xlsx", external_link),
    accepted("macros.xlsm", macros),
    row_refused(
        "dde.xlsx",
        lambda: book(("=cmd|'/c calc'!A0", "Title", "Donor", "", "AL"), ROW),
        "sheet.cell-unreadable",
        "A2",
    ),
    row_refused(
        "hyperlink-formula.xlsx",
        lambda: book(("A-2", '=HYPERLINK("http://127.0.0.1:9","x")', "", "", ""), ROW),
        "sheet.cell-unreadable",
        "B2",
    ),
    accepted(
        "formula-as-text.xlsx",
        lambda: sheet(cells(1, *HEADERS) + cells(2, "A-1", "+38 345 678", "@import", "", "AL")),
    ),
    refused(
        "text-workbook.xlsx",
        lambda: archive({"word/document.xml": b"<w/>", CONTENT_TYPES: b"<Types/>"}),
        "workbook.not-one",
    ),
    refused("cut-off.xlsx", lambda: book()[:-300], "workbook.damaged"),
    refused(
        "sheet-cut-off.xlsx",
        lambda: changed("xl/worksheets/sheet1.xml", lambda part: part[:-60]),
        "workbook.damaged",
    ),
    refused(
        "no-sheets.xlsx", lambda: changed("xl/workbook.xml", lambda _: b"<workbook/>"), "sheet.no-header-row"
    ),
    refused("headers-only.xlsx", lambda: sheet(cells(1, *HEADERS)), "sheet.no-records"),
    refused("polyglot-pdf.xlsx", lambda: b"%PDF-1.7\n" + book(), "file.not-text"),
    refused(
        "zip-with-iati.xml", lambda: archive({"activities.xml": b"<iati-activities/>"}), "workbook.not-one"
    ),
    accepted("workbook-called.csv", book),
    warned(
        "unread-columns.xlsx",
        lambda: book((*ROW, "x"), headers=(*HEADERS, "mystery")),
        "sheet.columns-unread",
        "row 1",
    ),
]
