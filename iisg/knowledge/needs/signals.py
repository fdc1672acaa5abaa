"""What the floors above hear of needs, inside the transaction of the deed."""

from __future__ import annotations

from django.dispatch import Signal

needs_changed = Signal()
"""Needs were recorded, changed or placed in the framework. Sends `keys`: their primary keys."""
