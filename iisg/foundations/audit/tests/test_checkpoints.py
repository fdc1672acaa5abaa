"""Signed checkpoints, the key that signs them, what is forgotten, and packages made from the database."""

from __future__ import annotations

import json
import re
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from iisg.foundations.access.actors import CONSOLE, HOUSE, PUBLIC
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.audit.checkpoints import checkpoint
from iisg.foundations.audit.keys import known_keys, signing_key
from iisg.foundations.audit.models import Checkpoint, Event, Head, LogKey, Remainder
from iisg.foundations.audit.notes import NoteRefused, PublicKey, SigningKey, read_checkpoint
from iisg.foundations.audit.offline.verify import Refused, verify
from iisg.foundations.audit.operations import change_key, forget
from iisg.foundations.audit.proving import make_package, package_of
from iisg.foundations.audit.tests.made_up import KEY
from iisg.foundations.audit.tests.second import accepts
from iisg.foundations.audit.trail import first_broken, record
from iisg.foundations.audit.walking import walked

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PDF = {"text.pdf": b"%PDF-1.7 the text"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def key_file(settings: Any, tmp_path: Path) -> Path:
    settings.LOG_KEY, settings.LOG_KEY_FILE, settings.LOG_NAME = "", tmp_path / "log-key", "log.example/iisg"
    return tmp_path / "log-key"


def deeds(count: int) -> list[Event]:
    with transaction.atomic():
        return [
            record("test.thing_done", by=HOUSE, on="thing:1", at=AT, what=number) for number in range(count)
        ]


@transaction.atomic
def decide() -> Event:
    opened = record("board.proposal_opened", by=HOUSE, on="board.proposal:1", at=AT, text="the text")
    objected = record("board.position_taken", by=HOUSE, on="board.proposal:1", at=AT, reason="my own reason")
    package = package_of({"number": "D-7", "result": "moved"}, events=[opened, objected], files=PDF)
    taken = record("board.decision_taken", by=HOUSE, on="board.proposal:1", at=AT, package=package)
    checkpoint(by=HOUSE, at=AT)
    return taken


def listed() -> str:
    return "".join(f"{key}\n" for key in known_keys())


def every_value(event: Event) -> list[str]:
    return [*event.salts()]


def test_a_checkpoint_is_a_signed_note_over_the_present_root(key_file: Path) -> None:
    deeds(3)
    with transaction.atomic():
        made = checkpoint(by=HOUSE, at=AT)
        assert checkpoint(by=HOUSE, at=AT) == made
    assert made.size == 4 == Head.objects.get().number
    assert re.fullmatch(r"log.example/iisg\n4\n\S{44}\n\n— log.example/iisg \S+\n", made.note)
    signed = read_checkpoint(made.note, known_keys())
    assert (signed.size, signed.root.hex()) == (4, made.root)
    assert walked([4]).roots[4] == signed.root
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert Event.objects.get(number=4).facts == {"keys": [str(signing_key().public)]}


@pytest.mark.django_db(transaction=True)
def test_a_checkpoint_needs_the_transaction_of_the_deed() -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        checkpoint(by=HOUSE, at=AT)


def test_the_key_of_the_environment_goes_before_the_file(settings: Any, key_file: Path) -> None:
    settings.LOG_KEY = KEY.written()
    deeds(1)
    with transaction.atomic():
        made = checkpoint(by=HOUSE, at=AT)
    assert not key_file.exists()
    assert read_checkpoint(made.note, [KEY.public]).keys == (KEY.public,)
    with pytest.raises(RuleRefused, match="IISG_LOG_KEY"):
        change_key(by=CONSOLE, at=AT)


def test_keys_are_read_strictly() -> None:
    assert SigningKey.read(KEY.written() + "\n") == KEY
    assert PublicKey.read(str(KEY.public)) == KEY.public
    for wrong in ("", "x", KEY.written()[:-3] + "AA=", KEY.written().replace("log", "lag"), str(KEY.public)):
        with pytest.raises(NoteRefused) as refusal:
            SigningKey.read(wrong)
        assert KEY.written()[-20:] not in str(refusal.value)
    for wrong in ("", str(KEY.public)[:-2], str(KEY.public).replace("log", "lag"), KEY.written()):
        with pytest.raises(NoteRefused):
            PublicKey.read(wrong)


def test_a_changed_key_is_vouched_for_by_the_old_one_and_old_packages_verify(
    django_capture_on_commit_callbacks: Any, key_file: Path
) -> None:
    taken = decide()
    before, kept, old = make_package(taken, files=PDF), listed(), signing_key()
    first = Checkpoint.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        handed = change_key(by=CONSOLE, at=AT)
    new = signing_key()
    assert new != old
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert set(read_checkpoint(handed.note, known_keys()).keys) == {old.public, new.public}
    assert first_broken() is None
    assert verify(before, kept) == verify(before, listed())
    with pytest.raises(Refused, match="not on your list"):  # a member who does not know the new key yet
        verify(make_package(taken, files=PDF), kept)
    assert "as long or longer" in verify(make_package(taken, files=PDF), listed(), first.note)[-1]
    deeds(2)
    with transaction.atomic():
        last = checkpoint(by=HOUSE, at=AT)
    assert read_checkpoint(last.note, [new.public]).size == last.size
    assert accepts(make_package(taken, files=PDF), listed(), first.note)
    assert LogKey.objects.count() == 2


def test_a_lost_key_is_replaced_and_what_it_signed_still_verifies(key_file: Path) -> None:
    taken = decide()
    before = make_package(taken, files=PDF)
    key_file.unlink()
    deeds(1)
    with transaction.atomic():
        checkpoint(by=HOUSE, at=AT)
    assert LogKey.objects.count() == 2
    assert verify(before, listed())
    assert verify(make_package(taken, files=PDF), listed(), Checkpoint.objects.order_by("size")[0].note)


def test_what_is_forgotten_leaves_every_proof_whole() -> None:
    taken = decide()
    first = Checkpoint.objects.get()
    before = make_package(taken, files=PDF, shows=every_value)
    assert "my own reason" in "\n".join(verify(before, listed()))
    forget([Event.objects.get(number=2)], ["by", "facts.reason"], by=CONSOLE, at=AT)
    with transaction.atomic():
        checkpoint(by=HOUSE, at=AT)
    assert first_broken() is None
    after = make_package(Event.objects.get(number=3), files=PDF, shows=every_value)
    for package in (before, after):
        assert verify(package, listed(), first.note)
        assert accepts(package, listed(), first.note)
    said = "\n".join(verify(after, listed(), first.note))
    assert "my own reason" not in said
    assert "not shown: by, facts.reason" in said
    assert walked().forgotten == [(2, "by"), (2, "facts.reason")]
    assert Event.objects.get(name="audit.values_forgotten").on == "audit.event:2"
    assert "my own reason" not in json.dumps(
        [*Event.objects.values("facts", "seed", "by"), *Remainder.objects.values("sealed", "salts")]
    )


def test_forgetting_asks_who_and_what() -> None:
    event = deeds(1)[0]
    with pytest.raises(PermissionDenied):
        forget([event], ["by"], by=PUBLIC, at=AT)
    with pytest.raises(RuleRefused, match="no sealed value"):
        forget([event], ["facts.nothing"], by=CONSOLE, at=AT)


def test_a_package_asks_for_what_it_needs() -> None:
    other = deeds(1)[0]
    with pytest.raises(ValueError, match="seals no decision"):
        make_package(other)
    with transaction.atomic():
        taken = record("board.decision_taken", by=HOUSE, on="x", at=AT, package=package_of({}, files=PDF))
    with pytest.raises(ValueError, match="No checkpoint covers"):
        make_package(taken, files=PDF)
    for files in ({}, {"text.pdf": b"another"}, PDF | {"more.pdf": b""}):
        with pytest.raises(ValueError, match="not the files"):
            make_package(taken, files=files)
    with pytest.raises(ValueError, match="plain names"):
        package_of({}, files={"../text.pdf": b""})


def test_a_package_shows_nothing_unasked() -> None:
    package = make_package(decide(), files=PDF)
    said = "\n".join(verify(package, listed()))
    assert "my own reason" not in said
    assert "not shown: by, facts.reason" in said
    assert "NOT established: whose key" in "\n".join(verify(package))


def test_a_package_is_made_in_a_constant_number_of_queries(django_assert_num_queries: Any) -> None:
    taken = decide()
    for more in (0, 300):
        deeds(more)
        with django_assert_num_queries(5):
            make_package(taken, files=PDF)
