"""The command `iisg`: the house at the terminal, and Django's commands through the same door."""

from __future__ import annotations

import os
import sys
from difflib import get_close_matches

OURS = {
    "demo": "set everything up with the demonstration data, print the mapping, then serve it (Ctrl-C ends)",
    "serve": "serve the house with its worker and its clock",
    "clock": "do what is due by time, once or with --every SECONDS",
    "audit": "is the log of all deeds whole (verify), and its signed checkpoints for members to keep",
    "mail": "note mails that came back (take, folder), or try whether mail leaves the house (try)",
    "prepare": "make the database ready and enter the partners, members and known organisations",
    "import": "take in needs and actions from CSV, XLSX or IATI XML files; --dry-run only looks",
    "export": "needs, actions, coverage, gaps, overlaps, relations as XLSX, CSV, JSON; actions as IATI XML",
    "rates": "take in exchange rates that the European Central Bank does not give",
    "coverage": "what is covered, partly covered, a gap, or not known, measure by measure",
    "gaps": "needs that nothing running answers, the most urgent first",
    "index": "the index of search written anew, or --check: held against the records",
    "relations": "look over all records for such as belong together; what is found waits for a person",
    "overlaps": "actions that do the same for the same partner at the same time with different money",
    "recount": "count the summaries that pages read from anew; --check only compares them with the records",
    "suggest": "from plain files: which actions may answer each need, and why; no database needed",
    "relate": "from plain files: which actions are the same, phases, parts, overlaps; no database needed",
}
HELP = """iisg: who needs what, who does what, what is covered, what is not, and what nobody has told us

Usage: iisg COMMAND [OPTIONS]        `iisg COMMAND --help` explains one command

Commands:
{ours}

A first hour:
  iisg demo                                  see it all on real, public data
  iisg import actions.xlsx --dry-run         what would this file change? nothing is written
  iisg import actions.xlsx needs.csv         take the files in
  iisg coverage --pillar WBBSi --on 2026-11-23
  iisg gaps --partner ME --format csv > gaps.csv
  iisg relate actions.csv -o relations.csv   on plain files, nothing is set up or stored

Exit codes: 0 done · 1 done, but something was refused · 2 the input cannot be used

Every Django command runs through here too: iisg migrate, iisg createsuperuser, iisg shell …
"""


def main() -> None:
    """Entry of the console script."""
    words = sys.argv[1:]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if not words or words[0] in ("-h", "--help", "help"):
        width = max(len(name) for name in OURS)
        sys.stdout.write(HELP.format(ours="\n".join(f"  {n:<{width}}  {d}" for n, d in OURS.items())))
        return
    if words[0] in ("suggest", "relate"):
        from iisg.faces.console.plain import main as on_plain_files

        sys.exit(on_plain_files(words))
    if words[0] == "demo":
        chosen = os.environ.setdefault("IISG_MODE", "demo")
        if chosen != "demo":
            sys.stderr.write(
                f"iisg demo signs anybody in with one click, so it never runs with IISG_MODE={chosen}.\n"
                "Unset IISG_MODE, or use `iisg serve`.\n"
            )
            sys.exit(2)
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        if words[0] not in OURS and not words[0].startswith("-"):
            _expect_command(words[0])
        execute_from_command_line(["iisg", *words])
    except ImproperlyConfigured as wrong:
        sys.stderr.write(f"{wrong}\n")
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()


def _expect_command(name: str) -> None:
    """End with 2 where neither the house nor Django has a command of that name."""
    import django
    from django.core.management import get_commands

    django.setup()
    if name not in get_commands():
        like = get_close_matches(name, OURS, n=1)
        sys.stderr.write(f"There is no command {name}.{f' Do you mean {like[0]}?' if like else ''} ")
        sys.stderr.write("`iisg help` lists them.\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
