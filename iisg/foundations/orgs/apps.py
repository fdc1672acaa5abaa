"""Organisations, their names, and the fact of membership over time."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    """Organisations, their names, and the fact of membership over time."""

    name = "iisg.foundations.orgs"
    label = "orgs"
    default_auto_field = "django.db.models.BigAutoField"
