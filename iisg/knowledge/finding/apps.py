"""Search over all records that a reader may see."""

from django.apps import AppConfig


class FindingConfig(AppConfig):
    """Search over all records that a reader may see."""

    name = "iisg.knowledge.finding"
    label = "finding"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of changed records."""
        from iisg.knowledge.finding import receivers  # noqa: F401
