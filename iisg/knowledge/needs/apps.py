"""The framework and the partners' needs under it."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """The framework and the partners' needs under it."""

    name = "iisg.knowledge.needs"
    label = "needs"
    default_auto_field = "django.db.models.BigAutoField"
