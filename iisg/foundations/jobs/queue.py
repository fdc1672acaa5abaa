"""`later`: a job that is stored in the transaction of its deed and runs after it, or not at all with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.module_loading import import_string


def later(job: str, **arguments: Any) -> None:
    """Put a job, named by its dotted path ("iisg.….jobs.examine"), into the queue of our own database.

    The queue's row is written by the transaction under way, so that a deed that fails leaves no job behind. The name
    lets an operation ask for a job that will call operations again. Arguments are plain values: ids, never records.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A job is queued inside the transaction of its deed.")
    import_string(job).enqueue(**arguments)


def later_than(moment: datetime, job: str, **arguments: Any) -> None:
    """The same for a job that runs at the earliest at that moment."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A job is queued inside the transaction of its deed.")
    import_string(job).using(run_after=moment).enqueue(**arguments)
