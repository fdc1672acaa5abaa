"""Coverage, gaps, overlaps and suggestions."""

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    """Coverage, gaps, overlaps and suggestions."""

    name = "iisg.knowledge.analysis"
    label = "analysis"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what the apps below announce."""
        from iisg.knowledge.analysis import receivers  # noqa: F401
