"""Needs and actions as plain values, as JSON holds them: written, read back and checked. Knows no Django."""

from .reading import read_action_facts, read_plain
from .writing import SCHEMA, action_facts, need_facts

__all__ = ["SCHEMA", "action_facts", "need_facts", "read_action_facts", "read_plain"]
