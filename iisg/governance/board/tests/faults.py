"""Faults that are put into the Board on purpose; each has a story that brings it to light (security.md T2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from iisg.governance.board.log import stands
from iisg.governance.board.operations import deciding, procedure
from iisg.governance.board.silence import Log, Outcome, Standing

PURE, RULES = "iisg.governance.board.silence.", "iisg.governance.board.rules."
SPEAKING = "iisg.governance.board.operations.speaking."
SETTLING = "iisg.governance.board.operations.settling."
PROCEDURE = "iisg.governance.board.operations.procedure."
DECIDING = "iisg.governance.board.operations.deciding."

Fault = Iterable[tuple[str, Any]]


def _nothing(*args: object, **kwargs: object) -> tuple[()]:
    return ()


def _none(*args: object, **kwargs: object) -> None:
    return None


def _always(answer: object) -> Callable[..., object]:
    return lambda *args, **kwargs: answer


def _early(log: Log, at: datetime) -> Outcome | None:
    """Adopted after a day."""
    began = log.periods[-1].began_at
    return Outcome(Standing.ADOPTED, began + timedelta(days=1)) if at >= began + timedelta(days=1) else None


def _up_to_the_end(log: Log, at: datetime) -> bool:
    return at <= log.periods[-1].ends_at


_honest_number, _honest_freeze = deciding._next_number, procedure._freeze


def _hasty_number(*args: Any) -> str:
    _honest_number(*args)
    return _honest_number(*args)


def _forgetful_freeze(opened: Any, seat: Any) -> None:
    if seat.ref != "albania":
        _honest_freeze(opened, seat)


def _when_the_worker_came(opened: Any, at: datetime) -> Outcome:
    found = stands(opened, at)
    return replace(found, since=at) if found.standing is Standing.ADOPTED else found


def _in_utc(rules: object, urgent: bool, began_at: datetime) -> datetime:
    return (began_at + timedelta(days=15)).astimezone(UTC).replace(hour=17, minute=0, second=0, microsecond=0)


def _two_days(rules: object, urgent: bool, began_at: datetime) -> datetime:
    return began_at + timedelta(days=2)


FAULTS: dict[str, Fault] = {
    "a word at the very end counts": [
        (f"{SPEAKING}is_late", _always(False)),
        (f"{PURE}_runs", _up_to_the_end),
    ],
    "what comes late is not noticed": [(f"{SPEAKING}is_late", _always(False))],
    "adopted over an objection": [(f"{PURE}BREAKING", frozenset())],
    "adopted early": [(f"{PURE}_by_time", _early)],
    "notice needs no proof": [(f"{PURE}unproven", _nothing)],
    "a bounce stops nothing": [(f"{PURE}stopped_at", _none)],
    "anybody speaks for a seat": [(f"{SPEAKING}_speaks", _always(True))],
    "a text is changed under silence": [(f"{RULES}may_change", _nothing)],
    "the end moves at will": [(f"{RULES}may_extend", _nothing)],
    "silence on any subject": [(f"{RULES}may_open", _nothing)],
    "an objection needs no reason": [(f"{RULES}may_say", _nothing)],
    "a new period at any time": [(f"{RULES}may_resume", _nothing)],
    "withdrawn after its end": [(f"{RULES}may_stop", _nothing)],
    "the same position twice": [(f"{SPEAKING}_repeats", _always(False))],
    "a number is left out": [(f"{DECIDING}_next_number", _hasty_number)],
    "breaking is kept quiet": [(f"{SETTLING}_tell", _none)],
    "the result is kept quiet": [(f"{DECIDING}_tell", _none)],
    "reminded again and again": [(f"{SPEAKING}_due", _always(["day"]))],
    "reminded though they spoke": [(f"{SPEAKING}newest", _always({}))],
    "a seat is left out of the roster": [(f"{PROCEDURE}_freeze", _forgetful_freeze)],
    "a position is not acknowledged": [(f"{SPEAKING}_acknowledge", _none)],
    "the end in another zone": [(f"{PROCEDURE}period_end", _in_utc)],
    "two days are enough": [(f"{PROCEDURE}period_end", _two_days)],
    "decided when the worker came": [(f"{SETTLING}stands", _when_the_worker_came)],
    "a meeting overrides an objection": [(f"{RULES}may_decide", _nothing)],
}
