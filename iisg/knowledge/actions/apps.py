"""Who does what, where, when and for how much; files in."""

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """Who does what, where, when and for how much; files in."""

    name = "iisg.knowledge.actions"
    label = "actions"
    default_auto_field = "django.db.models.BigAutoField"
