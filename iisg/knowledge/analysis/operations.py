"""The one verb of the analysis: count all summaries anew."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.knowledge.analysis import keeping
from iisg.knowledge.analysis.models import Recount


@transaction.atomic
def recount(*, by: Actor, at: datetime) -> Recount:
    """Write all summaries anew: after an upgrade that changed a rule, or after an edit past the operations."""
    require(by, Can.RELATE_ACTIONS)
    keeping.keep_everything()
    done = Recount.objects.create(rules=keeping.rules(), at=at)
    Recount.objects.exclude(pk=done.pk).delete()
    record("analysis.recounted", by=by, on="analysis.summaries", at=at, rules=done.rules)
    return done
