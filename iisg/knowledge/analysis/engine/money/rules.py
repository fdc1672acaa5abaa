"""The rules by which a sum counts or does not; every figure names the ones it was made by, and their version."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

VERSION: Final = "money-3"
"""Changes whenever one of the rules below would give another figure for the same flows."""


class Measure(StrEnum):
    """What is added up; the four are never added to each other."""

    COMMITTED = "committed"
    SPENT = "spent"
    PLEDGED = "pledge"
    IN_KIND = "in_kind"


COUNTED_MEASURES: Final = (Measure.COMMITTED, Measure.SPENT)
"""The measures that have a gross and a net figure; pledges and kind are only shown apart."""


class Side(StrEnum):
    """Where a sum stands to a boundary (rules.md 6.2)."""

    INCOMING = "incoming"
    INTERNAL = "internal"
    OUTGOING = "outgoing"
    UNKNOWN = "unknown"
    BEYOND = "beyond"


class Fate(StrEnum):
    """Why a part of a sum counts or does not; the first that holds, in this order."""

    SECOND_REPORT = "second_report"  # another report of the same flow was chosen
    SECOND_HAND = "second_hand"  # its reporter repeats what another body does and reports
    SAME_ACTION = "same_action"  # another report of the same action counts
    BUDGET_BESIDE = "budget_beside"  # a budget beside the commitments of the same action
    IN_WHOLE = "in_whole"  # committed: the whole that it is part of states the commitment
    IN_PARTS = "in_parts"  # spent: the parts state the spending
    PASSED_ON = "passed_on"  # comes from an action whose own money counts already
    OWN_MONEY = "own_money"  # a partner inside the boundary pays
    ESTIMATED = "estimated"  # the part that the new-money factor takes as passed on
    COUNTED = "counted"


REMOVED: Final = tuple(fate for fate in Fate if fate is not Fate.COUNTED)
INTERNAL_FATES: Final = frozenset({Fate.PASSED_ON, Fate.OWN_MONEY})
"""Real money that moves within the boundary: shown as internal, not counted."""
