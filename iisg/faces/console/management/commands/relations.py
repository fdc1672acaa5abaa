"""`iisg relations`: look over all records for such as belong together."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import CONSOLE
from iisg.knowledge.analysis.looking import look
from iisg.knowledge.responses.models import Relation
from iisg.knowledge.responses.operations import ask_for_search


class Command(BaseCommand):
    """The same look that the Secretariat asks for on the page, done at once."""

    help = (
        "Compare all recorded actions and propose which report the same action, fund each other, are parts or "
        "phases. Nothing counts until a person decides on the page of relations; what was rejected stays rejected."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, then say what it brought."""
        at = timezone.now()
        done = look(ask_for_search(by=CONSOLE, at=at, look_later=False), at)
        told = _(
            "%(records)d records compared: %(found)d relations found, %(new)d of them new, %(withdrawn)d earlier "
            "proposals withdrawn. %(waiting)d wait for a decision."
        )
        counts = {"records": done.records, "found": done.found, "new": done.new, "withdrawn": done.withdrawn}
        self.stdout.write(told % {**counts, "waiting": Relation.objects.proposed().count()})
