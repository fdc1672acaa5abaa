"""Hostile and broken delimited text, and files that are nothing of ours under any name."""

from __future__ import annotations

from tests.hostile.case import Hostile, accepted, refused, row_refused, warned

HEAD = "ref,title,donor,scope\n"
SOUND = f"{HEAD}A-1,Sound,Donor,regional\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x9c\x40\x00\x00\x9c\x40\x08\x06\x00\x00\x00"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n\x00\x01"


def text(content: str, encoding: str = "utf-8") -> bytes:
    """Text in an encoding."""
    return content.encode(encoding)


TEXTS: list[Hostile] = [
    refused("empty.csv", lambda: b"", "file.empty"),
    refused("blanks.csv", lambda: b" \n\t\r\n ", "file.empty"),
    refused("one-line-of-48-mb.csv", lambda: b"a" * 48_000_000, "table.cell-too-long", "line 1"),
    refused("larger-than-allowed.csv", lambda: b"a" * (50 * 1024 * 1024 + 1), "file.too-large"),
    refused(
        "quote-never-closed.csv",
        lambda: text(f'{SOUND}A-2,"Open,Donor,\n' + "A-3,x,y,\n" * 50),
        "table.quote-never-closed",
        "line 3",
    ),
    refused("nul.csv", lambda: text(f"{SOUND}A-2,a\x00b,Donor,\n"), "file.not-text"),
    accepted(
        "mixed-line-ends.csv", lambda: text(SOUND + "A-2,Two,Donor,\r\nA-3,Three,Donor,\rA-4,Four,Donor,\n")
    ),
    refused(
        "ten-thousand-columns.csv",
        lambda: text(",".join(f"c{n}" for n in range(10_000)) + "\n1\n"),
        "columns",
    ),
    accepted("ten-thousand-cells.csv", lambda: text(SOUND + "A-2,Two" + "," * 9_999 + "x\n")),
    accepted("formula.csv", lambda: text(f"{HEAD}A-1,\"=cmd|'/c calc'!A0\",+1+1,regional\n")),
    accepted("utf-8-with-mark.csv", lambda: text(SOUND, "utf-8-sig")),
    accepted("utf-16-with-mark.csv", lambda: text(SOUND, "utf-16")),
    accepted("utf-16-without-mark.csv", lambda: text(SOUND, "utf-16-le")),
    refused("utf-32.csv", lambda: text(SOUND, "utf-32"), "file.not-text"),
    warned(
        "windows-1250.csv",
        lambda: text(f"{HEAD}A-1,Čuvanje đaka i graničara,Donor,regional\n", "cp1250"),
        "table.encoding-assumed",
    ),
    warned(
        "windows-1251.csv",
        lambda: text(f"{HEAD}A-1,Граница и пољe,Donor,regional\n", "cp1251"),
        "table.encoding-assumed",
    ),
    refused("no-letter.csv", lambda: text(SOUND) + b"A-2,\x81\x8d,Donor,\n", "table.undecodable", "line 3"),
    refused("ebcdic.csv", lambda: text(SOUND, "cp037"), "table.undecodable", "line 1"),
    accepted("semicolons.csv", lambda: text(SOUND.replace(",", ";"))),
    accepted("tabs.txt", lambda: text(SOUND.replace(",", "\t"))),
    refused("wrong-delimiter.csv", lambda: text(SOUND.replace(",", "~")), "columns"),
    row_refused(
        "quote-inside.csv",
        lambda: text(f'{SOUND}A-2,"Two" three,Donor,\n'),
        "sheet.cell-unreadable",
        "line 3",
    ),
    row_refused(
        "no-reference.csv", lambda: text(f"{SOUND},Two,Donor,\n"), "sheet.no-ref", "line 3, column ref (A)"
    ),
    row_refused(
        "reference-twice.csv",
        lambda: text(f"{SOUND}A-1,Two,Donor,\n"),
        "sheet.ref-twice",
        "line 3, column ref (A)",
    ),
    row_refused(
        "formula-as-scope.csv",
        lambda: text(f"{SOUND}A-2,Two,Donor,=1+1\n"),
        "sheet.unknown-scope",
        "line 3, column scope (D)",
    ),
    refused("no-headers.csv", lambda: text("1,2,3\n4,5,6\n"), "columns"),
    refused("too-many-rows.csv", lambda: text(SOUND + "\n" * 200_001), "table.too-long"),
    refused("json.csv", lambda: b'{"actions": [{"ref": "A-1"}]}\n', "json.not-ours"),
    refused("picture.png", lambda: PNG + bytes(range(256)), "file.not-text"),
    refused("paper.pdf", lambda: PDF, "file.not-text"),
    refused("paper-called.xlsx", lambda: PDF, "file.not-text"),
    refused("program.csv", lambda: b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200), "file.not-text"),
    refused("gzip.csv", lambda: b"\x1f\x8b\x08\x00" + bytes(range(256)), "file.not-text"),
    accepted("text-called.xlsx", lambda: text(SOUND)),
    accepted("markup-in-cells.csv", lambda: text(f"{HEAD}A-1,<script>alert(1)</script>,Donor,regional\n")),
    accepted("backwards.csv", lambda: text(f"{HEAD}A-1,Title \u202egpj.exe,Donor,regional\n")),
]
