"""Coverage, gaps, overlaps and suggestions."""

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    """Coverage, gaps, overlaps and suggestions."""

    name = "iisg.knowledge.analysis"
    label = "analysis"
    default_auto_field = "django.db.models.BigAutoField"
