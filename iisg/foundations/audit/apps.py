"""Append-only sealed events."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Append-only sealed events."""

    name = "iisg.foundations.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
