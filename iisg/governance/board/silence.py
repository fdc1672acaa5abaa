"""What becomes of a silent written procedure: a pure function of its log, without database and without Django.

The function is the law (rules.md 3.1): whoever holds the log, a page, a worker or a member offline, gets the same
outcome for the same moment. All moments carry their zone; a moment that equals the end is after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Value(StrEnum):
    """What a seat can say (rules.md 3.4)."""

    AGREE = "agree"
    NO_OBJECTION = "no_objection"
    OBJECTION = "objection"
    AMENDMENT = "amendment"
    ASK_FOR_MEETING = "ask_for_meeting"
    RECUSE = "recuse"


BREAKING = frozenset({Value.OBJECTION, Value.AMENDMENT})


class Standing(StrEnum):
    """Where a procedure stands."""

    OPEN = "open"
    SUSPENDED = "suspended"
    ADOPTED = "adopted"
    BROKEN = "broken"
    MOVED = "moved_to_meeting"
    WITHDRAWN = "withdrawn"


ENDED = frozenset({Standing.ADOPTED, Standing.BROKEN, Standing.MOVED, Standing.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Said:
    """One position: for which seat, what, when; `number` orders what was said at the same moment."""

    seat: str
    value: Value
    at: datetime
    number: int = 0


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way on which a notice went to a seat: when it was proven to have arrived, when known to have failed."""

    proven_at: datetime | None = None
    failed_at: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether at that moment it is proven and not known to have come back."""
        if self.proven_at is None or self.proven_at > at:
            return False
        return self.failed_at is None or self.failed_at > at

    def has_failed(self, at: datetime) -> bool:
        """Whether at that moment it is known not to have arrived."""
        return self.failed_at is not None and self.failed_at <= at


@dataclass(frozen=True, slots=True)
class Period:
    """A period in which silence runs: from the notice to its end, and by which ways each seat was told."""

    began_at: datetime
    ends_at: datetime
    notices: tuple[tuple[str, tuple[Attempt, ...]], ...] = ()

    def attempts(self, seat: str) -> tuple[Attempt, ...]:
        """The ways on which the notice went to a seat."""
        return next((ways for told, ways in self.notices if told == seat), ())


@dataclass(frozen=True, slots=True)
class Log:
    """Everything from which the outcome follows: seats as frozen at the opening, periods, positions, acts of the chair.

    `breaks_at_once`: whether an objection ends the procedure at once (rule version), or whether it can be taken back
    until the end.
    """

    seats: tuple[str, ...]
    periods: tuple[Period, ...]
    positions: tuple[Said, ...] = ()
    withdrawn_at: datetime | None = None
    moved_at: datetime | None = None
    breaks_at_once: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the procedure stands at a moment, since when, and because of which seats."""

    standing: Standing
    since: datetime
    because: tuple[str, ...] = ()


def outcome(log: Log, at: datetime) -> Outcome:
    """Where a procedure stands at a moment; raises ValueError for a log without a period."""
    if not log.periods:
        raise ValueError("A procedure that was never opened has no outcome.")
    acts = [
        Outcome(standing, moment)
        for standing, moment in ((Standing.WITHDRAWN, log.withdrawn_at), (Standing.MOVED, log.moved_at))
        if moment is not None and moment <= at
    ]
    found = [one for one in (_by_position(log, at), _by_time(log, at)) if one is not None]
    ends = [one for one in (*acts, *found) if one.standing in ENDED]
    if ends:
        return min(ends, key=lambda one: one.since)
    return found[-1] if found else Outcome(Standing.OPEN, log.periods[-1].began_at)


