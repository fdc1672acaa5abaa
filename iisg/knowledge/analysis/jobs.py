"""Work of the analysis that waits in the queue."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from iisg.foundations.access.actors import HOUSE
from iisg.knowledge.actions import operations as actions
from iisg.knowledge.actions.models import Import, ImportState
from iisg.knowledge.analysis import operations as files
from iisg.knowledge.analysis.exporting import FORMS, Taken, made_file
from iisg.knowledge.analysis.exporting.records import EXTRACTS
from iisg.knowledge.analysis.looking import look
from iisg.knowledge.analysis.models import Export
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


@task()
def write_file(export_id: int) -> None:
    """Write a file that somebody asked for, with what that person may see now; where it breaks, its page says so."""
    export = Export.objects.select_related("asked_by").get(pk=export_id)
    if not export.waits:
        return
    at = timezone.now()
    try:
        extract = EXTRACTS[export.what](export.refs, export.asked_by)
        made = made_file(
            extract, Taken(export.asked_by.label, at, export.day, export.chosen), FORMS[export.form]
        )
        with made.content:
            files.keep_file(export, made, by=HOUSE, at=timezone.now())
    except Exception:
        files.give_up_file(export, by=HOUSE, at=timezone.now())
        raise


@task()
def forget_file(export_id: int) -> None:
    """Delete a file that was kept long enough."""
    export = Export.objects.without_content().filter(pk=export_id).first()
    if export is not None:
        files.forget_file(export, by=HOUSE, at=timezone.now())
