"""Opening a file: its format is told by its content, never by its extension."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from iisg.foundations.core.findings import Finding

from . import archives, markup, plaintext
from .refusals import Limits, refusal, size_in_words

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class OpenFile:
    """A file that is open already, under its number: every stream of it has a place of its own and opens nothing."""

    def __init__(self, number: int, size: int) -> None:
        self.number, self.size = number, size

    def open(self) -> BinaryIO:
        """The bytes from their beginning."""
        return cast(BinaryIO, io.BufferedReader(_Placed(self.number, self.size), 64 * 1024))


class _Placed(io.RawIOBase):
    """Reads an open file from a place of its own, so that several can read it side by side."""

    def __init__(self, number: int, size: int) -> None:
        self._number, self._size, self._at = number, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise OSError("a place before the beginning of the file")
        self._at = start + offset
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        room = memoryview(buffer)
        read = os.pread(self._number, len(room), self._at)
        room[: len(read)] = read
        self._at += len(read)
        return len(read)


_RECORDS = {
    "iati-activities": ("iati", "iati-activity"),
    "iati-organisations": ("organisations", "iati-organisation"),
}
Content = bytes | Path | OpenFile
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(slots=True)
class Source:
    """A file that may be read.

    `format` is "iati", "organisations" (an IATI file about publishers), "workbook", "json" or "table" (delimited text);
    `count` is the number of activities or organisations in an IATI file and None elsewhere; `version` is the IATI
    version as printed, `dated` the moment that it states as printed, `root` what its outermost element says; `encoding`
    and `text` belong to a table or to JSON. `findings` are warnings about the file as
    a whole.
    """

    name: str
    content: Content
    format: str
    limits: Limits = field(default_factory=Limits)
    findings: list[Finding] = field(default_factory=list)
    count: int | None = None
    version: str = ""
    dated: str = ""
    root: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    text: str = ""

    def stream(self) -> BinaryIO:
        """The bytes from their beginning; the caller closes it."""
        return _stream(self.content)


def open_source(content: Content | str, name: str = "", *, limits: Limits | None = None) -> Source:
    """Look at a file (its bytes, its path, or open already) and refuse what cannot be read: raises `UnreadableFile`.

    An IATI file is read through once, so that a fault at its end is known before its first record is taken.
    """
    where = Path(content) if isinstance(content, str) else content
    limits = limits or Limits()
    name = name or (where.name if isinstance(where, Path) else "the file")
    _check_size(where, name, limits)
    with _stream(where) as stream:
        head = stream.read(4096)
        stream.seek(0)
        if head.startswith(_OLE):
            raise _old_or_locked(stream, name)
        if head.startswith(b"PK"):
            archives.check_workbook(stream, name, limits)
            return Source(name, where, "workbook", limits)
        if markup.looks_like_markup(head):
            return _open_markup(stream, where, name, limits)
        text, encoding, findings = plaintext.decode(stream.read(), name)
        form = "json" if text.lstrip("\ufeff \t\r\n").startswith("{") else "table"
        return Source(name, where, form, limits, findings, encoding=encoding, text=text)


def _open_markup(stream: BinaryIO, where: Content, name: str, limits: Limits) -> Source:
    """An IATI file of activities or organisations that was read through once without fault."""
    root = markup.check_prolog(stream, name, tuple(_RECORDS))
    form, tag = _RECORDS.get(root) or _RECORDS["iati-activities"]
    stream.seek(0)
    seen = markup.read_through(stream, name, limits, tag)
    findings = markup.version_findings(seen.version, name)
    return Source(name, where, form, limits, findings, seen.count, seen.version, seen.dated, seen.root)


def _stream(content: Content) -> BinaryIO:
    if isinstance(content, OpenFile):
        return content.open()
    return content.open("rb") if isinstance(content, Path) else io.BytesIO(content)


def _check_size(content: Content, name: str, limits: Limits) -> None:
    try:
        if isinstance(content, OpenFile):
            size = content.size
        else:
            size = content.stat().st_size if isinstance(content, Path) else len(content)
        if isinstance(content, Path) and not content.is_file():
            raise IsADirectoryError
    except OSError as fault:
        raise refusal(
            "file.absent",
            "There is no readable file of this name.",
            place=name,
            cure="Check the name and try again.",
        ) from fault
    if size == 0:
        raise refusal(
            "file.empty",
            "The file is empty (0 bytes).",
            place=name,
            cure="Export it again and check its size.",
        )
    if size > limits.file_size:
        raise refusal(
            "file.too-large",
            f"The file has {size_in_words(size)}; at most {size_in_words(limits.file_size)} are read.",
            place=name,
            cure="Split it into several files.",
        )


def _old_or_locked(stream: BinaryIO, name: str) -> Exception:
    """Both the old .xls format and a workbook with a password come in the same container."""
    if "EncryptedPackage".encode("utf-16-le") in stream.read():
        return refusal(
            "workbook.encrypted",
            "The workbook is protected by a password.",
            place=name,
            cure="Save it without a password and send it again.",
        )
    return refusal(
        "workbook.old-format",
        "This is a document in the format of Office 97-2003 (.xls, .doc).",
        place=name,
        cure="Open it and save it as an Excel workbook (.xlsx) or as CSV.",
    )
