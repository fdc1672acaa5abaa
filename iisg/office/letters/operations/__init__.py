"""Verbs on letters: write and approve them, send them, take letters in, say who is told of what."""

from iisg.office.letters.operations.receiving import (
    acknowledge_letter,
    answer_letter,
    assign_letter,
    close_letter,
    register_letter,
)
from iisg.office.letters.operations.sending import (
    note_bounce,
    note_outcome,
    note_posted,
    note_receipt,
    queue_again,
    send_again,
    send_letter,
    take_up_delivery,
)
from iisg.office.letters.operations.taking import take_paper, take_preview, take_register
from iisg.office.letters.operations.telling import issue_letter, set_told, tell, word_kind
from iisg.office.letters.operations.writing import (
    approve_letter,
    attach_files,
    change_draft,
    detach_file,
    discard_draft,
    draft_letter,
)

__all__ = [
    "acknowledge_letter",
    "answer_letter",
    "approve_letter",
    "assign_letter",
    "attach_files",
    "change_draft",
    "close_letter",
    "detach_file",
    "discard_draft",
    "draft_letter",
    "issue_letter",
    "note_bounce",
    "note_outcome",
    "note_posted",
    "note_receipt",
    "queue_again",
    "register_letter",
    "send_again",
    "send_letter",
    "set_told",
    "take_paper",
    "take_preview",
    "take_register",
    "take_up_delivery",
    "tell",
    "word_kind",
]
