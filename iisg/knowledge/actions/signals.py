"""What the floors above hear of actions, inside the transaction of the deed."""

from __future__ import annotations

from django.dispatch import Signal

actions_changed = Signal()
"""Actions were recorded, changed or placed in the framework. Sends `keys`: their primary keys."""
