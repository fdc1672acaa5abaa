"""What the floors above hear of membership, inside the transaction of the deed."""

from __future__ import annotations

from django.dispatch import Signal

case_moved = Signal()
"""A case is in another state: sends `case` and `at`."""
