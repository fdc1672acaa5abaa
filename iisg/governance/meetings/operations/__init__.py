"""Verbs on meetings."""

from iisg.governance.meetings.operations.agenda import (
    add_item,
    add_paper,
    adopt_agenda,
    change_item,
    order_items,
    remove_item,
    remove_paper,
)
from iisg.governance.meetings.operations.attending import (
    note_presence,
    note_presence_at_item,
    register,
    unregister,
)
from iisg.governance.meetings.operations.calendars import make_calendar_key, revoke_calendar_key, take_paper
from iisg.governance.meetings.operations.holding import (
    hold_meeting,
    put_on_record,
    record_item,
    take_statement_back,
)
from iisg.governance.meetings.operations.minutes import (
    amend_minutes,
    approve_minutes,
    circulate_minutes,
    close_meeting,
    draft_minutes,
    write_minutes,
)
from iisg.governance.meetings.operations.placing import put_on_agenda
from iisg.governance.meetings.operations.planning import (
    cancel_meeting,
    change_meeting,
    convene_meeting,
    move_meeting,
    plan_meeting,
)
from iisg.governance.meetings.operations.promising import agree_action_point, settle_action_point

__all__ = [
    "add_item", "add_paper", "adopt_agenda", "agree_action_point", "amend_minutes", "approve_minutes",
    "cancel_meeting", "change_item", "change_meeting", "circulate_minutes", "close_meeting", "convene_meeting",
    "draft_minutes", "hold_meeting", "make_calendar_key", "move_meeting", "note_presence", "note_presence_at_item",
    "order_items", "plan_meeting", "put_on_agenda", "put_on_record", "record_item", "register", "remove_item",
    "remove_paper", "revoke_calendar_key", "settle_action_point", "take_paper", "take_statement_back", "unregister",
    "write_minutes",
]  # fmt: skip
