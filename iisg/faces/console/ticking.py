"""What is due by time: the functions that each app names in its `clock.py` as DUE, called one after the other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.db import close_old_connections, connection

logger = logging.getLogger(__name__)

Due = Callable[[datetime], object]


def due() -> Iterator[tuple[str, Due]]:
    """Every function that time calls, with its name, in the order of the house's apps."""
    for app in settings.HOUSE_APPS:
        if find_spec(f"{app}.clock") is not None:
            for function in import_module(f"{app}.clock").DUE:
                yield f"{app}.clock.{function.__name__}", function


def strike(at: datetime) -> list[str]:
    """Call each once; one that fails is logged and stops no other. Names of those that failed."""
    failed = []
    for name, function in due():
        try:
            function(at)
        except Exception:
            logger.exception("%s failed; it is called again at the next turn", name)
            failed.append(name)
            if not connection.in_atomic_block:
                close_old_connections()
    return failed
