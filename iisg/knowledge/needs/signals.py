"""What happened to needs, told to the floors above."""

from django.dispatch import Signal

needs_changed = Signal()
"""Needs were recorded or changed, or stand elsewhere in the framework; `keys`: their primary keys."""
