"""Delimited text: telling its encoding, and saying so where it had to be assumed."""

from __future__ import annotations

import codecs
import re

from iisg.foundations.core.findings import Finding, Grade

from .refusals import refusal

_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_BOMS = (
    (codecs.BOM_UTF32_LE, ""), (codecs.BOM_UTF32_BE, ""), (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_CYRILLIC_PAIR = re.compile("[а-яёјљњћђџѓќѕА-ЯЁЈЉЊЋЂЏЃЌЅ]{3,}")
# Bytes that stand for č ć đ in windows-1250 and for è æ ð in windows-1252; š and ž are the same in both.
_SOUTH_SLAVIC = frozenset("čćđČĆĐ".encode("cp1250"))
_FRENCH_OR_GERMAN = frozenset("àêôûîùñõåø".encode("cp1252"))


def decode(content: bytes, name: str) -> tuple[str, str, list[Finding]]:
    """The text, its encoding, and a warning where the encoding was assumed; raises `UnreadableFile`.

    Accepted are UTF-8 and UTF-16 (with or without byte order mark) and windows-1250, -1251 and -1252.
    """
    encoding = _declared(content)
    findings: list[Finding] = []
    if encoding is None:
        encoding = _assumed(content)
        findings = [_assumption(encoding, name)] if encoding.startswith("windows") else []
    try:
        text = content.decode(encoding) if encoding else ""
    except UnicodeDecodeError as fault:
        raise _undecodable(content, encoding, fault.start, name) from fault
    if not encoding or _CONTROL.search(text):
        raise refusal(
            "file.not-text",
            "The content is neither an Excel workbook, nor an IATI file, nor readable text.",
            place=name,
            cure="Send an .xlsx workbook, a CSV file in UTF-8 or an IATI XML file.",
        )
    if not text or text.isspace():
        raise refusal("file.empty", "The file holds blanks only.", place=name, cure="Export it again.")
    return text, encoding, findings


def _declared(content: bytes) -> str | None:
    """What a byte order mark says ("" for encodings we do not read), None without one."""
    return next((encoding for mark, encoding in _BOMS if content.startswith(mark)), None)


def _assumed(content: bytes) -> str:
    """The likeliest encoding of text without a byte order mark."""
    head = content[:400]
    if b"\x00" in head:
        if head.count(0) * 4 < len(head):
            return ""  # a blank byte here and there is no text of two bytes per letter
        return "utf-16-be" if head[:1] == b"\x00" else "utf-16-le"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _single_byte(content)
    return "utf-8"


def _single_byte(content: bytes) -> str:
    high = [byte for byte in content if byte >= 0x80]
    as_cyrillic = content.decode("cp1251", errors="replace")
    if sum(len(word) for word in _CYRILLIC_PAIR.findall(as_cyrillic)) * 2 > len(high):
        return "windows-1251"
    south_slavic = sum(byte in _SOUTH_SLAVIC for byte in high)
    western = sum(byte in _FRENCH_OR_GERMAN for byte in high)
    return "windows-1250" if south_slavic > western else "windows-1252"


def _assumption(encoding: str, name: str) -> Finding:
    return Finding(
        Grade.WARNING,
        "table.encoding-assumed",
        f"The file is not in UTF-8; it was read as {encoding}.",
        name,
        "Look at names with special letters; where they are wrong, save the file as CSV UTF-8.",
    )


def _undecodable(content: bytes, encoding: str, position: int, name: str) -> Exception:
    line = content.count(b"\n", 0, position) + 1
    return refusal(
        "table.undecodable",
        f"Byte 0x{content[position]:02X} in line {line} is no letter in {encoding}, nor is the text UTF-8.",
        place=f"{name}, line {line}",
        cure="Save the file as CSV UTF-8 and send it again.",
    )
