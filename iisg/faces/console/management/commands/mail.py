"""`iisg mail`: reports of mail servers are noted, and the way out is tried."""

from __future__ import annotations

import sys
from argparse import RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from iisg.faces.console.asking import UNUSABLE
from iisg.faces.console.post import TRY_LATER, is_maildir, read_whole, take, work_off
from iisg.office.letters.rules import may_write_to
from iisg.office.letters.trial import send_test_mail


class Command(BaseCommand):
    """For the mail server, a timer, or the operator."""

    help = "Note mails that came back (take, folder), or try whether mail leaves the house (try)."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """The lines of the help stay as they are."""
        kwargs.setdefault("formatter_class", RawDescriptionHelpFormatter)
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        """Which of the three."""
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="take | folder | try")
        verbs.add_parser(
            "take",
            help="one raw mail from standard input; exit 0 when noted or not about ours, 75 when to be tried later",
        )
        folder = verbs.add_parser("folder", help="each mail in new/ of a Maildir, then moved to cur/")
        folder.add_argument("path", type=Path)
        trial = verbs.add_parser("try", help="send a test mail and say what the mail server answered")
        trial.add_argument("address")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; the exit code says how it went."""
        verb = options["verb"]
        try:
            if verb == "take":
                sys.exit(self._take())
            sys.exit(self._folder(options["path"]) if verb == "folder" else self._try(options["address"]))
        except DatabaseError as fault:
            self.stderr.write(f"The database cannot be asked now: {fault}")
            sys.exit(TRY_LATER)

    def _take(self) -> int:
        self.stdout.write(take(read_whole(sys.stdin.buffer), timezone.now()))
        return 0

    def _folder(self, path: Path) -> int:
        if not is_maildir(path):
            self.stderr.write(f"{path} is no Maildir: it needs the folders new and cur.")
            return UNUSABLE
        left = 0
        for one in work_off(path, timezone.now()):
            left += bool(one.fault)
            (self.stderr if one.fault else self.stdout).write(f"{one.name}: {one.fault or one.outcome}")
        return 1 if left else 0

    def _try(self, address: str) -> int:
        wrong = list(may_write_to(address))
        if wrong or not address:
            self.stderr.write(" ".join(map(str, wrong)) or "Name an address.")
            return UNUSABLE
        trial, server = send_test_mail(address), f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
        if trial.taken:
            self.stdout.write(f"{server} has taken the mail. Whether it arrives, the mailbox will tell.")
            return 0
        self.stderr.write(
            f"{server} {'refuses it' if trial.refused else 'does not take it now'}: {trial.said}"
        )
        return 1
