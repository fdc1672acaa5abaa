"""What members work on."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """What members work on."""

    name = "iisg.faces.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
