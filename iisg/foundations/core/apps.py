"""The words without domain, as a Django app (template tags, naming)."""

import gc

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Core has no tables."""

    name = "iisg.foundations.core"
    label = "core"

    def ready(self) -> None:
        """Have Python look for cycles less often: a list makes ten thousand small objects and drops none of them.

        What is loaded by now stays for ever and is not looked at again. A page of many records takes half the time.
        """
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
