"""What sorts of file may come in: a name's ending, the type sent with it, and what the bytes must begin with."""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

TYPES = {
    "pdf": "application/pdf",
    "docx": _WORD,
    "xlsx": _EXCEL,
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}
"""Accepted endings and the type under which such a file is handed out again."""

OWN_TYPES = {"ics": "text/calendar"}
"""Endings of files that only the house itself makes."""

_BEGINNINGS = {
    "ics": (b"BEGIN:VCALENDAR",),
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
}
_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


def ending(name: str) -> str:
    """The ending of a file's name in small letters, without the dot; "" where it has none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def is_what_it_says(name: str, content: bytes) -> bool:
    """Whether the bytes are of the sort that the ending names."""
    kind = ending(name)
    if kind in _PARTS:
        try:
            with ZipFile(BytesIO(content)) as packed:
                return _PARTS[kind] in packed.namelist()
        except (BadZipFile, OSError):
            return False
    return content.startswith(_BEGINNINGS.get(kind, ())) if kind in _BEGINNINGS else False
