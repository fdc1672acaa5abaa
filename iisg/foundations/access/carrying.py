"""The fourth gate: what is carried out is marked and named, and no browser shows or keeps it (design.md 5)."""

from __future__ import annotations

from typing import IO

from django.http import FileResponse

from iisg.foundations.core.handling import Marking

MARKING_HEADER = "X-IISG-Marking"
SANDBOX = "default-src 'none'; frame-ancestors 'none'; sandbox"


class MarkedResponse(FileResponse):
    """A file to be saved, with its marking; every export, print and download of the house goes out in one.

    `name` is the file's name; `file` stands at its beginning and is closed when it has been sent.
    """

    def __init__(self, file: IO[bytes], name: str, content_type: str, marking: Marking) -> None:
        super().__init__(file, as_attachment=True, filename=name, content_type=content_type)
        self.headers[MARKING_HEADER] = marking.label
        self.headers["X-Content-Type-Options"] = "nosniff"
        self.headers["Cache-Control"] = "no-store"
        self.headers["Content-Security-Policy"] = SANDBOX
