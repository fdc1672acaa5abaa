"""`iisg prepare`: the database ready, partners, members and known organisations entered."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from iisg.faces.console.register import enter_register
from iisg.foundations.access.actors import CONSOLE
from iisg.knowledge.analysis import checking, operations


class Command(BaseCommand):
    """Safe to run again: what is there stays."""

    help = (
        "Make the database ready and enter the six partners, the members with their grounds and pillars, and the "
        "organisations known from public sources. Safe to run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, enter the register, and count anew where the rules of counting have changed."""
        call_command("migrate", verbosity=0, interactive=False)
        count = enter_register(timezone.now())
        if not checking.is_of_these_rules():
            operations.recount(by=CONSOLE, at=timezone.now())
        self.stdout.write(f"The database is ready; {count} organisations are entered.")
