"""In whatever order things happen: numbers have no holes, no letter is lost, every mail is carried in the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from iisg.foundations.access.actors import CLOCK, CONSOLE, HOUSE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.audit.trail import first_broken
from iisg.foundations.core.flow import MoveRefused
from iisg.office.letters import operations, paper
from iisg.office.letters.addressing import Addressee
from iisg.office.letters.effects import Fate, Posted
from iisg.office.letters.models import (
    CLOSED,
    Channel,
    Delivery,
    DeliveryState,
    Letter,
    LetterState,
    Recipient,
)
from iisg.office.letters.tests.made_up import NOW

MAILED = Addressee("Ministry", "office@ministry.example")
POSTED = Addressee("Embassy")
PEOPLE = st.sampled_from([(MAILED,), (POSTED,), (MAILED, POSTED), ()])
DEEDS = st.sampled_from(
    [
        *("draft", "approve", "send", "draft", "approve", "send", "discard", "register", "answer", "close"),
        *("acknowledge", "again", "posted", "received", "bounce", "work", "work", "work", "died", "clock"),
        "new_year",
    ]
)
SETTINGS = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


class House:
    """A small office: does what it is told at a moment that moves on, and remembers which jobs the queue holds."""

    def __init__(self) -> None:
        self.at, self.turn = NOW, 0

    def do(self, deed: str, people: tuple[Addressee, ...], fate: Fate, turn: int) -> None:
        """One deed on whichever record, at a later moment than the last; what is refused changes nothing."""
        self.turn = turn
        self.at += timedelta(days=200) if deed == "new_year" else timedelta(hours=1)
        try:
            with transaction.atomic():
                own = getattr(self, f"_{deed}", None)
                if own is None:
                    self._move(deed)
                else:
                    own(people=people, fate=fate)
        except (RuleRefused, MoveRefused):
            pass

    def _letter(self) -> Letter | None:
        found = list(Letter.objects.order_by("pk"))
        return found[self.turn % len(found)] if found else None

    def _move(self, deed: str) -> None:
        letter, by = self._letter(), CONSOLE
        if letter is None:
            return
        note = {"note": "It is done."} if deed in ("answer", "close") else {}
        verbs: dict[str, Callable[..., object]] = {
            "approve": operations.approve_letter,
            "discard": operations.discard_draft,
            "send": operations.send_letter,
            "acknowledge": operations.acknowledge_letter,
            "answer": operations.answer_letter,
            "close": operations.close_letter,
        }
        verbs[deed](letter, by=by, at=self.at, **note)

    def _draft(self, people: tuple[Addressee, ...], **_rest: object) -> None:
        replied = self._letter()
        replied = replied if replied and not replied.outward else None
        operations.draft_letter("A", "text", people, by=CONSOLE, at=self.at, in_reply_to=replied)

    def _register(self, **_rest: object) -> None:
        replied = self._letter()
        replied = replied if replied and replied.outward and replied.number else None
        operations.register_letter(
            "B", "Ministry", date(2026, 1, 1), by=CONSOLE, at=self.at, in_reply_to=replied
        )

    def _again(self, **_rest: object) -> None:
        found = list(Recipient.objects.order_by("pk"))
        if found:
            person = found[self.turn % len(found)]
            operations.send_again(person, "new@x.example", by=CONSOLE, at=self.at)

    def _delivery(self) -> Delivery | None:
        found = list(Delivery.objects.order_by("pk"))
        return found[self.turn % len(found)] if found else None

    def _posted(self, **_rest: object) -> None:
        if delivery := self._delivery():
            operations.note_posted(delivery, "Courier", by=CONSOLE, at=self.at)

    def _received(self, **_rest: object) -> None:
        if delivery := self._delivery():
            operations.note_receipt(delivery, "A receipt", by=CONSOLE, at=self.at)

    def _bounce(self, **_rest: object) -> None:
        if delivery := self._delivery():
            operations.note_bounce(delivery, "550", by=HOUSE, at=self.at)

    def _work(self, fate: Fate, **_rest: object) -> None:
        delivery = self._delivery()
        if delivery and operations.take_up_delivery(delivery, by=HOUSE, at=self.at):
            operations.note_outcome(delivery, Posted(fate, "said"), by=HOUSE, at=self.at)

    def _died(self, **_rest: object) -> None:
        if delivery := self._delivery():
            operations.take_up_delivery(delivery, by=HOUSE, at=self.at)

    def _clock(self, **_rest: object) -> None:
        operations.queue_again(by=CLOCK, at=self.at)

    def _new_year(self, **_rest: object) -> None:
        """Only time goes by."""

    def carry_everything(self) -> None:
        """Time goes on: whatever the clock calls left behind is carried by a worker, until nothing is."""
        for _turn in range(20):
            self.at += timedelta(days=2)
            left = list(Delivery.objects.stuck(self.at).filter(channel=Channel.MAIL))
            operations.queue_again(by=CLOCK, at=self.at)
            for delivery in left:
                if operations.take_up_delivery(delivery, by=HOUSE, at=self.at):
                    operations.note_outcome(delivery, Posted(Fate.NOT_NOW, "451"), by=HOUSE, at=self.at)


class InAnyOrder(TestCase):
    """Deeds in any order, by a machine that does not know what makes sense."""

    def setUp(self) -> None:
        """Papers are not set: hundreds of them would take minutes, and it is not they that are tried here."""
        patch = pytest.MonkeyPatch()
        patch.setattr(paper, "as_pdf", lambda letter, at: b"%PDF-1.7")
        patch.setattr("iisg.office.letters.operations.writing.keep_file", lambda *a, **k: None)
        patch.setattr(paper, "as_docx", lambda letter, at: b"")
        self.addCleanup(patch.undo)

    @SETTINGS
    @given(
        st.lists(
            st.tuples(DEEDS, PEOPLE, st.sampled_from(list(Fate)), st.integers(0, 999)),
            min_size=20,
            max_size=60,
        )
    )
    def test_numbers_have_no_holes_and_no_letter_is_lost(
        self, deeds: list[tuple[str, tuple[Addressee, ...], Fate, int]]
    ) -> None:
        house = House()
        for deed, people, fate, turn in deeds:
            house.do(deed, people, fate, turn)
            no_holes()
            nothing_lost()
        house.carry_everything()
        nothing_lost()
        moving = (DeliveryState.QUEUED, DeliveryState.TAKEN_UP, DeliveryState.POSTPONED)
        assert not Delivery.objects.filter(channel=Channel.MAIL, state__in=moving).exists()
        assert first_broken() is None


def no_holes() -> None:
    """Each register of each year counts 1, 2, 3 … as the letters were approved or entered."""
    by_series: dict[str, list[int]] = {}
    numbers = Letter.objects.exclude(number=None).values_list("number", flat=True)
    for number in numbers:
        series, _dash, last = str(number).rpartition("-")
        by_series.setdefault(series, []).append(int(last))
    for series, given_out in by_series.items():
        assert sorted(given_out) == list(range(1, len(given_out) + 1)), series


def nothing_lost() -> None:
    """Each addressee of each letter that was sent has an attempt; none of a letter that was not."""
    for letter in Letter.objects.filter(direction="out").prefetch_related("recipients__deliveries"):
        was_sent = letter.sent_at is not None
        for person in letter.recipients.all():
            assert bool(person.deliveries.all()) == was_sent, (letter.state, person)
        assert was_sent or letter.state in (LetterState.DRAFT, LetterState.APPROVED, *CLOSED)
