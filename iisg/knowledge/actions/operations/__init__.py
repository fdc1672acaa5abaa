"""Verbs on actions and on imports: the only writer."""

from iisg.knowledge.actions.operations.imports import (
    apply_import,
    decide_name,
    discard_import,
    examine_import,
    name_columns,
    receive_import,
)
from iisg.knowledge.actions.operations.records import place_action, record_action

__all__ = [
    "apply_import",
    "decide_name",
    "discard_import",
    "examine_import",
    "name_columns",
    "place_action",
    "receive_import",
    "record_action",
]
