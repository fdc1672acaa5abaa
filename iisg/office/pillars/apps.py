"""The three pillars and who takes part in them."""

from django.apps import AppConfig


class PillarsConfig(AppConfig):
    """The three pillars, their focal points and core lead partners."""

    name = "iisg.office.pillars"
    label = "pillars"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make known the letters about focal points."""
        from iisg.office.pillars import letter_kinds  # noqa: F401
