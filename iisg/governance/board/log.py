"""From the records of a procedure to the log that its outcome follows from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from iisg.governance.board.models import Period, Silence
from iisg.governance.board.silence import Attempt, Log, Outcome, Said, Value, outcome
from iisg.governance.board.silence import Period as Span
from iisg.office.letters.models import Channel, Delivery, DeliveryState


def log_of(silence: Silence) -> Log:
    """The log of a procedure; fetch it `with_log` to ask a constant number of questions."""
    bodies = {one.seat.organisation_id: one.seat.ref for one in silence.roster.all()}
    seats = tuple(sorted(bodies.values()))
    refs = {one.seat_id: one.seat.ref for one in silence.roster.all()}
    return Log(
        seats=seats,
        periods=tuple(
            Span(one.began_at, one.ends_at, tuple((seat, ways) for seat, ways in _notices(one, bodies, refs)))
            for one in sorted(silence.periods.all(), key=lambda period: period.number)
        ),
        positions=tuple(
            Said(refs[one.seat_id], Value(one.value), one.at, one.pk)
            for one in silence.positions.all()
            if not one.late and one.seat_id in refs
        ),
        withdrawn_at=silence.withdrawn_at,
        moved_at=silence.moved_at,
        breaks_at_once=silence.rules.breaks_at_once,
    )


def stands(silence: Silence, at: datetime) -> Outcome:
    """Where a procedure stands at a moment, whether or not a worker has recorded it."""
    return outcome(log_of(silence), at)


def _notices(
    period: Period, bodies: dict[int, str], refs: dict[int, str]
) -> Iterator[tuple[str, tuple[Attempt, ...]]]:
    """For each seat the ways on which the notice of a period went to it."""
    ways: dict[str, list[Attempt]] = {seat: [] for seat in bodies.values()}
    recipients = period.notice.recipients.all() if period.notice else ()
    for recipient in recipients:
        seat = bodies.get(recipient.organisation_id or 0)
        if seat is not None:
            ways[seat] += [_attempt(each) for each in recipient.deliveries.all()]
    for seat in period.stopped_for:
        if period.stopped_at is not None and seat in ways:
            ways[seat] = [Attempt(failed_at=period.stopped_at)]
    for proof in period.proofs.all():
        if proof.seat_id in refs:
            ways[refs[proof.seat_id]].append(Attempt(proven_at=proof.at))
    for seat, found in ways.items():
        stopped = period.stopped_at if seat in period.stopped_for else None
        yield seat, tuple(one for one in found if stopped is None or one.failed_at is not None)


def _attempt(delivery: Delivery) -> Attempt:
    """Paper is proven once somebody has it; a mail once a server took it and as long as it does not come back."""
    if delivery.channel == Channel.BY_HAND:
        has_it = delivery.state == DeliveryState.RECEIVED
        return Attempt(proven_at=delivery.settled_at if has_it else None)
    failed = delivery.settled_at if delivery.has_failed else None
    return Attempt(
        proven_at=delivery.handed_over_at or (None if failed else delivery.settled_at), failed_at=failed
    )
