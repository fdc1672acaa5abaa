"""The findings of a record that say what the house made of it, apart from those that hold it against the standard."""

from __future__ import annotations

from iisg.knowledge.actions.records import ActionRecord


def codes(record: ActionRecord) -> list[str]:
    """Codes of the reader's own remarks without their family; the fragments of tests are rarely whole files."""
    return [f.code.removeprefix("iati.") for f in record.findings if f.code.startswith("iati.")]


def breaches(record: ActionRecord) -> list[str]:
    """Codes of remarks about the standard: schema and ruleset."""
    return [f.code.removeprefix("standard.") for f in record.findings if f.code.startswith("standard.")]
