"""What the methodology and the settings demand of the Board's procedures; each finding quotes the place it enforces."""

from iisg.governance.board.rules.proposing import (
    error,
    may_ask_working_group,
    may_change,
    may_close_consultation,
    needs_reason,
    warning,
)
from iisg.governance.board.rules.running import (
    may_decide,
    may_extend,
    may_open,
    may_reach_board,
    may_resume,
    may_say,
    may_stop,
)
from iisg.governance.board.rules.seating import may_name, may_open_seats

__all__ = [
    "error",
    "may_ask_working_group",
    "may_change",
    "may_close_consultation",
    "may_decide",
    "may_extend",
    "may_name",
    "may_open",
    "may_open_seats",
    "may_reach_board",
    "may_resume",
    "may_say",
    "may_stop",
    "needs_reason",
    "warning",
]
