"""The program of the reading process: takes one order, reads one file, tells what it holds, ends."""

from __future__ import annotations

import importlib
import io
import sys
from base64 import b64encode
from collections.abc import Callable, Iterable
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from iisg.foundations.core.confinement import close_the_doors, limit_means
from iisg.knowledge.actions import iati
from iisg.knowledge.actions.iati import schema
from iisg.knowledge.actions.iati.extension import TAKEN_BY
from iisg.knowledge.actions.records import ActionRecord, NeedRecord
from iisg.knowledge.actions.sources import OpenFile, Source, UnreadableFile, markup, open_source
from iisg.knowledge.actions.sources.refusals import refusal, size_in_words

from . import messages
from .messages import Answer, Batch, Copy, End, Facts, Failed, Headers, Order, Piece, Refused

_PIECE = 256 * 1024
_LONGEST_DAY = 64
"""Letters of a moment as printed; what is longer is none."""
_AT_ONCE = 20
"""Records of one message: enough to save effort, few enough to stay small."""
_ENCODINGS = (
    "ascii", "cp1250", "cp1251", "cp1252", "cp437", "iso8859_1", "iso8859_2", "iso8859_5", "iso8859_15", "latin_1",
    "utf_8", "utf_8_sig", "utf_16", "utf_16_le", "utf_16_be", "utf_32", "idna", "unicode_escape",
)  # fmt: skip

Tell = Callable[[Any], None]
Hear = Callable[[], Any]


def main() -> None:
    """Read the order, give up every means that reading does not need, then read the file."""
    order = messages.read(sys.stdin.buffer.readline())
    limit_means(order.memory, order.seconds)
    file = OpenFile(order.file, order.size)
    _import_before_the_doors_close(file, order)
    close_the_doors()
    serve(
        order,
        file,
        datetime.now().astimezone().date(),
        lambda: messages.read(sys.stdin.buffer.readline()),
        _writer(sys.stdout.buffer),
    )


def serve(order: Order, file: OpenFile, today: date, hear: Hear, tell: Tell) -> None:
    """Tell everything about a file; whatever goes wrong is told as well, in one message."""
    try:
        source = open_source(file, order.name, limits=order.limits)
        if order.copies:
            _tell_copy(source, hear, tell)
        elif source.format == "iati":
            _tell_activities(source, today, tell)
        elif source.format == "organisations":
            _tell_organisations(source, tell)
        elif source.format == "json":
            _tell_plain(source, tell)
        else:
            _tell_sheets(source, order.rows, hear, tell)
    except UnreadableFile as unreadable:
        tell(Refused(unreadable.finding))
    except MemoryError:
        tell(Failed("memory"))
    except BrokenPipeError:
        pass  # the house has stopped listening
    except Exception as fault:
        tell(Failed(_where(fault)))


def _where(fault: Exception) -> str:
    """Kind and place of a fault of ours; never its words, which may be those of the file (rules.md 7)."""
    at = fault.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    place = f" in {Path(at.tb_frame.f_code.co_filename).name}, line {at.tb_lineno}" if at else ""
    return f"{type(fault).__name__}{place}"


def _tell_activities(source: Source, today: date, tell: Tell) -> None:
    records = iati.read_iati(source, today=today)
    facts = Facts("iati", "actions", source.version, source.count, findings=source.findings)
    facts.dated, facts.extract = source.dated[:_LONGEST_DAY], TAKEN_BY in source.root
    tell(facts)
    _tell_records(records, tell)


def _tell_organisations(source: Source, tell: Tell) -> None:
    findings = [*source.findings, *iati.check_organisations(source)]
    dated = source.dated[:_LONGEST_DAY]
    tell(Facts("iati", "publisher", source.version, findings=findings, dated=dated))
    _tell_records((), tell)


def _tell_plain(source: Source, tell: Tell) -> None:
    from iisg.knowledge.actions import plain

    found = plain.read_plain(source)
    tell(
        Facts(
            "json",
            found.subject,
            plain.SCHEMA.rpartition("/")[2],
            len(found.records),
            source.findings,
            extract=True,
        )
    )
    _tell_records(found.records, tell)


def _tell_sheets(source: Source, rows: dict[str, int], hear: Hear, tell: Tell) -> None:
    from iisg.knowledge.actions.sheets.headers import describe_headers
    from iisg.knowledge.actions.sheets.reading import open_sheets

    described = describe_headers(source, rows=rows)
    tell(Headers(source.format, described))
    answer = hear()
    if not isinstance(answer, Answer):
        return  # the house does not know what the columns mean and has left
    if answer.mapping:
        rows = {each.sheet: each.row for each in described}  # the headers by which the columns were named
    with open_sheets(source, answer.mapping, rows=rows) as sheets:
        facts = Facts(source.format, sheets.subject, findings=sheets.findings)
        facts.extract = sheets.extract
        tell(facts)
        _tell_records(sheets.records, tell)


def _tell_copy(source: Source, hear: Hear, tell: Tell) -> None:
    """The file with what was found at its cells, piece by piece; there are no cells in XML and JSON."""
    asked = hear()
    if not isinstance(asked, Copy) or source.format not in ("workbook", "table"):
        raise refusal(
            "file.no-cells",
            "Comments can be written into workbooks and delimited text only.",
            place=source.name,
            cure="Read the findings on the page of the file.",
        )
    from iisg.knowledge.actions.sheets.remarks import write_copy

    copy = io.BytesIO()
    write_copy(copy, source, asked.remarks, asked.heads, asked.marking)
    copy.seek(0)
    while part := copy.read(_PIECE):
        tell(Piece(b64encode(part).decode()))
    tell(End(len(asked.remarks)))


def _tell_records(records: Iterable[ActionRecord | NeedRecord], tell: Tell) -> None:
    number, waiting = 0, iter(records)
    while found := list(islice(waiting, _AT_ONCE)):
        number += len(found)
        tell(_batch(found))
    tell(End(number))


def _batch(records: list[ActionRecord | NeedRecord]) -> Batch:
    needs = [record for record in records if isinstance(record, NeedRecord)]
    return Batch(needs, [record for record in records if isinstance(record, ActionRecord)])


def _writer(out: BinaryIO) -> Tell:
    """Writes messages; a batch that is too long for one goes record by record."""

    def tell(message: Any) -> None:
        line = messages.write(message)
        if len(line) <= messages.LONGEST_LINE:
            out.write(line)
            out.flush()
            return
        records = message.records if isinstance(message, Batch) else []
        if len(records) < 2:
            raise refusal(
                "file.record-too-long",
                f"A record of the file has more than {size_in_words(messages.LONGEST_LINE)} of text.",
                place=records[0].place if records else "the head of the file",
                cure="Split the record, or ask the publisher for a mended file.",
            )
        for record in records:
            tell(_batch([record]))

    return tell


def _import_before_the_doors_close(file: OpenFile, order: Order) -> None:
    """Only what this file needs: sheets take far longer to prepare for than IATI files do."""
    for name in _ENCODINGS:
        importlib.import_module(f"encodings.{name}")
    with file.open() as stream:
        if markup.looks_like_markup(stream.read(4096)):
            schema.load("activities")
            schema.load("organisations")
        else:
            importlib.import_module("iisg.knowledge.actions.sheets.reading")
            importlib.import_module("iisg.knowledge.actions.plain")
            if order.copies:
                importlib.import_module("iisg.knowledge.actions.sheets.remarks")
                importlib.import_module("openpyxl.packaging.extended")  # openpyxl loads it when it writes


if __name__ == "__main__":
    main()
