"""Meetings of every body: announced, invited to, held, minuted."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings, agendas, attendance, minutes, action points, calendar feeds."""

    name = "iisg.governance.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Make known the letters about meetings."""
        from iisg.governance.meetings import letter_kinds  # noqa: F401
