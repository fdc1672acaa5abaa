"""What was judged, related or chosen of records: why they stay when the file that entered them is taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from iisg.knowledge.actions.models import Import
from iisg.knowledge.actions.taking_back import Hold
from iisg.knowledge.responses.models import (
    Origin,
    Outcome,
    Relation,
    RelationDecision,
    RelationQuerySet,
    RelationState,
    Response,
    SpeakingReport,
)

_DECIDED = (Outcome.CONFIRMED, Outcome.REJECTED, Outcome.REVERSED)


def holds(
    imported: Import, actions: Collection[int], needs: Collection[int]
) -> tuple[dict[int, list[Hold]], dict[int, list[Hold]]]:
    """By keys of actions and of needs, in a constant number of queries."""
    of_actions: dict[int, list[Hold]] = defaultdict(list)
    of_needs: dict[int, list[Hold]] = defaultdict(list)
    judged = Response.objects.filter(Q(action__in=actions) | Q(need__in=needs)).order_by("pk")
    for action, action_ref, need, need_ref in judged.values_list(
        "action_id", "action__ref", "need_id", "need__ref"
    ):
        if action in actions:
            of_actions[action].append(Hold(_("It was judged for the need %(ref)s.") % {"ref": need_ref}))
        if need in needs:
            of_needs[need].append(Hold(_("The action %(ref)s was judged for it.") % {"ref": action_ref}))
    for relation in said_by_people(imported, actions).select_related("source", "target"):
        with_it = relation.decided_at == imported.applied_at
        for own, other in ((relation.source, relation.target), (relation.target, relation.source)):
            if own.pk in actions:
                words = _("Somebody has said how it relates to %(ref)s.") % {"ref": other.ref}
                of_actions[own.pk].append(Hold(words, with_it))
    for action in SpeakingReport.objects.filter(action__in=actions).values_list("action_id", flat=True):
        of_actions[action].append(Hold(_("It was chosen as the report that speaks.")))
    return of_actions, of_needs


def said_by_people(imported: Import, actions: Collection[int]) -> RelationQuerySet:
    """Relations of these actions that a person has decided on, or proposed otherwise than by applying the file."""
    decided = RelationDecision.objects.filter(relation=OuterRef("pk"), outcome__in=_DECIDED)
    people = Q(origin=Origin.PERSON) & ~Q(proposed_at=imported.applied_at)
    standing = Q(state__in=(RelationState.CONFIRMED, RelationState.REJECTED))
    found = Relation.objects.filter(Q(source__in=actions) | Q(target__in=actions))
    return found.filter(standing | people | Exists(decided)).order_by("pk")
