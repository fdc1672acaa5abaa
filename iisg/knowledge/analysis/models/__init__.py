"""What the analysis keeps: summaries of needs and actions, the parts of all money, files for readers."""

from .exports import Export, ExportState
from .money import MoneyKind, MoneyName, MoneyPart, MoneyReach, MoneyUnvalued
from .summaries import (
    ActionSpan,
    ActionSpanQuerySet,
    ActionSum,
    CoverageSpan,
    KeptOfActionsQuerySet,
    KeptQuerySet,
    Recount,
    bits,
    codes,
)

__all__ = [
    "ActionSpan",
    "ActionSpanQuerySet",
    "ActionSum",
    "CoverageSpan",
    "Export",
    "ExportState",
    "KeptOfActionsQuerySet",
    "KeptQuerySet",
    "MoneyKind",
    "MoneyName",
    "MoneyPart",
    "MoneyReach",
    "MoneyUnvalued",
    "Recount",
    "bits",
    "codes",
]
