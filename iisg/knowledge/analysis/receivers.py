"""News from below."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from iisg.foundations.jobs.queue import later
from iisg.knowledge.actions.models import Import, ImportState
from iisg.knowledge.actions.signals import import_examined

SEEK = "iisg.knowledge.analysis.jobs.seek_twins"


@receiver(import_examined)
def seek_twins_of_new_records(sender: type[Import], imported: Import, **kwargs: Any) -> None:
    """The worker looks whether new records look like recorded ones."""
    if imported.state == ImportState.EXAMINED and imported.created and imported.subject != "needs":
        later(SEEK, import_id=imported.pk)
