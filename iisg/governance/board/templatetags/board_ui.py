"""Colours of states, `{% load board_ui %}`."""

from __future__ import annotations

from django import template

from iisg.governance.board.models import ProposalState

register = template.Library()

_PROPOSALS = {
    ProposalState.BEFORE_BOARD: "blue",
    ProposalState.ADOPTED: "green",
    ProposalState.NOT_ADOPTED: "red",
    ProposalState.WITHDRAWN: "violet",
}
_COLOURS: dict[str, str] = {str(state): colour for state, colour in _PROPOSALS.items()}


@register.filter
def proposal_colour(state: str) -> str:
    """The colour of a state's tag; a draft is grey."""
    return _COLOURS.get(str(state), "grey")
