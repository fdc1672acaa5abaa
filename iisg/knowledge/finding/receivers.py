"""The index hears of changed records and follows in the same transaction."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.dispatch import receiver

from iisg.foundations.orgs.signals import organisations_changed
from iisg.knowledge.actions.signals import actions_changed
from iisg.knowledge.finding import keeping
from iisg.knowledge.finding.models import EntryKind
from iisg.knowledge.needs.signals import needs_changed


@receiver(organisations_changed)
def follow_bodies(sender: Any, keys: Collection[int], renamed: bool, **more: Any) -> None:
    """Their own entries, and those of the records that show their names."""
    keeping.index(EntryKind.ORGANISATION, keys)
    if renamed:
        keeping.index_named(keys)


@receiver(needs_changed)
def follow_needs(sender: Any, keys: Collection[int], **more: Any) -> None:
    """Their entries."""
    keeping.index(EntryKind.NEED, keys)


@receiver(actions_changed)
def follow_actions(sender: Any, keys: Collection[int], **more: Any) -> None:
    """Their entries."""
    keeping.index(EntryKind.ACTION, keys)
