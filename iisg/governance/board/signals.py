"""What the floors above hear of the Board, inside the transaction of the deed."""

from __future__ import annotations

from django.dispatch import Signal

decision_taken = Signal()
"""The Board has decided: sends `decision` and `at`."""

silence_ended = Signal()
"""A silent written procedure ended without a decision: sends `silence` and `at`."""
