"""The nouns of the app: actions with their parties, places and money; imports with their rows."""

from iisg.knowledge.actions.models.absence import Absence, Fate
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
from iisg.knowledge.actions.models.imports import HeaderMapping, Import, ImportRow, ImportState, Verdict
from iisg.knowledge.actions.models.rate import ExchangeRate

__all__ = [
    "Absence",
    "Action",
    "ActionKind",
    "ActionPlacement",
    "ActionQuerySet",
    "Assistance",
    "AssistanceKind",
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
