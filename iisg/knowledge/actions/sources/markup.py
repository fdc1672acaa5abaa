"""XML from outside: what is refused before a parser sees it, and the one pass that proves it sound."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, BinaryIO, Final

from lxml import etree

from iisg.foundations.core.findings import Finding, Grade, brief

from .refusals import Limits, refusal

VERSIONS: Final = ("1.01", "1.02", "1.03", "1.04", "1.05", "2.01", "2.02", "2.03")
"""The published versions of the IATI standard, oldest first."""

_ENCODINGS: Final = (
    "utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii", "iso-8859-1", "iso-8859-2",
    "iso-8859-5", "iso-8859-15", "windows-1250", "windows-1251", "windows-1252",
)  # fmt: skip
_DECLARATION = re.compile(r"""^<\?xml\s[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, b"<\x00\x00\x00", b"\x00\x00\x00<")
_BEFORE_ROOT = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_NAME = re.compile(r"<([^\s/>]+)")
_CHUNK, _LONGEST_PROLOG = 65_536, 4_000_000


@dataclass(slots=True)
class Seen:
    """What the one pass tells: how many records, the version and the day as printed ("" where none is stated), and
    the attributes of the outermost element.
    """

    count: int = 0
    version: str = ""
    dated: str = ""
    root: Mapping[str, str] = field(default_factory=dict)


def looks_like_markup(head: bytes) -> bool:
    """Whether the first character that is not blank is "<", in any encoding of one, two or four bytes."""
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        head = head.removeprefix(mark)
    return head.replace(b"\x00", b"").lstrip().startswith(b"<")


def check_prolog(stream: BinaryIO, name: str, roots: Collection[str]) -> str:
    """The root element; a DOCTYPE, an encoding outside the list and any other root raise `UnreadableFile`."""
    head = stream.read(1024)
    stream.seek(0)
    if declared := _foreign_encoding(head):
        raise refusal(
            "xml.encoding",
            f"The file is written in the encoding '{declared}', which is not read.",
            place=f"{name}, line 1",
            cure="Save it in UTF-8.",
        )
    prolog, rest = _before_root(stream)
    line = prolog.count("\n") + 1
    if rest.startswith("<!") and not rest.startswith("<!--"):
        raise refusal(
            "xml.doctype",
            "The file declares a document type or entities (DOCTYPE); such files are never read.",
            place=f"{name}, line {line}",
            cure="Remove the declaration; IATI files need none.",
        )
    found = match[1] if (match := _NAME.match(rest)) else ""
    if found and found not in roots:
        raise refusal(
            "xml.wrong-root",
            f"The outermost element is '{found[:80]}', not 'iati-activities': the file holds no IATI"
            " activities.",
            place=f"{name}, line {line}",
            cure="Send an IATI activity file, an .xlsx workbook or a CSV file.",
        )
    return found


def declares_document_type(stream: IO[bytes]) -> bool:
    """Whether an XML part opens with a DOCTYPE (in UTF-8 or UTF-16); text that is no XML declares none."""
    return _before_root(stream)[1].startswith("<!")


def read_through(stream: BinaryIO, name: str, limits: Limits, tag: str) -> Seen:
    """Read the whole file without keeping it; what counts is elements `tag` below the root.

    The day is `generated-datetime` of the whole, else `last-updated-datetime` of the first record. Raises
    `UnreadableFile` with line and column where the file is not well-formed; also where one record is beyond measure
    or where there is no such element at all. Nothing of a file with a fault at its end is taken.
    """
    depth = size = 0
    seen = Seen()
    try:
        for event, element in elements(stream, ("start", "end")):
            if event == "start":
                depth += 1
                size += 1
                if depth == 1:
                    _refuse_internal_subset(element, name)
                    seen.root = {str(key): str(value) for key, value in element.attrib.items()}
                    seen.version = seen.root.get("version", "").strip()
                    seen.dated = seen.root.get("generated-datetime", "").strip()
                if depth == 2 and not seen.count:
                    seen.dated = seen.dated or element.get("last-updated-datetime", "").strip()
                if size > limits.elements_per_record:
                    raise _too_wide(element, name, limits)
            else:
                depth -= 1
                if depth == 1:
                    seen.count += element.tag == tag
                    size = 0
                    forget(element)
    except etree.XMLSyntaxError as fault:
        raise not_well_formed(fault, name) from fault
    if not seen.count:
        raise refusal(
            "iati.no-activities",
            f"The file is an IATI file, but there is no {tag} in it.",
            place=name,
            cure="Ask the publisher for a file with activities; there is nothing to import here.",
        )
    return seen


