"""The words without domain, as a Django app (template tags, naming)."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Core has no tables."""

    name = "iisg.foundations.core"
    label = "core"
