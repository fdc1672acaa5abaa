"""What is said between the house and the process that reads a file: one line of JSON for each message."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Final

from iisg.foundations.core.findings import Finding
from iisg.knowledge.actions.columns import Mapping, SheetHeaders
from iisg.knowledge.actions.records import ActionRecord, NeedRecord, Remark
from iisg.knowledge.actions.sources.refusals import Limits

from .codec import Garbled, pack, unpack

LONGEST_LINE: Final = 16 * 1024 * 1024
"""Bytes of one message; a single record beyond that is no record of ours."""


@dataclass(slots=True)
class Order:
    """What is to be read: the file is open under the number `file`; the rest are limits.

    `copies`: it is not read for its records but written anew with the remarks of the `Copy` that follows. `rows` says
    in which row the headers of a sheet stand, where a person has chosen it.
    """

    name: str
    file: int
    size: int
    memory: int
    seconds: int
    limits: Limits
    copies: bool = False
    rows: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Copy:
    """What a copy of the file is to say at its cells, the words over the list, the marking (`write_copy`)."""

    remarks: list[Remark]
    heads: list[str]
    marking: str


@dataclass(slots=True)
class Piece:
    """A part of the copy, in base64."""

    content: str


@dataclass(slots=True)
class Headers:
    """The columns of sheets, for the house to say what they mean; it answers with an `Answer`."""

    form: str
    sheets: list[SheetHeaders]


@dataclass(slots=True)
class Answer:
    """What the columns mean, None to go by the guess."""

    mapping: Mapping | None


@dataclass(slots=True)
class Facts:
    """What is known of a file before its records.

    `dated` is the moment that it states, as printed; an `extract` was taken out of this platform.
    """

    form: str
    subject: str
    version: str = ""
    count: int | None = None
    findings: list[Finding] = field(default_factory=list)
    dated: str = ""
    extract: bool = False


@dataclass(slots=True)
class Batch:
    """Some records, in the order of the file."""

    needs: list[NeedRecord]
    actions: list[ActionRecord]

    @property
    def records(self) -> list[ActionRecord | NeedRecord]:
        """All of them; a file states its needs before its actions."""
        return [*self.needs, *self.actions]


@dataclass(slots=True)
class Refused:
    """The whole file cannot be used."""

    finding: Finding


@dataclass(slots=True)
class Failed:
    """The reader itself broke off: "memory", or the fault in its own words."""

    reason: str


@dataclass(slots=True)
class End:
    """The file was read to its end; so many records came before."""

    records: int


_MESSAGES: Final[dict[str, type[Any]]] = {
    kind.__name__: kind for kind in (Order, Copy, Piece, Headers, Answer, Facts, Batch, Refused, Failed, End)
}


def write(message: Any) -> bytes:
    """The message as one line."""
    packed = [type(message).__name__, pack(message)]
    return json.dumps(packed, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def read(line: bytes) -> Any:
    """The message again; raises `Garbled` for anything but one of ours."""
    try:
        kind, packed = json.loads(line)
        return unpack(_MESSAGES[kind], packed)
    except (ValueError, TypeError, KeyError, RecursionError) as fault:
        raise Garbled("no message") from fault
