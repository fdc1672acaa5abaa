"""The house's side: starts the reading process, hands it the file, waits within measure, ends it."""

from __future__ import annotations

import contextlib
import logging
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
import weakref
from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar

from iisg.knowledge.actions.columns import Mapping
from iisg.knowledge.actions.records import ActionRecord, NeedRecord, Remark
from iisg.knowledge.actions.sources.refusals import Limits, UnreadableFile, refusal, size_in_words

from . import messages
from .codec import Garbled
from .messages import Answer, Batch, Copy, End, Facts, Failed, Headers, Order, Piece, Refused

logger = logging.getLogger(__name__)
Message = TypeVar("Message")

_HOUSE = str(Path(__file__).resolve().parents[4])
PROGRAM = (
    "import sys; sys.path[:0] = sys.argv[1:]; sys.modules['numpy'] = None;"  # openpyxl would load it for nothing
    " from iisg.knowledge.actions.reading_room.inside import main; main()"
)
_CHUNK = 256 * 1024
_DYING = 2.0


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one file may cost: bytes of memory, seconds of computing, seconds that the house waits for it."""

    memory: int = 512 * 1024 * 1024
    computing: int = 60
    waiting: float = 60.0


class ReadingRoom:
    """One file being read in a process of its own. Ask in this order: `headers`, `answer`, `facts`, `records`;
    or, where it was opened with `copies`, for `copy` alone.

    Each raises `UnreadableFile` where the file cannot be used or where its reader died; the process never
    outlives the room. Only the time in which the house waits counts, not what it does with the records in
    between: the process rests while nobody takes them.
    """

    def __init__(
        self,
        content: bytes | Path,
        name: str,
        *,
        limits: Limits,
        allowance: Allowance | None = None,
        program: str = PROGRAM,
        copies: bool = False,
        rows: dict[str, int] | None = None,
    ) -> None:
        self.name = name
        self.allowance = allowance or Allowance()
        self._left = self.allowance.waiting
        self._rest = b""
        self._taken = 0
        self._early: Facts | None = None
        with _opened(content, name) as file:
            number, size = file.fileno(), os.fstat(file.fileno()).st_size
            self._process = _start(program, number)
        self._ending = weakref.finalize(self, _end, self._process)
        means = self.allowance
        order = Order(name, number, size, means.memory, means.computing, limits, copies, rows or {})
        self._say(order)

    def headers(self) -> Headers | None:
        """The columns of sheets, None where the file needs no columns named."""
        message = self._next()
        if isinstance(message, Headers):
            return message
        self._early = self._expected(message, Facts)
        return None

    def answer(self, mapping: Mapping | None) -> None:
        """Say what the columns mean; None leaves it to the guess."""
        self._say(Answer(mapping))

    def facts(self) -> Facts:
        """What is known of the file before its records."""
        return self._early or self._expected(self._next(), Facts)

    def records(self) -> Iterator[ActionRecord | NeedRecord]:
        """Every record, one batch in memory at a time; the process ends with the iteration, however that ends."""
        try:
            message = self._next()
            while isinstance(message, Batch):
                for record in message.records:
                    self._taken += 1
                    yield record
                message = self._next()
            if self._expected(message, End).records != self._taken:
                raise self._broke_off("some records were lost on the way")
        finally:
            self.close()

    def copy(self, remarks: Sequence[Remark], heads: Sequence[str], marking: str) -> bytes:
        """The file written anew as a workbook with the remarks at its cells (`sheets.remarks.write_copy`)."""
        try:
            self._say(Copy(list(remarks), list(heads), marking))
            pieces = []
            while isinstance(message := self._next(), Piece):
                pieces.append(b64decode(message.content))
            self._expected(message, End)
            return b"".join(pieces)
        finally:
            self.close()

    def close(self) -> None:
        """End the process and all that it started."""
        self._ending()

    def _say(self, message: object) -> None:
        """A process that died hears nothing; the next message that is waited for will tell why."""
        with contextlib.suppress(BrokenPipeError):
            _pipe(self._process.stdin).write(messages.write(message))
            _pipe(self._process.stdin).flush()

    def _next(self) -> object:
        try:
            message = messages.read(self._line())
        except Garbled as fault:
            raise self._broke_off(f"it answered what is no message ({fault})") from fault
        if isinstance(message, Refused):
            self.close()
            raise UnreadableFile(message.finding)
        if isinstance(message, Failed):
            raise self._too_large() if message.reason == "memory" else self._broke_off(message.reason)
        return message

    def _expected(self, message: object, kind: type[Message]) -> Message:
        if not isinstance(message, kind):
            raise self._broke_off(f"{type(message).__name__} came in place of {kind.__name__}")
        return message

    def _line(self) -> bytes:
        while (end := self._rest.find(b"\n")) < 0:
            if len(self._rest) > messages.LONGEST_LINE:
                raise Garbled("a line without end")
            self._rest += self._more()
        line, self._rest = self._rest[:end], self._rest[end + 1 :]
        return line

    def _more(self) -> bytes:
        """What the process says next, waiting no longer than the rest of its time."""
        number, began = _pipe(self._process.stdout).fileno(), time.monotonic()
        ready = select.poll()
        ready.register(number, select.POLLIN | select.POLLHUP)
        heard = self._left > 0 and ready.poll(self._left * 1000)
        self._left -= time.monotonic() - began
        if not heard:
            raise self._too_slow(self.allowance.waiting)
        if not (said := os.read(number, _CHUNK)):
            raise self._died()
        return said

    def _died(self) -> UnreadableFile:
        try:
            code = self._process.wait(_DYING)
        except subprocess.TimeoutExpired:
            return self._broke_off("it fell silent")
        if code in (-signal.SIGXCPU, -signal.SIGKILL):
            return self._too_slow(self.allowance.computing)
        return self._broke_off(f"it ended with code {code}")

    def _too_slow(self, seconds: float) -> UnreadableFile:
        return self._given_up(
            "file.too-slow",
            f"Reading it takes longer than {seconds:g} seconds; it was stopped.",
            "Split it into several files, or look whether it holds far more rows or elements than it should.",
        )

    def _too_large(self) -> UnreadableFile:
        return self._given_up(
            "file.too-demanding",
            f"Reading it takes more than {size_in_words(self.allowance.memory)} of memory; it was stopped.",
            "Split it into several files, or look whether one record or cell is far larger than it should be.",
        )

    def _broke_off(self, reason: str) -> UnreadableFile:
        logger.error("The reader of '%s' broke off: %s", self.name, reason)
        return self._given_up(
            "file.reader-broke-off",
            "The reader broke off at this file.",
            "Save it anew from the program it comes from and send it again; if that does not help, tell the"
            " Secretariat.",
        )

    def _given_up(self, code: str, message: str, cure: str) -> UnreadableFile:
        """The refusal that stands for the death of the process, with the place it had reached."""
        self.close()
        place = f"{self.name}, after record {self._taken:,}" if self._taken else self.name
        return refusal(code, f"{message} Nothing of the file was taken.", place=place, cure=cure)


@contextlib.contextmanager
def _opened(content: bytes | Path, name: str) -> Iterator[IO[bytes]]:
    """The file itself, or bytes in a file without a name that goes when it is closed."""
    try:
        with content.open("rb") if isinstance(content, Path) else tempfile.TemporaryFile() as file:
            if isinstance(content, bytes):
                file.write(content)
                file.flush()
            yield file
    except (FileNotFoundError, IsADirectoryError, PermissionError) as fault:
        raise refusal(
            "file.absent",
            "There is no readable file of this name.",
            place=name,
            cure="Check the name and try again.",
        ) from fault


def _start(program: str, file: int) -> subprocess.Popen[bytes]:
    """Python without the user's settings, without an environment, with one file; a group of its own."""
    folders = [_HOUSE, *(folder for folder in sys.path if folder)]
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", program, *folders],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={}, cwd="/", pass_fds=(file,), start_new_session=True,
    )  # fmt: skip


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill the process with everything in its group, and forget it."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(BrokenPipeError):
            _pipe(pipe).close()
    process.wait()


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise RuntimeError("the process was started without its pipes")
    return stream
