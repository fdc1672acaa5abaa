"""Mapping rounds: who is asked, and who has answered."""

from django.apps import AppConfig


class CyclesConfig(AppConfig):
    """Mapping rounds: who is asked, and who has answered."""

    name = "iisg.knowledge.cycles"
    label = "cycles"
    default_auto_field = "django.db.models.BigAutoField"
