"""`iisg audit` at the terminal: its words and exit codes, and how long a large log takes."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from iisg.foundations.access.actors import CONSOLE, HOUSE
from iisg.foundations.audit.guards import opened
from iisg.foundations.audit.models import Event
from iisg.foundations.audit.operations import forget
from iisg.foundations.audit.trail import record_each

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _key(settings: Any, tmp_path: Path) -> None:
    settings.LOG_KEY, settings.LOG_KEY_FILE = "", tmp_path / "log-key"


def iisg(*words: str) -> tuple[int, str]:
    said, code = StringIO(), 0
    try:
        call_command("audit", *words, stdout=said, stderr=said)
    except SystemExit as end:
        code = int(end.code or 0)
    return code, said.getvalue()


def deeds(count: int) -> None:
    with transaction.atomic():
        told = [(f"thing:{number}", {"sum": "1.50", "who": "a ministry"}) for number in range(count)]
        record_each("test.thing_done", told, by=HOUSE, at=AT)


def test_a_sound_log_says_so_and_knows_what_was_kept(tmp_path: Path) -> None:
    deeds(3)
    kept = tmp_path / "kept.txt"
    kept.write_text(iisg("checkpoint")[1])
    deeds(2)
    forget([Event.objects.get(number=1)], ["facts.who"], by=CONSOLE, at=AT)
    code, said = iisg("verify", "--since", str(kept))
    assert code == 0
    assert "The log holds: 7 events" in said
    assert "1 values were forgotten" in said
    assert "the log that had 4 events" in said


def test_a_changed_log_says_what_and_ends_with_one(tmp_path: Path) -> None:
    deeds(3)
    with opened():
        Event.objects.filter(number=2).update(name="test.nothing_done")
    code, said = iisg("verify")
    assert code == 1
    assert "Event 2 is not as it was sealed" in said
    assert "does NOT hold" in said


def test_a_file_that_cannot_be_read_ends_with_two(tmp_path: Path) -> None:
    assert iisg("verify", "--since", str(tmp_path / "nothing.txt"))[0] == 2
    strange = tmp_path / "strange.txt"
    strange.write_text("no checkpoint")
    assert iisg("verify", "--since", str(strange))[0] == 1


def test_keys_are_shown_changed_and_made(settings: Any) -> None:
    iisg("checkpoint")
    before = iisg("keys")[1]
    code, said = iisg("change-key")
    assert (code, said.count("— ")) == (0, 2)
    assert iisg("keys")[1].startswith(before)
    assert iisg("keys")[1].count("\n") == 2
    settings.LOG_KEY = iisg("new-key")[1].strip()
    assert settings.LOG_KEY.startswith("PRIVATE+KEY+")
    assert iisg("change-key")[0] == 2
    assert iisg("checkpoint")[0] == iisg("verify")[0] == 0


def test_ten_thousand_events_are_verified_within_ten_seconds() -> None:
    deeds(10_000)
    iisg("checkpoint")
    began = time.monotonic()
    code, said = iisg("verify")
    took = time.monotonic() - began
    sys.stdout.write(f"10,001 events verified in {took:.2f} s\n")
    assert (code, "10001 events" in said) == (0, True)
    assert took < 10
