"""Files too large to be written while somebody waits."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.core.flow import Flow
from iisg.foundations.core.handling import Handling, Marking


class ExportState(models.TextChoices):
    """Where a file stands that the worker writes for somebody."""

    ASKED = "asked", _("being written")
    READY = "ready", _("ready")
    GIVEN_UP = "given_up", _("could not be written")


class ExportQuerySet(models.QuerySet["Export"]):
    """Questions about files that are being written."""

    def visible_to(self, reader: object) -> Self:
        """Nobody's but those that the reader has asked for."""
        return self.filter(asked_by=reader) if isinstance(reader, get_user_model()) else self.none()

    def without_content(self) -> Self:
        """Without the file itself and the list of its records, which are large."""
        return self.defer("content", "refs")


class Export(models.Model):
    """A file too large to be written while somebody waits: asked for, written by the worker, taken, forgotten."""

    handling = Handling(Marking.MEMBERS, "one day after it was written", personal=("asked_by",))
    flow = Flow(
        "state",
        {
            "keep": ((ExportState.ASKED,), ExportState.READY),
            "give_up": ((ExportState.ASKED,), ExportState.GIVEN_UP),
        },
    )

    what = models.CharField(_("register"), max_length=20)
    form = models.CharField(_("format"), max_length=8)
    chosen = models.TextField(_("chosen by"), blank=True)
    day = models.DateField(_("as it stands on"))
    refs: models.JSONField[Any, Any] = models.JSONField(_("its records"), default=list)
    records = models.PositiveIntegerField(_("number of records"))
    state = models.CharField(
        _("state"), max_length=10, choices=ExportState.choices, default=ExportState.ASKED
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports")
    asked_at = models.DateTimeField(_("asked at"))
    written_at = models.DateTimeField(_("written at"), null=True, blank=True)
    name = models.CharField(_("file"), max_length=200, blank=True)
    content = models.BinaryField(_("content"), default=b"")
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    digest = models.CharField(_("SHA-256"), max_length=64, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-asked_at", "-pk"]
        verbose_name = _("file for a reader")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state=ExportState.READY) | Q(written_at__isnull=False, size__gt=0),
                name="a_ready_file_was_written",
            )
        ]

    def __str__(self) -> str:
        return self.name or f"{self.what} ({self.form})"

    @property
    def waits(self) -> bool:
        """Whether the worker has still to write it."""
        return self.state == ExportState.ASKED

    @property
    def kept_until(self) -> datetime | None:
        """When it is forgotten; None before it is written."""
        return self.written_at + settings.EXPORT_KEPT if self.written_at else None
