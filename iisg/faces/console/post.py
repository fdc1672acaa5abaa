"""Mails that come back from mail servers: read one by one, noted where they are about a letter of ours."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from iisg.foundations.access.actors import HOUSE
from iisg.office.letters.bounces import MOST_BYTES, read_report
from iisg.office.letters.models import Delivery
from iisg.office.letters.operations import note_bounce

TRY_LATER = 75
"""EX_TEMPFAIL of sysexits.h: the mail server keeps the mail and hands it over again later."""
NOTED = "noted"
DELAYED = "still tried by the mail server; nothing to note"
NOT_OURS = "no report about a letter of ours"


@dataclass(frozen=True, slots=True)
class Worked:
    """One file of a folder and what became of it; `fault` where it could not be read or moved."""

    name: str
    outcome: str = ""
    fault: str = ""


def take(content: bytes, at: datetime) -> str:
    """Note what a raw mail reports: NOTED, DELAYED or NOT_OURS; nothing else in it has any effect."""
    report = read_report(content)
    delivery = Delivery.objects.filter(token=report.token).first() if report else None
    if report is None or delivery is None:
        return NOT_OURS
    if not report.failed:
        return DELAYED
    note_bounce(delivery, report.said, by=HOUSE, at=at)
    return NOTED


def read_whole(stream: IO[bytes]) -> bytes:
    """The mail on a stream; of one that is too large to be a report the first part, so that memory stays small."""
    return stream.read(MOST_BYTES + 1)


def work_off(folder: Path, at: datetime) -> Iterator[Worked]:
    """Each mail in `new` of a Maildir: noted, then moved to `cur` as read; a file that cannot be moved stays there."""
    for path in sorted((folder / "new").iterdir()):
        try:
            with _opened(path) as file:
                content = read_whole(file)
            outcome = take(content, at)
            os.replace(path, folder / "cur" / f"{path.name.partition(':')[0]}:2,S")
        except OSError as fault:
            yield Worked(path.name, fault=fault.strerror or str(fault))
        else:
            yield Worked(path.name, outcome)


def is_maildir(folder: Path) -> bool:
    """Whether a folder has what a Maildir has."""
    return all((folder / part).is_dir() for part in ("new", "cur"))


def _opened(path: Path) -> IO[bytes]:
    """The file itself: no link is followed, and nothing that is no plain file is opened for reading."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(0, "no plain file")
    return os.fdopen(handle, "rb")
