"""Verbs on judgements, relations and the reports that speak: the only writer."""

from iisg.knowledge.responses.operations.imported import relate_imported, relate_new_action
from iisg.knowledge.responses.operations.judgements import (
    judge_response,
    note_follow_up,
    take_back_response,
)
from iisg.knowledge.responses.operations.relations import (
    confirm_relation,
    propose_relation,
    reject_relation,
    relate_actions,
    reverse_decision,
)
from iisg.knowledge.responses.operations.searches import ask_for_search, give_up_search, keep_found
from iisg.knowledge.responses.operations.speaking import choose_report, take_back_choice
from iisg.knowledge.responses.operations.taking_back import take_back_import

__all__ = [
    "ask_for_search",
    "choose_report",
    "confirm_relation",
    "give_up_search",
    "judge_response",
    "keep_found",
    "note_follow_up",
    "propose_relation",
    "reject_relation",
    "relate_actions",
    "relate_imported",
    "relate_new_action",
    "reverse_decision",
    "take_back_choice",
    "take_back_import",
    "take_back_response",
]
