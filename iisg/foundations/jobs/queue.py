"""`later`: a job that is stored in the transaction of its deed and runs after it, or not at all with it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django_tasks import Task


def later(job: Task[..., Any], **arguments: Any) -> None:
    """Put a job (a function decorated by django_tasks.task) into the queue of our own database.

    The queue's row is written by the transaction under way, so that a deed that fails leaves no job behind.
    Arguments are plain values: ids, never records.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A job is queued inside the transaction of its deed.")
    job.enqueue(**arguments)
