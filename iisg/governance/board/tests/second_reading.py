"""The outcome of a silent written procedure read a second time: a walk through the records in the order of time.

It shares no line with the house's own function and reads the tables itself; both must always say the same.
"""

from __future__ import annotations

from datetime import datetime

from iisg.governance.board.models import Period, Silence

BREAKS = ("objection", "amendment")


def second_reading(silence: Silence, now: datetime) -> tuple[str, datetime | None]:
    """State and moment: ("adopted", end) and so on; a procedure that runs is "open" or "suspended"."""
    ours = set(silence.roster.values_list("seat_id", flat=True))
    happened = _words_and_acts(silence, ours)
    state: tuple[str, datetime | None] = ("open", None)
    periods = list(silence.periods.order_by("number"))
    for number, period in enumerate(periods):
        following = periods[number + 1].began_at if number + 1 < len(periods) else None
        for at, _key, what in happened:
            if at < period.began_at or at > now or (following is not None and at >= following):
                continue
            if at < period.ends_at or _stopped(period) or not _everybody_has_it(period, ours):
                return what, at
        if _stopped(period):
            state = ("suspended", period.stopped_at)
        elif now < period.ends_at:
            state = ("open", None)
        elif _everybody_has_it(period, ours):
            return "adopted", period.ends_at
        else:
            state = ("suspended", period.ends_at)
    return state


def _words_and_acts(silence: Silence, ours: set[int]) -> list[tuple[datetime, int, str]]:
    """What stops a procedure, in the order of time."""
    happened = []
    for one in silence.positions.filter(late=False, seat__in=ours):
        if one.value in BREAKS:
            happened.append((one.at, one.pk, "broken"))
        elif one.value == "ask_for_meeting":
            happened.append((one.at, one.pk, "moved_to_meeting"))
    if silence.withdrawn_at:
        happened.append((silence.withdrawn_at, 0, "withdrawn"))
    if silence.moved_at:
        happened.append((silence.moved_at, 0, "moved_to_meeting"))
    return sorted(happened)


def _stopped(period: Period) -> bool:
    return period.stopped_at is not None


def _everybody_has_it(period: Period, seats: set[int]) -> bool:
    """Whether by the end of the period each seat has the notice: a mail that stayed, paper, another proof."""
    having = set(period.proofs.filter(at__lte=period.ends_at).values_list("seat_id", flat=True))
    recipients = period.notice.recipients.all() if period.notice else ()
    for recipient in recipients:
        for delivery in recipient.deliveries.all():
            arrived = delivery.handed_over_at if delivery.channel == "mail" else None
            if delivery.state == "received" and delivery.channel == "by_hand":
                arrived = delivery.settled_at
            if arrived is None or arrived > period.ends_at:
                continue
            failed = delivery.state in ("bounced", "refused", "given_up")
            if failed and delivery.settled_at and delivery.settled_at <= period.ends_at:
                continue
            body = recipient.organisation
            if body is not None and hasattr(body, "seat"):
                having.add(body.seat.pk)
    return seats <= having