def stopped_at(period: Period, seats: Iterable[str], at: datetime) -> tuple[datetime, tuple[str, ...]] | None:
    """Since when the clock of a period stands still, and for whom: the first seat that every way to it has failed."""
    stops = []
    for seat in seats:
        ways = period.attempts(seat)
        if ways and all(way.has_failed(at) for way in ways):
            moment = max(way.failed_at for way in ways if way.failed_at is not None)
            if period.began_at <= moment < period.ends_at:
                stops.append((moment, seat))
    if not stops:
        return None
    first = min(moment for moment, _seat in stops)
    return first, tuple(sorted(seat for _moment, seat in stops))


def unproven(period: Period, seats: Iterable[str], at: datetime) -> tuple[str, ...]:
    """Seats whose notice is not proven at that moment, in their order."""
    return tuple(seat for seat in seats if not any(way.holds(at) for way in period.attempts(seat)))


def is_late(log: Log, at: datetime) -> bool:
    """Whether something said at that moment comes too late to count: the procedure has ended."""
    return outcome(log, at).standing in ENDED


def newest(log: Log, at: datetime) -> dict[str, Said]:
    """What each seat has said last at a moment, of what was said in time; who is silent is not in it."""
    end = outcome(log, at)
    last = end.since if end.standing in ENDED else None
    spoken: dict[str, Said] = {}
    for said in sorted(log.positions, key=lambda one: (one.at, one.number)):
        if said.seat in log.seats and said.at <= at and _in_time(said, end, last):
            spoken[said.seat] = said
    return spoken


def _in_time(said: Said, end: Outcome, last: datetime | None) -> bool:
    """What breaks a procedure is said at the moment of its end; an end by time leaves no room at that moment."""
    if last is None:
        return True
    by_word = end.standing in (Standing.BROKEN, Standing.MOVED) and said.seat in end.because
    return said.at <= last if by_word else said.at < last


def _by_position(log: Log, at: datetime) -> Outcome | None:
    """What the seats have made of it: broken or moved to a meeting by a word in time."""
    last, live = log.periods[-1], dict[str, Said]()
    for said in sorted(log.positions, key=lambda one: (one.at, one.number)):
        if said.at > at or said.seat not in log.seats or said.at < log.periods[0].began_at:
            continue
        if not _runs(log, said.at):
            continue
        standing = Standing.MOVED if said.value is Value.ASK_FOR_MEETING else None
        if said.value in BREAKING and log.breaks_at_once:
            standing = Standing.BROKEN
        if said.at >= last.ends_at and (broken := _at_the_end(log, live, at)) is not None:
            return broken
        if standing is not None:
            return Outcome(standing, said.at, (said.seat,))
        live[said.seat] = said
    return _at_the_end(log, live, at)


def _at_the_end(log: Log, live: Mapping[str, Said], at: datetime) -> Outcome | None:
    """Broken by an objection that nobody has taken back when the last period ends, unless its clock stands."""
    last = log.periods[-1]
    objecting = tuple(
        sorted(seat for seat, said in live.items() if said.value in BREAKING and said.at < last.ends_at)
    )
    if not objecting or at < last.ends_at or stopped_at(last, log.seats, at) is not None:
        return None
    return Outcome(Standing.BROKEN, last.ends_at, objecting)


def _runs(log: Log, at: datetime) -> bool:
    """Whether at that moment the end has not come: the period of the moment runs, or its clock stands still."""
    period = [one for one in log.periods if one.began_at <= at][-1]
    if at < period.ends_at:
        return True
    if stopped_at(period, log.seats, at) is not None:
        return True
    return bool(unproven(period, log.seats, period.ends_at))


def _by_time(log: Log, at: datetime) -> Outcome | None:
    """What time has made of it: suspended where a notice failed or is not proven, adopted where all is in order."""
    period = log.periods[-1]
    if (stop := stopped_at(period, log.seats, at)) is not None:
        return Outcome(Standing.SUSPENDED, *stop)
    if at < period.ends_at:
        return None
    lacking = unproven(period, log.seats, period.ends_at)
    if lacking:
        return Outcome(Standing.SUSPENDED, period.ends_at, lacking)
    return Outcome(Standing.ADOPTED, period.ends_at)
