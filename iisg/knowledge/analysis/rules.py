"""Who may take a file that the worker wrote."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.core.findings import Finding, Grade
from iisg.knowledge.analysis.models import Export, ExportState


def may_take(by: Actor, export: Export) -> Iterator[Finding]:
    """A file is taken by the person who asked for it, once it is written (design.md 5)."""
    if export.asked_by != by:
        yield Finding(
            Grade.ERROR, "exports.not-yours", _("Somebody else has asked for this file."), str(export)
        )
    if export.state != ExportState.READY:
        yield Finding(Grade.ERROR, "exports.not-ready", _("The file is not written."), str(export))
