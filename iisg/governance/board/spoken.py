"""What each seat of a frozen roster said, as the register keeps it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from iisg.governance.board.log import log_of
from iisg.governance.board.models import Position, Silence
from iisg.governance.board.silence import newest

SILENT = "silent, deemed agreed"


def said_by_seats(silence: Silence, at: datetime) -> list[dict[str, Any]]:
    """For each seat of the frozen roster what it said last in time; who said nothing is told as silent."""
    spoken = newest(log_of(silence), at)
    positions = {one.pk: one for one in silence.positions.all()}
    return [
        _line(str(one.seat), one.seat.ref, positions[spoken[one.seat.ref].number])
        if one.seat.ref in spoken
        else {"seat": one.seat.ref, "name": str(one.seat), "said": SILENT}
        for one in silence.roster.all()
    ]


def _line(name: str, ref: str, position: Position) -> dict[str, Any]:
    return {
        "seat": ref,
        "name": name,
        "said": str(position.get_value_display()),
        "reason": position.reason,
        "speaker": position.speaker,
        "capacity": str(position.get_capacity_display()),
        "at": position.at.isoformat(),
    }
