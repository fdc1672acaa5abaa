"""Everything that can be done with the Board's procedures, in any order; time and the worker are rules of their own."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from iisg.foundations.access.actors import CLOCK, CONSOLE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.accounts.models import User
from iisg.governance.board import clock, operations
from iisg.governance.board.factories import NOW, make_board, make_proposal
from iisg.governance.board.models import Proposal, Seat, SeatHolder, Silence
from iisg.governance.board.silence import Value
from iisg.governance.board.tests.upholds import Upholds
from iisg.office.documents.models import Origin
from iisg.office.documents.operations import keep_file
from iisg.office.letters.effects import Fate, Posted
from iisg.office.letters.models import Delivery, DeliveryState
from iisg.office.letters.operations import note_bounce, note_outcome, note_receipt, take_up_delivery
from tests.stories import number_from_one

few = st.integers(min_value=0, max_value=20)
seats = st.integers(min_value=0, max_value=6)
REFUSED = (RuleRefused, PermissionDenied)


class Board(RuleBasedStateMachine):
    """Seven seats with two people each, an observer, an officer; deeds that a rule refuses change nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        number_from_one()
        self.at: datetime = NOW
        self.seats = make_board()
        self.observer = make_person(Role.OBSERVER, self.seats[0].organisation)
        self.officer = make_person(Role.SECRETARIAT)
        self.paper = keep_file(
            "Conclusions", "c.pdf", b"%PDF-1.7\n%%EOF", Origin.RECEIVED, by=CONSOLE, at=NOW
        )
        self.upholds = Upholds()

    def teardown(self) -> None:
        """Nothing of an example stays."""
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def one(self, found: Any, choice: int) -> Any:
        """One of the records of a query, by number; None where there is none."""
        keys = list(found.order_by("pk").values_list("pk", flat=True))
        return found.get(pk=keys[choice % len(keys)]) if keys else None

    @property
    def running(self) -> Any:
        """A procedure that the record calls running, if any."""
        return Silence.objects.running().order_by("-pk").first() or Silence.objects.order_by("-pk").first()

    # ---- time, and the worker, which may lag behind

    @rule(minutes=st.integers(1, 5 * 24 * 60))
    def time_passes(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)

    @rule(seconds=st.sampled_from([-1, 0, 1]))
    def time_passes_to_the_end(self, seconds: int) -> None:
        silence = self.running
        if silence is not None:
            self.at = max(self.at, silence.ends_at + timedelta(seconds=seconds))

    @rule()
    def the_clock_strikes(self) -> None:
        for due in clock.DUE:
            due(self.at)

    @rule(taken=st.integers(0, 40))
    def the_post_goes_out(self, taken: int) -> None:
        for delivery in Delivery.objects.filter(state=DeliveryState.QUEUED).order_by("pk")[:taken]:
            if take_up_delivery(delivery, by=CLOCK, at=self.at):
                note_outcome(delivery, Posted(Fate.TAKEN, "250 ok"), by=CLOCK, at=self.at)

    @rule(choice=few, body=seats, whole=st.booleans())
    def a_notice_comes_back(self, choice: int, body: int, whole: bool) -> None:
        """One mail of a notice comes back, or all that went to a seat."""
        sent = Delivery.objects.filter(recipient__letter__opened_periods__isnull=False)
        found = sent.filter(recipient__organisation=self.seats[body].organisation_id) if whole else sent
        for delivery in found if whole else [self.one(found, choice)]:
            if delivery is not None:
                note_bounce(delivery, "550 no such mailbox", by=CLOCK, at=self.at)

    @rule(choice=few)
    def a_notice_is_received_after_all(self, choice: int) -> None:
        delivery = self.one(Delivery.objects.filter(state=DeliveryState.BOUNCED), choice)
        if delivery is not None:
            with suppress(*REFUSED):
                note_receipt(delivery, "By telephone.", by=CONSOLE, at=self.at)

    # ---- the Secretariat and the chair

    @rule(subject=st.sampled_from(["methodology", "report", "other"]))
    def draft(self, subject: str) -> None:
        make_proposal(subject, at=self.at)

    @rule(choice=few, urgent=st.booleans())
    def open(self, choice: int, urgent: bool) -> None:
        proposal = self.one(Proposal.objects.all(), choice)
        if proposal is not None:
            with suppress(*REFUSED):
                operations.open_silence(
                    proposal, by=CONSOLE, at=self.at, urgent=urgent, urgency="War." if choice % 3 else ""
                )

    @rule(choice=few)
    def change_the_text(self, choice: int) -> None:
        proposal = self.one(Proposal.objects.all(), choice)
        if proposal is not None:
            with suppress(*REFUSED):
                operations.add_text(proposal, "x.pdf", b"%PDF-1.7\nx\n%%EOF", by=CONSOLE, at=self.at)

    @rule(hours=st.integers(-48, 24 * 20), reason=st.sampled_from(["Holidays.", ""]))
    def extend(self, hours: int, reason: str) -> None:
        silence = self.running
        if silence is not None:
            with suppress(*REFUSED):
                operations.extend_silence(
                    silence, silence.ends_at + timedelta(hours=hours), reason, by=CONSOLE, at=self.at
                )

    @rule(body=seats, note=st.sampled_from(["A call.", ""]))
    def prove(self, body: int, note: str) -> None:
        silence = self.running
        if silence is not None:
            with suppress(*REFUSED):
                operations.record_proof(silence, self.seats[body], note, by=CONSOLE, at=self.at)

    @rule(deed=st.sampled_from(["resume", "withdraw", "move"]), reason=st.sampled_from(["A reason.", ""]))
    def stop_or_go_on(self, deed: str, reason: str) -> None:
        silence = self.running
        doing = {
            "resume": operations.resume_silence,
            "withdraw": operations.withdraw_silence,
            "move": operations.move_to_meeting,
        }[deed]
        if silence is not None:
            with suppress(*REFUSED):
                doing(silence, reason, by=CONSOLE, at=self.at)

    @rule(choice=few, outcome=st.sampled_from(["adopted", "not_adopted"]), objects=st.booleans())
    def a_meeting_decides(self, choice: int, outcome: str, objects: bool) -> None:
        proposal = self.one(Proposal.objects.all(), choice)
        if proposal is not None:
            against = {self.seats[0].pk: "No."} if objects else {}
            with suppress(*REFUSED):
                operations.decide_at_meeting(
                    proposal,
                    outcome,
                    self.at,
                    self.at.date() + timedelta(days=1),
                    self.paper,
                    by=CONSOLE,
                    at=self.at,
                    reason="As the minutes say.",
                    objections=against,
                )

    @rule(body=seats, capacity=st.sampled_from(["representative", "alternate"]), days=st.integers(-3, 3))
    def replace(self, body: int, capacity: str, days: int) -> None:
        day = self.at.date() + timedelta(days=days)
        count = SeatHolder.objects.count()
        with suppress(*REFUSED):
            operations.name_holder(
                self.seats[body],
                capacity,
                f"Newcomer {count}",
                "Note",
                day,
                by=CONSOLE,
                at=self.at,
                email=f"newcomer-{count}@x.example",
            )

    @rule(choice=few)
    def leave(self, choice: int) -> None:
        holder = self.one(SeatHolder.objects.filter(valid_to__isnull=True), choice)
        if holder is not None:
            with suppress(*REFUSED):
                operations.end_holder(holder, self.at.date(), by=CONSOLE, at=self.at)

    # ---- the seats

    @rule(
        choice=few,
        value=st.sampled_from([*map(str, Value), "veto"]),
        reason=st.sampled_from(["Because.", ""]),
    )
    def say(self, choice: int, value: str, reason: str) -> None:
        holder = self.one(SeatHolder.objects.all(), choice)
        self._say(holder, value, reason, User.objects.get(email=holder.email))

    @rule(
        choice=few,
        value=st.sampled_from(["agree", "objection"]),
        who=st.sampled_from(["observer", "officer"]),
    )
    def say_without_a_seat(self, choice: int, value: str, who: str) -> None:
        self._say(self.one(SeatHolder.objects.all(), choice), value, "Because.", getattr(self, who))

    @rule(choice=few)
    def let_it_pass(self, choice: int) -> None:
        """A quiet word, twice: what stops nothing, so that procedures come to their end."""
        holder = self.one(SeatHolder.objects.all(), choice)
        for _press in range(2):
            self._say(holder, "agree", "", User.objects.get(email=holder.email))

    @rule(
        body=seats,
        value=st.sampled_from(["agree", "recuse", "objection"]),
        speaker=st.sampled_from(["X", ""]),
    )
    def say_on_behalf(self, body: int, value: str, speaker: str) -> None:
        silence = self.running
        if silence is not None:
            with suppress(*REFUSED):
                operations.take_position_on_behalf(
                    silence,
                    self.seats[body],
                    value,
                    "Note.",
                    silence.digest,
                    speaker,
                    by=self.officer,
                    at=self.at,
                )

    @rule(body=seats, choice=few)
    def read(self, body: int, choice: int) -> None:
        silence, holder = self.running, self.one(SeatHolder.objects.all(), choice)
        if silence is not None:
            with suppress(*REFUSED):
                seat = Seat.objects.get(pk=self.seats[body].pk)
                by = User.objects.get(email=holder.email)
                operations.note_read(silence, seat, by=by, at=self.at)

    @rule(outgoing=st.booleans())
    def go_on_as_usual(self, outgoing: bool) -> None:
        """Open what can be opened, send the post, let the period pass, let the worker come: deep states are reached."""
        if not Silence.objects.running().exists():
            self.open(0, False) if Proposal.objects.filter(state="draft").exists() else make_proposal(
                at=self.at
            )
            for proposal in Proposal.objects.filter(state="draft")[:1]:
                with suppress(*REFUSED):
                    operations.open_silence(proposal, by=CONSOLE, at=self.at)
        if outgoing:
            self.at += timedelta(minutes=1)
            self.the_post_goes_out(40)

    def _say(self, holder: Any, value: str, reason: str, by: User) -> None:
        silence = self.running
        if silence is None or holder is None:
            return
        with suppress(*REFUSED):
            operations.take_position(silence, holder, value, reason, silence.digest, by=by, at=self.at)

    @invariant()
    def everything_holds(self) -> None:
        self.upholds.check(self.at)
