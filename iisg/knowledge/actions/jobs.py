"""Work on imports that waits in the queue."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from iisg.foundations.access.actors import CONSOLE, Actor
from iisg.knowledge.actions import operations
from iisg.knowledge.actions.models import Import


@task()
def examine(import_id: int) -> None:
    """Examine a received file in the name of the person who sent it in."""
    imported = Import.objects.select_related("received_by").get(pk=import_id)
    by: Actor = imported.received_by or CONSOLE
    operations.examine_import(imported, by=by, at=timezone.now())
