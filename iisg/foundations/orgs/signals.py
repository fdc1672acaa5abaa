"""What the floors above hear of organisations, inside the transaction of the deed."""

from __future__ import annotations

from django.dispatch import Signal

organisations_changed = Signal()
"""Bodies were entered, changed, or learnt a name.

Sends `keys`, their primary keys, and `renamed`: whether the names that records show of them may have changed too.
"""
