"""The Board: seats, proposals, silent written procedure, decisions."""

from django.apps import AppConfig


class BoardConfig(AppConfig):
    """Seven seats, their terms, what is put to them and what they decide."""

    name = "iisg.governance.board"
    label = "board"

    def ready(self) -> None:
        """Make known the Board's letters, and listen to what becomes of notices."""
        from iisg.governance.board import feed, letter_kinds, receivers  # noqa: F401
