"""The nouns of the app: judgements need ↔ action, relations action ↔ action, and which report speaks for an action."""

from iisg.knowledge.responses.models.relation import (
    DIRECTED,
    IDENTITY,
    Origin,
    Outcome,
    Relation,
    RelationDecision,
    RelationKind,
    RelationQuerySet,
    RelationSearch,
    RelationState,
)
from iisg.knowledge.responses.models.response import Degree, FollowUp, Response, ResponseQuerySet
from iisg.knowledge.responses.models.speaking import SpeakingReport, SpokenField

__all__ = [
    "DIRECTED",
    "IDENTITY",
    "Degree",
    "FollowUp",
    "Origin",
    "Outcome",
    "Relation",
    "RelationDecision",
    "RelationKind",
    "RelationQuerySet",
    "RelationSearch",
    "RelationState",
    "Response",
    "ResponseQuerySet",
    "SpeakingReport",
    "SpokenField",
]
