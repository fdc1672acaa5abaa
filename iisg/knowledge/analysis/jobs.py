"""Work of the analysis that waits in the queue."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from iisg.foundations.access.actors import HOUSE
from iisg.knowledge.actions import operations as actions
from iisg.knowledge.actions.models import Import, ImportState
from iisg.knowledge.analysis.looking import look
from iisg.knowledge.analysis.twins import twins_of
from iisg.knowledge.responses import operations
from iisg.knowledge.responses.models import RelationSearch


@task()
def look_for_relations(search_id: int) -> None:
    """Do a search that was asked for; where it breaks, the page of the relations says so."""
    search = RelationSearch.objects.get(pk=search_id)
    if search.done_at is not None:
        return
    try:
        look(search, timezone.now())
    except Exception:
        fault = _("The house could not work through it. Tell the Secretariat; the fault is ours.")
        operations.give_up_search(search, fault, by=HOUSE, at=timezone.now())
        raise


@task()
def seek_twins(import_id: int) -> None:
    """Look whether new records of an examined file look like recorded actions."""
    imported = Import.objects.get(pk=import_id)
    if imported.state == ImportState.EXAMINED:
        actions.note_twins(imported, twins_of(imported), by=HOUSE, at=timezone.now())
