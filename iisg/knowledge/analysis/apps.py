"""Coverage, gaps, overlaps and suggestions."""

from importlib import import_module

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    """Coverage, gaps, overlaps and suggestions."""

    name = "iisg.knowledge.analysis"
    label = "analysis"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to the floor below."""
        import_module("iisg.knowledge.analysis.receivers")
