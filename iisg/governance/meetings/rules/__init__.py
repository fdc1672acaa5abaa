"""What must hold before a meeting is announced, moved, held and minuted; each finding says how to mend it."""

from iisg.governance.meetings.rules.holding import (
    may_approve,
    may_circulate,
    may_object,
    may_promise,
    may_record,
    may_register,
    may_write_minutes,
)
from iisg.governance.meetings.rules.planning import (
    error,
    is_ahead,
    may_add_item,
    may_adopt,
    may_convene,
    may_hold,
    may_make,
    may_plan,
    may_stand_below,
    needs_reason,
)

__all__ = [
    "error", "is_ahead", "may_add_item", "may_adopt", "may_approve", "may_circulate", "may_convene", "may_hold",
    "may_make", "may_object", "may_plan", "may_promise", "may_record", "may_register", "may_stand_below",
    "may_write_minutes", "needs_reason",
]  # fmt: skip
