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
    actions = list(Action.objects.visible_to(HOUSE).with_facts())
    return operations.keep_found(search, proposals_of(actions), len(actions), by=HOUSE, at=at)
