"""Seats, proposals, silent written procedures, decisions."""

from iisg.governance.board.models.decision import Decision, DecisionSeries, Outcome, Procedure
from iisg.governance.board.models.procedure import (
    RUNNING,
    How,
    Period,
    Position,
    Proof,
    Rostered,
    Silence,
    SilenceState,
    Spoken,
)
from iisg.governance.board.models.proposal import (
    SERIES,
    Comment,
    Consultation,
    Proposal,
    ProposalState,
    ProposalText,
    Subject,
)
from iisg.governance.board.models.ruling import DayOff, RuleSet
from iisg.governance.board.models.seat import Capacity, Chair, Seat, SeatHolder

__all__ = [
    "RUNNING",
    "SERIES",
    "Capacity",
    "Chair",
    "Comment",
    "Consultation",
    "DayOff",
    "Decision",
    "DecisionSeries",
    "How",
    "Outcome",
    "Period",
    "Position",
    "Procedure",
    "Proof",
    "Proposal",
    "ProposalState",
    "ProposalText",
    "Rostered",
    "RuleSet",
    "Seat",
    "SeatHolder",
    "Silence",
    "SilenceState",
    "Spoken",
    "Subject",
]
