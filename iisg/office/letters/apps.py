"""Correspondence: numbered letters in and out, what became of each, who is told of what."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """The registers of letters."""

    name = "iisg.office.letters"
    label = "letters"

    def ready(self) -> None:
        """Make the kinds of letter known that the office itself writes."""
        from iisg.office.letters import own_kinds  # noqa: F401