def elements(
    stream: BinaryIO, events: tuple[str, ...], tag: str | None = None
) -> etree.iterparse[tuple[str, etree._Element]]:
    """The elements of a stream, one after the other, without entities, network or limits lifted."""
    return etree.iterparse(
        stream, events=events, tag=tag, resolve_entities=False, load_dtd=False, no_network=True,
        huge_tree=False, remove_comments=True, remove_pis=True, recover=False,
    )  # fmt: skip


def forget(element: etree._Element) -> None:
    """Give back the memory of an element and of everything before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def not_well_formed(fault: etree.XMLSyntaxError, name: str) -> Exception:
    """The refusal of a file that is no XML, with line and column; the parser's own words are kept."""
    line, column = fault.position
    words = str(fault.msg or "unexpected end").split(", line ")[0].strip()
    log: Any = fault.error_log
    if not line and (last := log.last_error):  # what ends a stream early stands in the log only
        line, column, words = last.line, last.column, last.message
    return refusal(
        "xml.not-well-formed",
        f"The file is not well-formed XML ({brief(words, 200)}); nothing of it was taken.",
        place=f"{name}, line {line or 1}, column {column or 1}",
        cure="Mend this place or export the file again.",
    )


def version_findings(version: str, name: str) -> list[Finding]:
    """A warning where the version is missing or none of the published ones."""
    if version in VERSIONS:
        return []
    said = f"The IATI version '{version}' is unknown" if version else "No IATI version is stated"
    message = f"{said}; the file was read by what its elements say."
    return [Finding(Grade.WARNING, "iati.version", message, name, f"State one of {', '.join(VERSIONS)}.")]


def _foreign_encoding(head: bytes) -> str:
    """The encoding where it is none of ours, "" where it is."""
    if head.startswith(_UTF32):
        return "UTF-32"
    start = head.removeprefix(codecs.BOM_UTF8)
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00" in head[:2]
    text = head.decode(_encoding(head), "replace") if wide else start.decode("latin-1")
    declared = match[1].strip() if (match := _DECLARATION.match(text.lstrip("\ufeff"))) else "utf-8"
    if declared.lower() not in _ENCODINGS:
        return declared[:40] or "(blank)"
    return ""


def _encoding(head: bytes) -> str:
    """How the opening of the file is written, as far as its ASCII letters go."""
    marked = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "")
    if marked or b"\x00" not in head[:2]:
        return marked or "latin-1"
    return "utf-16-be" if head[:1] == b"\x00" else "utf-16-le"


def _before_root(stream: IO[bytes]) -> tuple[str, str]:
    """(everything before the root element, the text from there on): reads no further than it must.

    All encodings of the list write "<", "!" and "?" as ASCII does, so that latin-1 serves to find them.
    """
    head = stream.read(_CHUNK)
    decoder = codecs.getincrementaldecoder(_encoding(head))("replace")
    text, at = decoder.decode(head).lstrip("\ufeff"), 0
    while True:
        while match := _BEFORE_ROOT.match(text, at):
            at = match.end()
        unfinished = text.startswith(("<?", "<!--"), at) or len(text) - at < 200
        chunk = stream.read(_CHUNK) if unfinished and len(text) < _LONGEST_PROLOG else b""
        if not chunk:
            return text[:at], text[at : at + 200]
        text += decoder.decode(chunk)


def _refuse_internal_subset(root: etree._Element, name: str) -> None:
    """The second belt: whatever the scan of the text made of it, the parser saw a DOCTYPE."""
    if root.getroottree().docinfo.internalDTD is not None:
        raise refusal(
            "xml.doctype",
            "The file declares a document type or entities (DOCTYPE); such files are never read.",
            place=name,
            cure="Remove the declaration; IATI files need none.",
        )


def _too_wide(element: etree._Element, name: str, limits: Limits) -> Exception:
    return refusal(
        "xml.too-wide",
        f"One record holds more than {limits.elements_per_record:,} elements.",
        place=f"{name}, line {element.sourceline}",
        cure="Split the record, or ask the publisher for a mended file.",
    )
