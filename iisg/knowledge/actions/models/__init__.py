"""The nouns of the app: actions with their parties, places and money; imports with their rows."""

from iisg.knowledge.actions.models.absence import FATES_OF_NEEDS, Absence, Fate
from iisg.knowledge.actions.models.action import (
    Action,
    ActionKind,
    ActionPlacement,
    ActionQuerySet,
    Assistance,
    AssistanceKind,
    Party,
    PartyRole,
    Place,
    Scope,
    Stage,
)
from iisg.knowledge.actions.models.flow import Flow, FlowState
from iisg.knowledge.actions.models.imports import Back, HeaderMapping, Import, ImportRow, ImportState, Verdict
from iisg.knowledge.actions.models.rate import ExchangeRate

__all__ = [
    "FATES_OF_NEEDS",
    "Absence",
    "Action",
    "ActionKind",
    "ActionPlacement",
    "ActionQuerySet",
    "Assistance",
    "AssistanceKind",
    "Back",
    "ExchangeRate",
    "Fate",
    "Flow",
    "FlowState",
    "HeaderMapping",
    "Import",
    "ImportRow",
    "ImportState",
    "Party",
    "PartyRole",
    "Place",
    "Scope",
    "Stage",
    "Verdict",
]
