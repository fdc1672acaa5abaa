"""Verbs on actions, on imports and on the bodies that they named: the only writer."""

from iisg.knowledge.actions.operations.imports import (
    Progress,
    apply_import,
    ask_to_apply,
    decide_names,
    discard_import,
    examine_import,
    give_up,
    name_columns,
    note_examination,
    receive_import,
)
from iisg.knowledge.actions.operations.money import choose_report, enter_rates, tie_report, untie_report
from iisg.knowledge.actions.operations.organisations import same_organisation
from iisg.knowledge.actions.operations.records import place_action, record_action

__all__ = [
    "Progress",
    "apply_import",
    "ask_to_apply",
    "choose_report",
    "decide_names",
    "discard_import",
    "enter_rates",
    "examine_import",
    "give_up",
    "name_columns",
    "note_examination",
    "place_action",
    "receive_import",
    "record_action",
    "same_organisation",
    "tie_report",
    "untie_report",
]
