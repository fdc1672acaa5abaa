"""Access as a Django app: no tables, one system check."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Registers the check that every address has a door."""

    name = "iisg.foundations.access"
    label = "access"

    def ready(self) -> None:
        """Hang the check."""
        from iisg.foundations.access import checks  # noqa: F401
