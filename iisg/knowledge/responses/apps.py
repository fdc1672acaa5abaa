"""Which action answers which need, and how actions relate."""

from django.apps import AppConfig


class ResponsesConfig(AppConfig):
    """Which action answers which need, and how actions relate."""

    name = "iisg.knowledge.responses"
    label = "responses"
    default_auto_field = "django.db.models.BigAutoField"
