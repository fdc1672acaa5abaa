"""Verbs on seats, proposals, silent written procedures and decisions."""

from iisg.governance.board.operations.deciding import decide_at_meeting
from iisg.governance.board.operations.procedure import (
    extend_silence,
    move_to_meeting,
    note_read,
    open_silence,
    record_proof,
    resume_silence,
    withdraw_silence,
)
from iisg.governance.board.operations.proposing import (
    add_kept_text,
    add_text,
    ask_working_group,
    close_consultation,
    comment,
    draft_proposal,
    note_not_consulted,
    put_to_meeting,
    withdraw_proposal,
)
from iisg.governance.board.operations.ruling import set_rules
from iisg.governance.board.operations.seating import (
    end_holder,
    name_chair,
    name_holder,
    open_seats,
    set_day_off,
)
from iisg.governance.board.operations.settling import settle_silence
from iisg.governance.board.operations.speaking import remind_silent, take_position, take_position_on_behalf
from iisg.governance.board.operations.taking import take_paper

__all__ = [
    "add_kept_text",
    "add_text",
    "ask_working_group",
    "close_consultation",
    "comment",
    "decide_at_meeting",
    "draft_proposal",
    "end_holder",
    "extend_silence",
    "move_to_meeting",
    "name_chair",
    "name_holder",
    "note_not_consulted",
    "note_read",
    "open_seats",
    "open_silence",
    "put_to_meeting",
    "record_proof",
    "remind_silent",
    "resume_silence",
    "set_day_off",
    "set_rules",
    "settle_silence",
    "take_paper",
    "take_position",
    "take_position_on_behalf",
    "withdraw_proposal",
    "withdraw_silence",
]
