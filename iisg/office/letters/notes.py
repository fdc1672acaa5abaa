"""A mail of which the house keeps nothing: no letter, no delivery, no job, no line in a log."""

from __future__ import annotations

from iisg.office.letters import effects


def send_note(address: str, subject: str, text: str) -> bool:
    """Hand it to the mail server now; False where the server does not take it, whatever the reason."""
    return effects.post_note(address, subject, text).fate is effects.Fate.TAKEN
