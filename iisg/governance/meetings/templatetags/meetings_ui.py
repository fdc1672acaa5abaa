"""Colours of states, kinds and outcomes, `{% load meetings_ui %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from iisg.governance.meetings.models import Consulted, MeetingState, Outcome, Presence

register = template.Library()

_COLOURS = {
    MeetingState.PLANNED: "grey",
    MeetingState.CONVENED: "blue",
    MeetingState.AGENDA_ADOPTED: "blue",
    MeetingState.HELD: "amber",
    MeetingState.DRAFTED: "amber",
    MeetingState.CIRCULATED: "amber",
    MeetingState.APPROVED: "green",
    MeetingState.CLOSED: "green",
    MeetingState.CANCELLED: "violet",
    Outcome.ADOPTED: "green",
    Outcome.NOT_ADOPTED: "red",
    Outcome.NOTED: "blue",
    Outcome.POSTPONED: "amber",
    Presence.PRESENT: "green",
    Presence.EXCUSED: "amber",
    Presence.ABSENT: "red",
    Presence.EXPECTED: "grey",
    Consulted.YES: "green",
    Consulted.NO: "amber",
}
_BY_VALUE = {str(key.value): colour for key, colour in _COLOURS.items()}


@register.filter
def meeting_colour(value: str) -> str:
    """The colour of a state, an outcome, a presence, a consultation."""
    return _BY_VALUE.get(str(value), "grey")


@register.inclusion_tag("meetings/take.html", takes_context=True)
def take_along(context: Context, action: str, text: str, of: str = "") -> dict[str, Any]:
    """A button that takes a file along: a form, because the taking is noted; `of` is for those who hear it."""
    return {"action": action, "text": text, "of": of, "csrf_token": context.get("csrf_token")}
