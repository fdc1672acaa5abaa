"""A document and its versions: content, digest, who made it and when; a version never changes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.core.handling import Handling, Marking


class Origin(models.TextChoices):
    """Where a version comes from."""

    MADE = "made", _("made by the house")
    RECEIVED = "received", _("received")


class Document(models.Model):
    """A paper by its title; what it says stands in its versions."""

    handling = Handling(Marking.INTERNAL, "as long as the record that it belongs to")

    title = models.CharField(_("title"), max_length=250)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("document")

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """One state of a document, byte by byte, with its SHA-256 digest in hexadecimal."""

    handling = Handling(Marking.INTERNAL, "as long as its document", personal=("made_by_label",))

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    file_name = models.CharField(_("file"), max_length=200)
    content_type = models.CharField(_("type"), max_length=100)
    content = models.BinaryField(_("content"))
    size = models.PositiveIntegerField(_("size in bytes"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices)
    made_at = models.DateTimeField(_("made at"))
    made_by_label = models.CharField(_("made by"), max_length=200)

    class Meta:
        ordering: ClassVar = ["document", "number"]
        verbose_name = _("version")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="one_version_per_number"),
            models.CheckConstraint(condition=Q(size__gt=0), name="no_empty_version"),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.number})"
