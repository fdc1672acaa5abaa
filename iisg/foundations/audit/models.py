"""Sealed events: leaves of a Merkle tree and links of a chain, so that a change anywhere shows; signed checkpoints."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from iisg.foundations.audit.sealing import commitments, leaf_text, link, salt_of, values_of
from iisg.foundations.audit.tree import Frontier, leaf_hash
from iisg.foundations.core.handling import Handling, Marking

FIRST = "0" * 64


class Event(models.Model):
    """One deed in the house, written in the same transaction as the deed itself.

    What may be personal (`by`, each fact) goes into the log as a salted commitment only: value and salt can be
    forgotten, the proofs hold without them. All salts come from one seed per event; once something is forgotten the
    seed is gone and a Remainder holds the other salts.
    """

    handling = Handling(
        Marking.INTERNAL,
        "for ever; text references outlive their subjects, values can be forgotten",
        personal=("by", "facts"),
    )

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    name = models.CharField(_("event"), max_length=80)
    by = models.CharField(_("by"), max_length=200)
    on = models.CharField(_("on"), max_length=200, db_index=True)
    at = models.DateTimeField(_("at"))
    facts: models.JSONField[dict[str, object], dict[str, object]] = models.JSONField(_("facts"), default=dict)
    seed = models.CharField(_("secret of the seals"), max_length=32, blank=True)
    leaf = models.CharField(_("leaf of the tree"), max_length=64)
    digest = models.CharField(_("digest"), max_length=64, unique=True)

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = _("event")

    def __str__(self) -> str:
        return f"{self.number} {self.name} {self.on}"

    def text(self) -> str:
        """The entry as it goes into the tree."""
        return leaf_text(self.number, self.name, self.on, self.at, self.commitments())

    def seal(self, previous: str) -> None:
        """Sets leaf and digest from everything else and from the digest of the event before."""
        self.leaf = leaf_hash(self.text().encode()).hex()
        self.digest = link(previous, self.leaf)

    def commitments(self) -> dict[str, str]:
        """Commitment of each sealed value, by name: `by`, `facts.sum`."""
        return commitments(self.seed, self.values()) if self.seed else self.remainder.sealed

    def salts(self) -> dict[str, str]:
        """Salt of each value that was not forgotten."""
        return (
            {name: salt_of(self.seed, name) for name in self.values()} if self.seed else self.remainder.salts
        )

    def values(self) -> dict[str, object]:
        """The sealed values in clear; what was forgotten is empty."""
        return values_of(self.by, self.facts)

    @cached_property
    def remainder(self) -> Remainder:
        """What is left of the seals after something was forgotten; empty where somebody took it away."""
        return Remainder.objects.filter(number=self.number).first() or Remainder(number=self.number)


class Remainder(models.Model):
    """The seals of an event of which something was forgotten: all commitments, and the salts of what is still there."""

    handling = Handling(Marking.INTERNAL, "for ever; proves an event without its forgotten values")

    number = models.PositiveBigIntegerField(_("number of the event"), unique=True)
    sealed: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(
        _("commitments"), default=dict
    )
    salts: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(_("salts"), default=dict)

    class Meta:
        verbose_name = _("remainder of an event")

    def __str__(self) -> str:
        return f"remainder of event {self.number}"


class Head(models.Model):
    """The one row that every writer locks, so that events form one chain and one tree."""

    handling = Handling(Marking.INTERNAL, "one row, always the newest")

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=FIRST)
    peaks: models.JSONField[list[str], list[str]] = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="one_head_only")]

    def __str__(self) -> str:
        return f"head {self.number}"

    def frontier(self) -> Frontier:
        """The tree, as far as appending needs it."""
        return Frontier(self.number, map(bytes.fromhex, self.peaks))


class Checkpoint(models.Model):
    """The log's signed word on how many events there are and which root they have; members keep copies."""

    handling = Handling(Marking.PUBLIC, "for ever; says nothing but size and root")

    size = models.PositiveBigIntegerField(_("number of events"), unique=True)
    root = models.CharField(_("root"), max_length=64)
    note = models.TextField(_("signed note"))
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering: ClassVar = ["size"]
        verbose_name = _("checkpoint")

    def __str__(self) -> str:
        return f"checkpoint {self.size}"


class LogKey(models.Model):
    """A public key with which the log signs or has signed; old ones stay, so that old checkpoints verify."""

    handling = Handling(Marking.PUBLIC, "for ever")

    written = models.CharField(_("name+hash+key"), max_length=300, unique=True)
    since = models.DateTimeField(_("since"))

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("key of the log")

    def __str__(self) -> str:
        return self.written
