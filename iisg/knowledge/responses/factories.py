"""Made-up judgements and relations for tests of the house."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from iisg.knowledge.actions.models import Action
from iisg.knowledge.needs.models import Need
from iisg.knowledge.responses.models import Degree, Relation, RelationKind, RelationState, Response
from iisg.knowledge.responses.signals import relation_changed, response_changed

AT = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)


def make_response(need: Need, action: Action, degree: Degree | str = Degree.FULL, **facts: Any) -> Response:
    """A standing judgement with a reason; to be looked at again a year later."""
    wanted: dict[str, Any] = {
        "reason": "Does exactly what the need asks for.",
        "judged_by_label": "Secretariat",
        "judged_at": AT,
        "follow_up_on": date(2027, 2, 2),
    }
    response = Response.objects.create(need=need, action=action, degree=degree, **(wanted | facts))
    response_changed.send(Response, need=need.pk)
    return response


def make_relation(
    source: Action, target: Action, kind: RelationKind | str = RelationKind.PART_OF
) -> Relation:
    """A confirmed relation; from = child, later or implementer's record."""
    relation = Relation.objects.create(
        source=source,
        target=target,
        kind=kind,
        state=RelationState.CONFIRMED,
        evidence="Both records say so.",
        reason="Both records say so.",
        proposed_by="Secretariat",
        proposed_at=AT,
        decided_by="Secretariat",
        decided_at=AT,
    )
    relation_changed.send(Relation, keys=[source.pk, target.pk])
    return relation
