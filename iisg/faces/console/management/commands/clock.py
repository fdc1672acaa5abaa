"""`iisg clock`: what is due by time is done, once or at every turn."""

from __future__ import annotations

import signal
import sys
from argparse import ArgumentTypeError
from threading import Event
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from iisg.faces.console.ticking import due, strike


class Command(BaseCommand):
    """`iisg serve` starts one beside the worker; elsewhere a timer of the machine may call it."""

    help = (
        "Do once what is due by time: letters that were left behind are sent, and what else the apps of the house "
        "name. A function that fails is logged and stops no other; the exit code is then 1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Once, or again and again."""
        parser.add_argument(
            "--every",
            type=_seconds,
            metavar="SECONDS",
            help="go on until Ctrl-C, with this pause between turns",
        )
        parser.add_argument("--list", action="store_true", help="only say what would be called")

    def handle(self, *args: Any, **options: Any) -> None:
        """Strike."""
        if options["list"]:
            for name, _function in due():
                self.stdout.write(name)
            return
        if options["every"] is None:
            sys.exit(1 if strike(timezone.now()) else 0)
        ended = Event()

        def end(number: int, frame: FrameType | None) -> None:
            ended.set()

        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, end)
        while not ended.is_set():
            close_old_connections()
            strike(timezone.now())
            ended.wait(options["every"])


def _seconds(text: str) -> float:
    """A pause of a second or more."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise ArgumentTypeError(f"'{text}' is no pause; give whole seconds, e.g. --every 60")
    return float(text)
