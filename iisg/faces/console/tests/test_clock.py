"""`iisg clock`: every app's clock strikes, and one that fails stops no other."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import ClassVar

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from iisg.faces.console import serving, ticking
from iisg.governance.membership import clock as membership
from iisg.office.letters.clock import carry_what_is_left
from iisg.office.letters.tests.made_up import NOW
from iisg.office.pillars import clock as pillars
from tests.terminal import IISG, ROOT, surroundings


@pytest.fixture
def two_apps(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """A house of two apps with clocks, the first of which fails; the moments at which the second struck."""
    struck: list[datetime] = []

    def failing(at: datetime) -> None:
        raise ValueError("broken")

    def sound(at: datetime) -> None:
        struck.append(at)

    for name, function in (("first", failing), ("second", sound)):
        clock = ModuleType(f"{name}.clock")
        clock.DUE = (function,)  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
        monkeypatch.setitem(sys.modules, f"{name}.clock", clock)
    monkeypatch.setattr(ticking, "find_spec", lambda name: name.startswith(("first", "second")) or None)
    settings.HOUSE_APPS = ["first", "iisg.foundations.core", "second"]
    return struck


def test_the_clocks_of_the_house_are_found_by_its_apps() -> None:
    found = list(ticking.due())
    assert ("iisg.office.letters.clock.carry_what_is_left", carry_what_is_left) in found
    called = {function for _name, function in found}
    assert {*membership.DUE, *pillars.DUE} <= called, "reminders, lapses, what is forgotten"


@pytest.mark.django_db
def test_one_that_fails_is_logged_and_stops_no_other(
    two_apps: list[datetime], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        assert ticking.strike(NOW) == ["first.clock.failing"]
    assert two_apps == [NOW]
    assert "first.clock.failing failed" in caplog.text
    assert "ValueError: broken" in caplog.text
    with pytest.raises(SystemExit) as ended:
        call_command("clock")
    assert ended.value.code == 1
    assert len(two_apps) == 2


def test_a_pause_is_in_whole_seconds() -> None:
    for wrong in ("0", "-1", "soon", "1.5"):
        with pytest.raises(CommandError, match="give whole seconds"):
            call_command("clock", "--every", wrong)


def test_it_goes_on_until_it_is_ended_even_where_the_database_is_not_ready(tmp_path: Path) -> None:
    running = subprocess.Popen(
        [*IISG, "clock", "--every", "1"],
        cwd=ROOT,
        env=surroundings(tmp_path),
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stderr is not None
    first = running.stderr.readline()
    time.sleep(1)
    assert running.poll() is None
    running.send_signal(signal.SIGTERM)
    _rest = running.stderr.read()
    assert running.wait(timeout=30) == 0
    assert "carry_what_is_left failed" in first


class Program:
    """A program that runs until it is ended; the first of a house ends by itself."""

    started: ClassVar[list[Program]] = []

    def __init__(self, command: list[str], **_more: object) -> None:
        self.command, self.returncode, self.ended_by = command, None, 0
        self.started.append(self)

    def poll(self) -> int | None:
        """None while it runs."""
        return 3 if self is self.started[0] or self.ended_by else None

    def send_signal(self, number: int) -> None:
        """End it."""
        self.ended_by = number

    def wait(self, timeout: float) -> int:
        """It ends at once."""
        assert self.poll() is not None
        return 0


def test_the_clock_is_served_beside_web_and_worker_and_ended_with_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Program, "started", [])
    monkeypatch.setattr("iisg.faces.console.serving.subprocess.Popen", Program)
    monkeypatch.setattr("iisg.faces.console.serving.signal.signal", lambda *given: None)
    serving.serve("127.0.0.1", 1)
    web, worker, clock = Program.started
    assert "gunicorn" in web.command
    assert "db_worker" in worker.command
    assert clock.command[-3:] == ["clock", "--every", "60"]
    assert (worker.ended_by, clock.ended_by) == (signal.SIGINT, signal.SIGTERM)
