"""A silent written procedure on its page: where it stands, what is still missing, what each seat said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iisg.governance.board.log import log_of
from iisg.governance.board.models import Position, Silence
from iisg.governance.board.silence import Outcome, Standing, newest, outcome, unproven
from iisg.governance.board.wording import moment_in_words, named

COLOURS = {
    Standing.OPEN: "blue",
    Standing.SUSPENDED: "amber",
    Standing.ADOPTED: "green",
    Standing.BROKEN: "red",
    Standing.MOVED: "violet",
    Standing.WITHDRAWN: "grey",
}


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One seat of the roster: who speaks for it, whether the notice is proven, what it said last."""

    seat: str
    ref: str
    people: str
    told: bool
    position: Position | None
    silent: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that the page says, worked out at one moment."""

    silence: Silence
    standing: str
    word: str
    colour: str
    missing: str
    since: datetime
    ends_at: datetime
    lines: list[SeatLine]
    late: list[Position]
    former: list[Position]
    runs: bool


def shown(silence: Silence, at: datetime) -> Shown:
    """The page of a procedure that was fetched `with_log`."""
    log = log_of(silence)
    found = outcome(log, at)
    spoken = newest(log, at)
    lacking = unproven(log.periods[-1], log.seats, min(at, log.periods[-1].ends_at))
    positions = {one.pk: one for one in silence.positions.all()}
    names = {one.seat.ref: str(one.seat) for one in silence.roster.all()}
    ended = found.standing not in (Standing.OPEN, Standing.SUSPENDED)
    lines = [
        SeatLine(
            str(one.seat),
            one.seat.ref,
            ", ".join([one.representative, *(name for name, _email in one.alternates)]).strip(", "),
            one.seat.ref not in lacking,
            positions[spoken[one.seat.ref].number] if one.seat.ref in spoken else None,
            _("silent, deemed agreed") if found.standing is Standing.ADOPTED else _("has said nothing"),
        )
        for one in silence.roster.all()
    ]
    counted = {said.number for said in spoken.values()}
    return Shown(
        silence,
        str(found.standing),
        _word(found),
        COLOURS[found.standing],
        _missing(silence, found, lacking, names, len(spoken)),
        found.since,
        silence.ends_at,
        lines,
        [one for one in positions.values() if one.late],
        [one for one in positions.values() if not one.late and one.pk not in counted],
        not ended,
    )


def _word(found: Outcome) -> str:
    return {
        Standing.OPEN: _("open"),
        Standing.SUSPENDED: _("suspended"),
        Standing.ADOPTED: _("adopted by silence"),
        Standing.BROKEN: _("silence broken"),
        Standing.MOVED: _("goes to a meeting"),
        Standing.WITHDRAWN: _("withdrawn"),
    }[found.standing]


def _missing(
    silence: Silence, found: Outcome, lacking: tuple[str, ...], names: dict[str, str], spoke: int
) -> str:
    """What is still missing, or what came of it, in one sentence (rules.md 3.8)."""
    who = named([names.get(seat, seat) for seat in found.because])
    if found.standing is Standing.SUSPENDED:
        return _(
            "The clock stands still since %(since)s: the notice did not reach %(who)s, or it is not proven. Missing "
            "are a new notice and a new full period."
        ) % {"since": moment_in_words(found.since), "who": who}
    if found.standing is Standing.BROKEN:
        return _("%(who)s did not agree; the text is not adopted.") % {"who": who}
    if found.standing is Standing.MOVED:
        said = _("The question goes to a meeting of the Board")
        return f"{said} ({who})." if who else f"{said}."
    if found.standing is Standing.WITHDRAWN:
        return _("It was withdrawn; nothing is adopted.")
    if found.standing is Standing.ADOPTED:
        decision = getattr(silence, "decision", None)
        number = decision.number if decision else _("the number follows within a minute")
        return _("No seat objected and every seat had the notice: the text is adopted (%(number)s).") % {
            "number": number
        }
    parts = [
        _("Nothing but time: if no seat objects before %(end)s, the text is adopted.")
        % {"end": moment_in_words(silence.ends_at)}
    ]
    if lacking:
        parts = [
            _(
                "Missing: proof that the notice reached %(who)s; until then silence does not count. The period "
                "ends %(end)s."
            )
            % {
                "who": named([names.get(seat, seat) for seat in lacking]),
                "end": moment_in_words(silence.ends_at),
            }
        ]
    parts.append(
        ngettext("%(count)d of 7 seats has spoken.", "%(count)d of 7 seats have spoken.", spoke)
        % {"count": spoke}
    )
    return " ".join(parts)
