"""What the commands on coverage, gaps and overlaps have in common: how one asks, and what stands below."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from datetime import date

from django.utils import timezone

from iisg.foundations.access.roles import PillarCode
from iisg.foundations.core.naming import footnote_for
from iisg.knowledge.analysis.engine.rows import PARTNERS
from iisg.knowledge.analysis.reading import Picture
from iisg.knowledge.analysis.round_answers import round_answers

UNUSABLE = 2


def add_day(parser: ArgumentParser) -> None:
    """The day of which is spoken; read at the door, today if nothing is said."""
    parser.add_argument("--on", metavar="DAY", default="", help="a day such as 2026-11-23 (default: today)")


def add_pillar(parser: ArgumentParser) -> None:
    """One pillar, or all."""
    parser.add_argument("--pillar", default="", help=f"one pillar: {', '.join(PillarCode.values)} (default: all)")


def add_partner(parser: ArgumentParser) -> None:
    """One partner, or all."""
    parser.add_argument("--partner", default="", help=f"one partner: {', '.join(PARTNERS)} (default: all)")


def asked_day(text: str) -> date:
    """The day asked for; ends with 2 and a sentence where it is none."""
    if not text:
        return timezone.localdate()
    try:
        return date.fromisoformat(text)
    except ValueError:
        return unusable(f"“{text}” is no day. Write it as 2026-11-23.")


def asked_of(text: str, known: tuple[str, ...] | list[str], what: str) -> str:
    """One of the known words whatever its case, or ""; ends with 2 and a sentence where it is another."""
    found = {word.lower(): word for word in known}
    if text and text.lower() not in found:
        unusable(f"“{text}” is no {what}. Choose one of: {', '.join(known)}.")
    return found.get(text.lower(), "")


def unusable(sentence: str) -> date:
    """Say what is wrong and end with the exit code for unusable input."""
    sys.stderr.write(sentence + "\n")
    sys.exit(UNUSABLE)


def notes(found: Picture, reader: object, pillar: str = "") -> list[str]:
    """What has to be said below every table: the round and its silence, the sources, the footnote."""
    said = []
    answers = round_answers(reader, found.cycle, found.day, pillar)
    if answers is None:
        said.append("No round had begun by this day: nobody had been asked.")
    elif answers.missing:
        silent = ", ".join(f"{s.organisation.shown} ({', '.join(p.pk for p in s.pillars)})" for s in answers.silent)
        said.append(f"{answers.cycle.title}: {answers.answered} of {answers.asked} answers came in; missing: {silent}.")
    else:
        said.append(f"{answers.cycle.title}: all {answers.asked} answers came in.")
    if any(need.state == "compiled" for need in found.needs_by_ref.values()):
        said.append("Needs were compiled from public sources; they are not the adopted lists.")
    said.append(footnote_for("Kosovo*"))
    return said
