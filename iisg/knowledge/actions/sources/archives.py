"""Workbooks are zip archives: what is checked before anything is unpacked."""

from __future__ import annotations

import stat
import zipfile
import zlib
from typing import BinaryIO

from . import markup
from .refusals import Limits, UnreadableFile, refusal, size_in_words

_SMALL = 1024 * 1024
_BROKEN = (
    zipfile.BadZipFile,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    zlib.error,
)


def check_workbook(stream: BinaryIO, name: str, limits: Limits) -> None:
    """Refuse archives that are bombs, locked, damaged, no workbook, or that carry a DOCTYPE in a part."""
    try:
        with zipfile.ZipFile(stream) as archive:
            _check_bulk(archive, name, limits)
            _check_names(archive, name)
            _check_kind(archive, name)
            _check_parts(archive, name)
    except UnreadableFile:
        raise
    except _BROKEN as fault:
        raise refusal(
            "workbook.damaged",
            "The workbook is damaged and cannot be unpacked.",
            place=name,
            cure="Open it in a spreadsheet program, save it again as .xlsx and send that.",
        ) from fault


def _check_bulk(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    parts = archive.infolist()
    if len(parts) > limits.archive_entries:
        raise refusal(
            "workbook.too-many-parts",
            f"The workbook holds {len(parts):,} parts; at most {limits.archive_entries:,} are unpacked.",
            place=name,
            cure="Save only the sheets that are needed as a new workbook.",
        )
    unpacked, packed = sum(p.file_size for p in parts), sum(p.compress_size for p in parts)
    if unpacked > limits.unpacked_size:
        raise refusal(
            "workbook.bomb",
            f"The workbook would unpack to {size_in_words(unpacked)}; the limit is"
            f" {size_in_words(limits.unpacked_size)}.",
            place=name,
            cure="Save only the sheets that are needed as a new workbook.",
        )
    for size, squeezed, what in [
        (unpacked, packed, name),
        *((p.file_size, p.compress_size, p.filename) for p in parts),
    ]:
        if size > _SMALL and size > limits.unpacking_ratio * max(squeezed, 1):
            raise refusal(
                "workbook.bomb",
                f"'{what}' unpacks to {size // max(squeezed, 1):,} times its size; at most"
                f" {limits.unpacking_ratio} times is accepted.",
                place=name,
                cure="Delete the empty rows below the data, save the workbook again and send that.",
            )


def _check_names(archive: zipfile.ZipFile, name: str) -> None:
    """Parts that lead out of the archive, are links, or share a name: two programs would read two workbooks."""
    seen: set[str] = set()
    for part in archive.infolist():
        said = part.orig_filename
        link = part.create_system == 3 and stat.S_ISLNK(part.external_attr >> 16)
        if link or said.startswith("/") or "\\" in said or ":" in said or ".." in said.split("/"):
            raise refusal(
                "workbook.strange-part",
                f"The workbook holds a part '{said[:80]}' that leads out of it.",
                place=name,
                cure="Do not open this file; ask who sent it, and save the workbook anew from its own program.",
            )
        if said.casefold() in seen:
            raise refusal(
                "workbook.part-twice",
                f"The workbook holds the part '{said[:80]}' twice, so that nobody can say which one counts.",
                place=name,
                cure="Open it in a spreadsheet program, save it again as .xlsx and send that.",
            )
        seen.add(said.casefold())


def _check_kind(archive: zipfile.ZipFile, name: str) -> None:
    if any(part.flag_bits & 0x1 for part in archive.infolist()):
        raise refusal(
            "workbook.encrypted",
            "The archive is protected by a password.",
            place=name,
            cure="Save it without a password and send it again.",
        )
    names = set(archive.namelist())
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise refusal(
            "workbook.not-one",
            "This is an archive, but not an Excel workbook (.xlsx).",
            place=name,
            cure="Send the workbook, the CSV file or the IATI file itself.",
        )


def _check_parts(archive: zipfile.ZipFile, name: str) -> None:
    """No part may declare a document type: a workbook never needs one."""
    for part in archive.infolist():
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            with archive.open(part) as content:
                if markup.declares_document_type(content):
                    raise refusal(
                        "xml.doctype",
                        f"Part '{part.filename}' of the workbook declares a document type (DOCTYPE).",
                        place=name,
                        cure="Save it again with a spreadsheet program; none writes such a declaration.",
                    )
