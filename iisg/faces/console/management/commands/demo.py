"""`iisg demo`: everything set up with the demonstration data, the mapping printed, then served."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from iisg.faces.console import demonstration


class Command(BaseCommand):
    """The first thing a newcomer runs."""

    help = (
        "Set up the demonstration (public needs and actions of the Western Balkans, not the adopted lists), print the "
        "mapping, then serve it on http://127.0.0.1:8000 until Ctrl-C. Anybody may sign in as any role: never use "
        "it with real data."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What to leave out."""
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
        parser.add_argument(
            "--data-only", action="store_true", help="load the data, print nothing, do not serve"
        )
        parser.add_argument("--no-serve", action="store_true", help="print the mapping and end")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load unless loaded, print, serve."""
        self._say("Database")
        call_command("migrate", verbosity=0, interactive=False)
        if demonstration.is_loaded():
            self._say("Demonstration data is loaded already")
        else:
            demonstration.load(timezone.now(), self._say)
        if options["data_only"]:
            return
        self.stdout.write("")
        call_command("coverage", by="summary")
        call_command("gaps", most=8)
        call_command("overlaps", most=6, on="any")
        if options["no_serve"]:
            return
        sys.stdout.flush()
        call_command("serve", port=options["port"])

    def _say(self, line: str) -> None:
        self.stdout.write(f"· {line}")
        self.stdout.flush()
