"""News from below."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from iisg.foundations.access.actors import Actor
from iisg.knowledge.actions.models import Import
from iisg.knowledge.actions.signals import import_applied
from iisg.knowledge.responses import operations


@receiver(import_applied)
def relate_what_was_applied(
    sender: type[Import],
    imported: Import,
    wholes: list[tuple[str, str]],
    by: Actor,
    at: datetime,
    **kwargs: Any,
) -> None:
    """What was said of likely twins is carried out in the name of the person who applied the file."""
    operations.relate_imported(imported, wholes, by=by, at=at)
