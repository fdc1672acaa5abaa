"""Which recorded actions are reports of one action, and whose value a person chose to speak, for the engine."""

from __future__ import annotations

from iisg.knowledge.analysis.engine.one_action import Groups
from iisg.knowledge.responses.grouping import heads_of
from iisg.knowledge.responses.models import Relation, RelationKind, SpeakingReport


def read_groups() -> Groups:
    """Confirmed reports of one action under the lowest reference of each, in two queries."""
    same = Relation.objects.confirmed().filter(
        kind=RelationKind.SAME_AS, source__withdrawn_at=None, target__withdrawn_at=None
    )
    heads = heads_of(same.values_list("source__ref", "target__ref"))
    choices = SpeakingReport.objects.standing().order_by("chosen_at", "pk")
    speaks = {(heads.get(ref, ref), name): ref for ref, name in choices.values_list("action__ref", "field")}
    return Groups(heads, speaks)
