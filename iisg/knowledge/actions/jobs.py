"""Work on imports that waits in the queue; what fails there is told on the import's own page."""

from __future__ import annotations

import logging

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from iisg.foundations.access.actors import CONSOLE, HOUSE, Actor
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.core.findings import Finding, Grade
from iisg.knowledge.actions import operations
from iisg.knowledge.actions.models import Import, ImportState
from iisg.knowledge.actions.reading import UnreadableFile

logger = logging.getLogger(__name__)


@task()
def examine(import_id: int) -> None:
    """Examine a received file in the name of the person who sent it in."""
    imported = Import.objects.for_pages().get(pk=import_id)
    if imported.state != ImportState.RECEIVED:
        return
    by: Actor = imported.received_by or CONSOLE
    try:
        operations.examine_import(imported, by=by, at=timezone.now(), tell=operations.Progress(imported))
    except Exception as fault:
        _tell_of(fault, imported, _("The file was not examined."))


@task()
def apply(import_id: int, user_id: int | None) -> None:
    """Apply an examined file in the name of the person who asked for it."""
    imported = Import.objects.for_pages().get(pk=import_id)
    if imported.state != ImportState.APPLYING:
        return
    try:
        by: Actor = CONSOLE if user_id is None else get_user_model().objects.get(pk=user_id)
        operations.apply_import(imported, by=by, at=timezone.now())
    except Exception as fault:
        _tell_of(fault, imported, _("Nothing of the file was recorded."))


def _tell_of(fault: Exception, imported: Import, outcome: str) -> None:
    """Nobody watches the queue: note the reason on the import; the task fails unless a rule or reader refused it."""
    known = (RuleRefused, UnreadableFile)
    if isinstance(fault, known):
        findings = fault.findings if isinstance(fault, RuleRefused) else (fault.finding,)
        reason, cure = " ".join(f.message for f in findings), " ".join(f.cure for f in findings)
    else:
        logger.error("Import %s failed in the queue", imported.pk, exc_info=fault)
        reason, cure = (
            _("The house could not work through it."),
            _("Tell the Secretariat; the fault is ours."),
        )
    finding = Finding(Grade.CRITICAL, "imports.given-up", f"{outcome} {reason}", imported.file_name, cure)
    operations.give_up(imported, finding, by=HOUSE, at=timezone.now())
    if not isinstance(fault, known):
        raise fault
