"""Looking for related records among all that is recorded."""

from __future__ import annotations

from datetime import datetime

from iisg.foundations.access.actors import HOUSE
from iisg.knowledge.actions.models import Action
from iisg.knowledge.analysis.reporting import proposals_of
from iisg.knowledge.responses import operations
from iisg.knowledge.responses.models import RelationSearch


def look(search: RelationSearch, at: datetime) -> RelationSearch:
    """Compare all records with each other and keep what is new, as the house; nothing counts until it is decided."""
    actions = Action.objects.visible_to(HOUSE).with_facts().order_by("pk")
    found = proposals_of(actions.iterator(chunk_size=1_000))
    return operations.keep_found(search, found, actions.count(), by=HOUSE, at=at)
