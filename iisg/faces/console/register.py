"""Entering the organisations, members and pillar seats that are shipped with the product."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.orgs import operations as orgs
from iisg.foundations.orgs.models import Organisation
from iisg.office.pillars.models import Pillar
from iisg.office.pillars.operations import seat_participant


def folder() -> Path:
    """Where the shipped data lies."""
    return Path(settings.ROOT) / "demo"


def lines(name: str) -> Iterator[dict[str, str]]:
    """Rows of a shipped CSV file."""
    with (folder() / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def day(text: str) -> date | None:
    """An ISO day or None."""
    return date.fromisoformat(text) if text else None


def enter_register(at: datetime) -> int:
    """Organisations first, then who belongs below whom, memberships and pillar seats; returns how many bodies."""
    rows = list(lines("organisations.csv"))
    for row in rows:
        facts = {
            name: row[name]
            for name in (
                "name",
                "short_name",
                "original_name",
                "original_language",
                "kind",
                "country",
                "website",
            )
        } | {
            "source_url": row["source_url"],
            "note": row["note"],
            "confirmed": True,
            "code": row["code"] or None,
        }
        aliases = [a.strip() for a in (row["aliases"] + ";" + row["identifiers"]).split(";") if a.strip()]
        orgs.enter_organisation(row["ref"], by=CONSOLE, at=at, aliases=aliases, **facts)
    known = {o.ref: o for o in Organisation.objects.all()}
    for row in rows:
        if row["parent"] and known[row["ref"]].parent_id is None:
            orgs.put_below(known[row["ref"]], known[row["parent"]], by=CONSOLE, at=at)
    for row in lines("memberships.csv"):
        orgs.enter_membership(
            known[row["organisation"]],
            row["ground"],
            by=CONSOLE,
            at=at,
            valid_from=day(row["valid_from"]),
            decided_on=day(row["decided_on"]),
            basis=row["basis"],
            source_url=row["source_url"],
            note=row["note"],
        )
    pillars = {p.pk: p for p in Pillar.objects.all()}
    for row in lines("participations.csv"):
        seat_participant(
            known[row["organisation"]],
            pillars[row["pillar"]],
            by=CONSOLE,
            at=at,
            source_url=row["source_url"],
        )
    return len(rows)
