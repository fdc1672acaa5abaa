"""Whether an action runs at a date (rules.md 5: a finished action does not cover a present need)."""

from __future__ import annotations

from datetime import date

from iisg.knowledge.analysis.engine.rows import ActionRow, Running


def running_at(action: ActionRow, at: date) -> Running:
    """Running, planned, finished, stopped or unknown at a date; what no source says is never guessed.

    A known day weighs more than a word: an end that has passed finishes whatever the stage still says. A word
    that ends (completed, cancelled, suspended) weighs more than days that would let it run on. "Announced"
    whose start has come may or may not have begun: unknown. A start that has passed without end and without
    stage: unknown.
    """
    if action.end is not None and action.end < at:
        return Running.FINISHED
    if action.stage == "completed":
        return Running.FINISHED
    if action.stage in ("cancelled", "suspended"):
        return Running.STOPPED
    if action.start is not None and action.start > at:
        return Running.PLANNED
    if action.stage == "pipeline":
        return Running.PLANNED if action.start is None else Running.UNKNOWN
    if action.stage == "implementation":
        return Running.RUNNING
    if action.start is not None and action.end is not None:
        return Running.RUNNING
    return Running.UNKNOWN
