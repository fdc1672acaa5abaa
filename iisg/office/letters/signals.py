"""What the floors above hear of letters, inside the transaction of the deed."""

from __future__ import annotations

from django.dispatch import Signal

delivery_settled = Signal()
"""It is known what became of a delivery: sends `delivery` and `at`."""

letter_settled = Signal()
"""A letter was answered or closed: sends `letter` and `at`."""
