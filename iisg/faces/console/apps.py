"""The commands at the terminal."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """The commands at the terminal."""

    name = "iisg.faces.console"
    label = "console"
    default_auto_field = "django.db.models.BigAutoField"
