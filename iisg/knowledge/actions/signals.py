"""What happened to actions, told to the floors above."""

from django.dispatch import Signal

actions_changed = Signal()
"""Actions were recorded or changed, one by one or by a whole file; `keys`: their primary keys."""
