"""`iisg audit`: is the log whole, is it the one that somebody saw earlier, and its checkpoints for members to keep."""

from __future__ import annotations

import sys
from argparse import RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from iisg.faces.console.asking import UNUSABLE
from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.audit import keys
from iisg.foundations.audit.checkpoints import checkpoint
from iisg.foundations.audit.examining import examined
from iisg.foundations.audit.operations import change_key


class Command(BaseCommand):
    """For the operator, a timer, and whoever was asked to look."""

    help = (
        "The log of all deeds. verify: every event, link, value and checkpoint computed anew; with --since FILE also "
        "whether the log is the one that a member saw (checkpoint.txt of a package, or of `iisg audit checkpoint`).\n"
        "Exit codes: 0 all holds · 1 something does not hold · 2 the input cannot be used"
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """The lines of the help stay as they are."""
        kwargs.setdefault("formatter_class", RawDescriptionHelpFormatter)
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        """Which of the verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="verify | checkpoint | keys | …")
        verify = verbs.add_parser("verify", help="compute the whole log anew and compare")
        verify.add_argument("--since", type=Path, metavar="FILE", help="a checkpoint that was kept elsewhere")
        verbs.add_parser("checkpoint", help="sign the log as it stands and print the note: keep it elsewhere")
        verbs.add_parser("keys", help="the public keys that sign or have signed the log, the oldest first")
        verbs.add_parser("change-key", help="a new key signs from now on; the old one vouches for it")
        verbs.add_parser("new-key", help="print a new secret key for IISG_LOG_KEY; nothing is stored")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; the exit code says how it went."""
        if options["verb"] == "verify":
            sys.exit(self._verify(options["since"]))
        if options["verb"] == "keys":
            self.stdout.write("".join(f"{key}\n" for key in keys.known_keys()), ending="")
        elif options["verb"] == "new-key":
            self.stdout.write(keys.new_key().written())
        elif options["verb"] == "checkpoint":
            with transaction.atomic():
                made = checkpoint(by=CONSOLE, at=timezone.now())
            self.stdout.write(made.note, ending="")
        else:
            self._change_key()

    def _verify(self, since: Path | None) -> int:
        try:
            kept = since.read_bytes().decode() if since else None
        except (OSError, UnicodeDecodeError) as fault:
            self.stderr.write(f"{since} cannot be read: {fault}")
            return UNUSABLE
        found = examined(kept)
        for finding in found.findings:
            (self.stderr if finding.refuses else self.stdout).write(str(finding))
        if not found.sound:
            self.stderr.write("The log does NOT hold. Keep this machine as it is and compare with a backup.")
            return 1
        self.stdout.write(
            f"The log holds: {found.events} events, each sealed as it was written, and {found.checkpoints} signed "
            f"checkpoints, each a beginning of it."
        )
        if found.forgotten:
            self.stdout.write(f"{found.forgotten} values were forgotten, each with an event that says so.")
        if found.since is not None:
            self.stdout.write(f"It is the log that had {found.since} events when your checkpoint was made.")
        return 0

    def _change_key(self) -> None:
        try:
            made = change_key(by=CONSOLE, at=timezone.now())
        except RuleRefused as refusal:
            self.stderr.write(str(refusal))
            sys.exit(UNUSABLE)
        self.stdout.write(
            f"The key is changed. Give members the new list (iisg audit keys) and this note:\n{made.note}"
        )
