"""What everybody may see."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """What everybody may see."""

    name = "iisg.faces.public"
    label = "public"
    default_auto_field = "django.db.models.BigAutoField"
