"""Verbs on actions, on imports and on the bodies that they named: the only writer."""

from iisg.knowledge.actions.operations.absences import decide_absences, note_versions
from iisg.knowledge.actions.operations.applying import apply_import
from iisg.knowledge.actions.operations.carrying import take_copy, take_template
from iisg.knowledge.actions.operations.changing import change_action
from iisg.knowledge.actions.operations.imports import (
    Progress,
    ask_to_apply,
    choose_headers,
    decide_names,
    discard_import,
    examine_import,
    give_up,
    name_columns,
    note_examination,
    receive_import,
    say_elsewhere,
    say_version,
)
from iisg.knowledge.actions.operations.money import choose_report, enter_rates, tie_report, untie_report
from iisg.knowledge.actions.operations.organisations import same_organisation
from iisg.knowledge.actions.operations.records import (
    enter_action,
    place_action,
    record_action,
    record_actions,
)
from iisg.knowledge.actions.operations.taking_back import bring_again, take_back_records
from iisg.knowledge.actions.operations.twins import decide_twins, note_twins
from iisg.knowledge.actions.operations.vouching import choose_values, confirm_action

__all__ = [
    "Progress",
    "apply_import",
    "ask_to_apply",
    "bring_again",
    "change_action",
    "choose_headers",
    "choose_report",
    "choose_values",
    "confirm_action",
    "decide_absences",
    "decide_names",
    "decide_twins",
    "discard_import",
    "enter_action",
    "enter_rates",
    "examine_import",
    "give_up",
    "name_columns",
    "note_examination",
    "note_twins",
    "note_versions",
    "place_action",
    "receive_import",
    "record_action",
    "record_actions",
    "same_organisation",
    "say_elsewhere",
    "say_version",
    "take_back_records",
    "take_copy",
    "take_template",
    "tie_report",
    "untie_report",
]
