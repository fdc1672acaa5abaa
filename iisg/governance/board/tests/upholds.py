"""What must hold whatever was done to the Board's procedures, read from the records themselves."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from iisg.governance.board.models import Decision, DecisionSeries, Period, Position, SeatHolder, Silence
from iisg.governance.board.tests.second_reading import second_reading
from iisg.office.letters.models import Delivery, Letter
from iisg.office.letters.models.letter import reference_to

RUNNING = ("open", "suspended")
TOLD_OF = {
    "adopted": "board-silence-adopted",
    "broken": "board-silence-broken",
    "moved_to_meeting": "board-silence-moved",
    "withdrawn": "board-silence-withdrawn",
}


class Upholds:
    """Checks of all records; remembers what was frozen and how what is closed has ended."""

    def __init__(self) -> None:
        self.frozen: dict[int, tuple[object, ...]] = {}
        self.ended: dict[int, tuple[object, ...]] = {}
        self.said: dict[int, tuple[object, ...]] = {}
        self.bounced: dict[int, datetime] = {}
        self.moved: dict[int, list[datetime]] = {}

    def check(self, now: datetime) -> None:
        """Every law; AssertionError names the one that is broken."""
        for silence in Silence.objects.all():
            self._frozen(silence)
            self._ends(silence, now)
            self._periods(silence)
            self._positions(silence)
            self._letters(silence)
        self._decisions()

    def _frozen(self, silence: Silence) -> None:
        roster = tuple(silence.roster.order_by("pk").values_list("seat_id", "representative", "email"))
        kept = (silence.digest, silence.rules_id, silence.text_id, silence.opened_at, roster)
        assert self.frozen.setdefault(silence.pk, kept) == kept, "what the opening froze was changed"
        assert len(roster) == 7, "not the seven seats"
        text = bytes(silence.text.version.content)
        assert sha256(text).hexdigest() == silence.digest, "the text is another one"
        newest = silence.proposal.texts.order_by("-number").first()
        if silence.state in RUNNING:
            assert newest == silence.text, "a text was added while silence runs"
        assert silence.proposal.subject != "other", "silence on a subject that is not on the list"
        assert silence.proposal.not_consulted or silence.proposal.consultations.exists(), (
            "nobody was consulted"
        )

    def _ends(self, silence: Silence, now: datetime) -> None:
        state, since = second_reading(silence, now)
        if silence.state not in RUNNING:
            end = (silence.state, silence.ended_at)
            assert self.ended.setdefault(silence.pk, end) == end, "an end was changed"
            assert end == (state, since), f"recorded {end}, the records say {(state, since)}"
            assert silence.withdrawn_at is None or silence.state == "withdrawn", "withdrawn after its end"
            return
        if silence.state == "suspended":
            assert silence.period.stopped_at is not None, "suspended since no moment"
        if silence.state == "open":
            self._everybody_may_have_it(silence, now)
        recorded = Decision.objects.filter(silence=silence).exists()
        assert not recorded, "a decision while silence runs"

    def _everybody_may_have_it(self, silence: Silence, now: datetime) -> None:
        """An open procedure has no seat to which every mail came back before the end."""
        period = silence.period
        for rostered in silence.roster.all():
            sent = Delivery.objects.filter(
                recipient__letter=period.notice, recipient__organisation=rostered.seat.organisation_id
            )
            back = [
                each
                for each in sent
                if each.has_failed and each.settled_at and each.settled_at < period.ends_at
            ]
            proven = period.proofs.filter(seat=rostered.seat_id).exists()
            assert proven or not back or len(back) < len(sent), "a notice came back and the clock runs on"

    def _periods(self, silence: Silence) -> None:
        periods = list(silence.periods.order_by("number"))
        assert [one.number for one in periods] == list(range(1, len(periods) + 1)), "a period is missing"
        for period in periods:
            assert period.ends_at - period.began_at >= timedelta(hours=72), "under 72 hours"
            ends = self.moved.setdefault(period.pk, [period.ends_at])
            if ends[-1] != period.ends_at:
                assert period.ends_at > ends[-1], "the end moved to an earlier moment"
                ends.append(period.ends_at)
            local = period.ends_at.astimezone(ZoneInfo(settings.TIME_ZONE))
            if len(ends) == 1:
                assert (local.hour, local.minute) == (17, 0), "another hour in the house's zone"
            self._reminded(period)
        moves = sum(len(self.moved[one.pk]) - 1 for one in periods)
        assert moves <= 1, "extended twice"
        assert not moves or silence.extension_reason, "extended without a reason"
        for former, later in pairwise(periods):
            assert former.stopped_at is not None, "a new period though no clock stood still"
            assert later.began_at >= former.stopped_at, "a new period before the stop"

    def _reminded(self, period: Period) -> None:
        assert len(set(period.reminded)) == len(period.reminded) <= 3, "reminded twice"

    def _positions(self, silence: Silence) -> None:
        before: dict[int, tuple[object, ...]] = {}
        for one in silence.positions.order_by("pk"):
            fresh = one.pk not in self.said
            kept = (one.value, one.reason, one.capacity, one.speaker, one.at, one.late, one.digest)
            assert self.said.setdefault(one.pk, kept) == kept, "a position was changed"
            assert one.digest == silence.digest, "about another text"
            assert silence.roster.filter(seat=one.seat_id).exists(), "said for no seat"
            if one.capacity == "on_behalf":
                assert one.typed_by_label != one.speaker, "the officer as the speaker"
            elif fresh:
                day = timezone.localtime(one.at).date()
                held = SeatHolder.objects.on(day).filter(
                    seat=one.seat_id, name=one.speaker, capacity=one.capacity
                )
                assert held.exists(), "said by somebody who does not hold the seat"
                assert one.typed_by_label.startswith(one.speaker), "said in somebody else's name"
            end = silence.ended_at
            if one.late:
                assert end is None or one.at >= end, "called late before the end"
            elif end is not None:
                assert one.at <= end, "counted after the end"
                assert one.at < end or silence.state != "adopted", "counted at the very end"
            word = (one.value, one.reason, one.capacity, one.speaker, one.late)
            assert before.get(one.seat_id) != word, "the same position twice"
            before[one.seat_id] = word

    def _letters(self, silence: Silence) -> None:
        kinds = list(Letter.objects.filter(about=reference_to(silence)).values_list("kind", flat=True))
        if silence.state in TOLD_OF:
            assert kinds.count(TOLD_OF[silence.state]) == 1, "the end was not told, or twice"
        stops = silence.periods.filter(stopped_at__isnull=False).count()
        assert kinds.count("board-silence-suspended") == stops, "a stop was not told"
        assert kinds.count("board-position") == silence.positions.count(), "a position was not acknowledged"
        for letter in Letter.objects.filter(about=reference_to(silence), kind="board-silence-reminder"):
            bodies = set(letter.recipients.values_list("organisation_id", flat=True))
            spoke = Position.objects.filter(silence=silence, at__lt=letter.drafted_at, late=False)
            assert not bodies & set(spoke.values_list("seat__organisation_id", flat=True)), (
                "reminded who had spoken"
            )
        for period in silence.periods.all():
            assert period.notice is not None, "a period without its notice"
            told = set(period.notice.recipients.values_list("organisation_id", flat=True))
            assert told == set(silence.roster.values_list("seat__organisation_id", flat=True)), (
                "a seat was not told"
            )

    def _decisions(self) -> None:
        for decision in Decision.objects.select_related("silence", "proposal"):
            assert decision.extract_id, "a decision without its extract"
            state = "adopted" if decision.outcome == "adopted" else "not_adopted"
            assert decision.proposal.state == state, "the proposal says otherwise"
            if decision.silence is not None:
                assert decision.silence.state == "adopted", "a decision of a silence that did not adopt"
                assert decision.decided_at == decision.silence.ends_at, "decided at another moment"
                local = timezone.localtime(decision.decided_at).date()
                assert decision.effective_on == local, "in force on another day"
                assert len(decision.positions) == 7, "not what each of the seven said"
            else:
                assert decision.evidence_id, "a meeting's decision without conclusions"
                objected = any(one["said"] == "objects" for one in decision.positions)
                assert not (objected and decision.outcome == "adopted"), (
                    "adopted over an objection at a meeting"
                )
        for silence in Silence.objects.filter(state="adopted"):
            assert Decision.objects.filter(silence=silence).count() == 1, "adopted without a decision"
        for series in DecisionSeries.objects.all():
            found = Decision.objects.filter(subject=series.subject, decided_at__year=series.year)
            numbers = sorted(int(one.number.rpartition("-")[2]) for one in found)
            assert numbers == list(range(1, series.last + 1)), "a number missing or given twice"
