"""Sealed events: each carries the digest of the one before it, so that a change anywhere shows."""

from __future__ import annotations

import hashlib
import json
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from iisg.foundations.core.handling import Handling, Marking

FIRST = "0" * 64


class Event(models.Model):
    """One deed in the house, written in the same transaction as the deed itself."""

    handling = Handling(
        Marking.INTERNAL, "for ever; text references outlive their subjects", personal=("by",)
    )

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    name = models.CharField(_("event"), max_length=80)
    by = models.CharField(_("by"), max_length=200)
    on = models.CharField(_("on"), max_length=200, db_index=True)
    at = models.DateTimeField(_("at"))
    facts: models.JSONField[dict[str, object], dict[str, object]] = models.JSONField(_("facts"), default=dict)
    previous = models.CharField(_("digest of the event before"), max_length=64)
    digest = models.CharField(_("digest"), max_length=64, unique=True)

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = _("event")

    def __str__(self) -> str:
        return f"{self.number} {self.name} {self.on}"

    def seal(self) -> str:
        """SHA-256 over the canonical JSON of everything but the digest itself."""
        content = {
            "number": self.number,
            "name": self.name,
            "by": self.by,
            "on": self.on,
            "at": self.at.isoformat(),
            "facts": self.facts,
            "previous": self.previous,
        }
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


class Head(models.Model):
    """The one row that every writer locks, so that events form one chain."""

    handling = Handling(Marking.INTERNAL, "one row, always the newest")

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=FIRST)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="one_head_only")]

    def __str__(self) -> str:
        return f"head {self.number}"
