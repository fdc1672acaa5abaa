"""`iisg index`: the index of search written anew, or held against the records."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from iisg.knowledge.finding.keeping import index_everything, out_of_step


class Command(BaseCommand):
    """The index follows every deed by itself; this is for after a restored backup or a repair by hand."""

    help = "Write the index of search anew from the records; --check only compares and changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to look only."""
        parser.add_argument(
            "--check", action="store_true", help="compare only; exit code 1 where they differ"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write or compare."""
        if not options["check"]:
            self.stdout.write(f"The index of search has {index_everything()} entries.")
            return
        if wrong := out_of_step():
            shown = "\n".join(wrong[:20])
            raise CommandError(f"{len(wrong)} entries differ from their records:\n{shown}\nCure: iisg index")
        self.stdout.write("The index of search says what the records say.")
