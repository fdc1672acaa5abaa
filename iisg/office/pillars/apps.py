"""The three pillars and who takes part in them."""

from django.apps import AppConfig


class PillarsConfig(AppConfig):
    """The three pillars and who takes part in them."""

    name = "iisg.office.pillars"
    label = "pillars"
    default_auto_field = "django.db.models.BigAutoField"
