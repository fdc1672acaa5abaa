"""Which action answers which need, and how actions relate."""

from importlib import import_module

from django.apps import AppConfig


class ResponsesConfig(AppConfig):
    """Which action answers which need, and how actions relate."""

    name = "iisg.knowledge.responses"
    label = "responses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to the floor below."""
        import_module("iisg.knowledge.responses.receivers")
