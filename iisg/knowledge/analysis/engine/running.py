"""Whether an action runs at a date (rules.md 5: a finished action does not cover a present need)."""

from __future__ import annotations

from datetime import date

from iisg.knowledge.analysis.engine.rows import ActionRow, Running

LIVELIEST = (Running.RUNNING, Running.UNKNOWN, Running.PLANNED, Running.STOPPED, Running.FINISHED)
"""Of several reports of one action the first of these speaks: what one says that it runs is not lost by another."""


def running_at(action: ActionRow, at: date) -> Running:
    """Running, planned, finished, stopped or unknown at a date; what no source says is never guessed.

    A known day weighs more than a word: an end that has passed finishes whatever the stage still says, and a start
    to come is planned. A stage is a statement of one day (`told_on`): completed finishes from that day on, and
    before it the days decide; under way without a start speaks of that day and later ones. Between the first and
    the last possible day of a start printed as a month or a year nobody knows; an end printed so lasts to its last
    day. "Announced" without a day to come may or may not have begun: unknown, as is a start without end or stage.
    Where several reports tell of one action, the liveliest of them speaks until a person chooses another.
    """
    if action.reports:
        telling = [one for one in action.reports if one.start or one.end or one.stage] or action.reports
        return min((running_at(report, at) for report in telling), key=LIVELIEST.index)
    told = action.told_on is None or at >= action.told_on
    if action.end is not None and action.end < at:
        return Running.FINISHED
    if action.stage in ("cancelled", "suspended"):
        return Running.STOPPED
    if action.start is not None and action.start > at:
        return Running.PLANNED
    if action.stage == "completed" and told:
        return Running.FINISHED
    if action.start_by is not None and at < action.start_by:
        return Running.UNKNOWN
    if action.stage == "implementation":
        return Running.RUNNING if action.start is not None or told else Running.UNKNOWN
    if action.stage != "pipeline" and action.start is not None and action.end is not None:
        return Running.RUNNING
    return Running.UNKNOWN
