"""Colours of states and addresses of letters, `{% load membership_ui %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.urls import NoReverseMatch, reverse

from iisg.governance.membership.countries import country_called
from iisg.governance.membership.models import AssessmentState, CaseState, Fulfilled, ListState
from iisg.governance.membership.prospect_register import STATE_COLOURS
from iisg.office.letters import languages
from iisg.office.letters.models import Letter

register = template.Library()

_CASES = {
    CaseState.MEMBER: "green",
    CaseState.ASSESSED: "green",
    CaseState.LISTED: "blue",
    CaseState.DEFERRED: "amber",
    CaseState.REFUSED: "red",
    CaseState.LAPSED: "violet",
    CaseState.WITHDRAWN: "violet",
}
_ASSESSMENTS = {
    AssessmentState.SUBMITTED: "amber",
    AssessmentState.APPROVED: "green",
    AssessmentState.RETURNED: "amber",
    AssessmentState.SUPERSEDED: "violet",
}
_LISTS = {ListState.PUT: "blue", ListState.DECIDED: "green", ListState.WITHDRAWN: "violet"}
_COLOURS: dict[str, str] = {
    str(state): colour
    for colours in (STATE_COLOURS, _LISTS, _ASSESSMENTS, _CASES)
    for state, colour in colours.items()
}


@register.filter
def state_colour(state: str) -> str:
    """The colour of a state's tag; what waits for a first step is grey."""
    return _COLOURS.get(str(state), "grey")


@register.inclusion_tag("membership/take.html", takes_context=True)
def take(context: Context, action: str, text: str, of: str = "") -> dict[str, Any]:
    """A button that takes a paper along: a form, because the taking is noted; `of` is for those who hear it."""
    return {"action": action, "text": text, "of": of, "csrf_token": context.get("csrf_token")}


@register.simple_tag
def letter_address(letter: Letter) -> str:
    """Where the letter's own page is; "" in a house without pages of letters."""
    try:
        return reverse("letter", args=[letter.pk])
    except NoReverseMatch:
        return ""


@register.filter
def country(code: str) -> str:
    """The name of a country by its two letters."""
    return country_called(code)


@register.filter
def finding_colour(fulfilled: str) -> str:
    """The colour of what was found on a criterion."""
    colours = {Fulfilled.YES: "green", Fulfilled.PARTLY: "amber", Fulfilled.NO: "red"}
    return {key.value: colour for key, colour in colours.items()}.get(fulfilled, "violet")


@register.filter
def language_name(code: str) -> str:
    """A language by its code: "Albanian"."""
    return languages.language_name(code)
