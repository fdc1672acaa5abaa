"""What the methodology demands on the way to membership; each finding quotes the place it enforces."""

from iisg.governance.membership.rules.applying import (
    may_answer_board,
    may_complete,
    may_erase,
    may_submit,
    missing_of,
)
from iisg.governance.membership.rules.assessing import may_approve, may_decide, may_put, may_submit_assessment
from iisg.governance.membership.rules.routes import (
    error,
    may_correct_member,
    may_inform,
    may_move,
    may_open,
    may_recognise,
    may_take_route,
    needs_evidence,
    needs_reason,
)

__all__ = [
    "error",
    "may_answer_board",
    "may_approve",
    "may_complete",
    "may_correct_member",
    "may_decide",
    "may_erase",
    "may_inform",
    "may_move",
    "may_open",
    "may_put",
    "may_recognise",
    "may_submit",
    "may_submit_assessment",
    "may_take_route",
    "missing_of",
    "needs_evidence",
    "needs_reason",
]
