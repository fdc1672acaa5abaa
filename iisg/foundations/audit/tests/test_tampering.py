"""A member who holds one earlier checkpoint detects what an administrator with every means does to the log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from iisg.foundations.access.actors import HOUSE
from iisg.foundations.audit.checkpoints import checkpoint
from iisg.foundations.audit.examining import examined
from iisg.foundations.audit.guards import opened
from iisg.foundations.audit.keys import known_keys
from iisg.foundations.audit.models import Checkpoint, Event, Remainder
from iisg.foundations.audit.offline.verify import Refused, verify
from iisg.foundations.audit.proving import make_package, package_of
from iisg.foundations.audit.tests.second import accepts
from iisg.foundations.audit.tests.tampering import (
    COVERS,
    EDITS,
    OBJECTED,
    TAKEN,
    cut_and_regrown,
    leave,
    recompute_and_sign,
    tamper,
)
from iisg.foundations.audit.trail import first_broken, record

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ON = "board.proposal:1"
pytestmark = pytest.mark.django_db


class Member:
    """Keeps the list of keys and one checkpoint, and asks for packages."""

    def __init__(self) -> None:
        self.keys = "".join(f"{key}\n" for key in known_keys())
        self.note = Checkpoint.objects.order_by("size")[0].note

    def is_content(self) -> bool:
        """Whether the house, asked for the decision, still gives a package that holds against what is kept."""
        taken = Event.objects.filter(name="board.decision_taken").first()
        try:
            if taken is None:
                return False
            package = make_package(taken, shows=Event.salts)
            assert accepts(package, self.keys, self.note) is _holds(package, self.keys, self.note)
            return _holds(package, self.keys, self.note)
        except (ValueError, KeyError):
            return False


def _holds(package: bytes, keys: str, since: str) -> bool:
    try:
        return bool(verify(package, keys, since))
    except Refused:
        return False


@pytest.fixture
def member(settings: Any, tmp_path: Path) -> Member:
    settings.LOG_KEY, settings.LOG_KEY_FILE = "", tmp_path / "log-key"
    with transaction.atomic():
        for number in range(2):
            record("test.thing_done", by=HOUSE, on=f"thing:{number}", at=AT, what=number)
        opened_ = record("board.proposal_opened", by=HOUSE, on=ON, at=AT, text="the text")
        objected = record(
            "board.position_taken", by=HOUSE, on=ON, at=AT, value="objection", reason="too early"
        )
        agreed = record("board.position_taken", by=HOUSE, on=ON, at=AT, value="agree", reason=None)
        package = package_of({"number": "D-7", "result": "broken"}, events=[opened_, objected, agreed])
        assert record("board.decision_taken", by=HOUSE, on=ON, at=AT, package=package).number == TAKEN
        checkpoint(by=HOUSE, at=AT)
    with transaction.atomic():
        record("test.thing_done", by=HOUSE, on="thing:9", at=AT, what="later")
        checkpoint(by=HOUSE, at=AT)
    return Member()


def test_an_honest_house_satisfies_the_member(member: Member) -> None:
    assert member.is_content()
    found = examined(member.note)
    assert (found.sound, found.findings, found.events, found.checkpoints, found.since) == (True, [], 9, 2, 7)


@pytest.mark.parametrize("cover", COVERS)
@pytest.mark.parametrize("edit", EDITS)
def test_every_edit_is_detected(member: Member, edit: Callable[[], None], cover: Callable[[], None]) -> None:
    tamper(edit, cover)
    assert (first_broken() is None) is (cover is not leave)
    assert not member.is_content()
    assert not examined(member.note).sound
    if cover is recompute_and_sign:  # all that the house itself can still see is fine: only the member knows
        assert examined().sound


def test_scenarios_are_at_least_thirty() -> None:
    assert len(EDITS) * len(COVERS) >= 30


def test_a_checkpoint_of_the_house_that_is_exchanged_or_lost_is_detected(member: Member) -> None:
    with opened():
        Checkpoint.objects.order_by("size").filter(size=7).delete()
    assert not member.is_content()
    with opened():
        Checkpoint.objects.filter(size=9).update(root="0" * 64)
    assert not examined().sound
    with opened():
        Checkpoint.objects.filter(size=9).update(note=member.note)
    assert "not the one that was signed" in str(examined().findings[0])


def test_a_value_erased_past_the_house_is_detected(member: Member) -> None:
    event = Event.objects.get(number=OBJECTED)
    left = Remainder(number=OBJECTED, sealed=event.commitments(), salts=event.salts())
    event.facts["reason"], event.seed = None, left.salts.pop("facts.reason") and ""
    event.save(update_fields=["facts", "seed"])  # the guards let it pass, as forgetting
    assert first_broken() == OBJECTED
    left.save()
    assert first_broken() is None
    assert "erased past this house" in str(examined().findings[0])


def test_a_key_that_nobody_vouches_for_is_named(member: Member, settings: Any) -> None:
    settings.LOG_KEY_FILE.unlink()
    tamper(cut_and_regrown, leave)
    with transaction.atomic():
        record("test.thing_done", by=HOUSE, on="thing:9", at=AT)
        checkpoint(by=HOUSE, at=AT)
    assert any("No older key vouches" in str(finding) for finding in examined().findings)
    assert not member.is_content()


def test_a_log_cut_short_is_named(member: Member) -> None:
    newest = Checkpoint.objects.order_by("size").last()
    assert newest is not None
    with opened():
        Event.objects.filter(number__gt=7).delete()
        Checkpoint.objects.filter(size=9).delete()
        recompute_and_sign()
    assert "has 7 events, but had 9" in str(examined(newest.note).findings[0])
    assert "not this log's" in str(examined("nonsense").findings[0])
