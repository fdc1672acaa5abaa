"""Append-only sealed events."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class AuditConfig(AppConfig):
    """Append-only sealed events."""

    name = "iisg.foundations.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The database guards the log from its first connection on."""
        from iisg.foundations.audit import guards

        connection_created.connect(guards.watch)
        pre_migrate.connect(guards.before_migrations, sender=self)
        post_migrate.connect(guards.after_migrations, sender=self)
