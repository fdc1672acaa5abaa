"""Who asked for a link lately, so that nobody can flood a mailbox or the house; it names nobody."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from iisg.foundations.core.handling import Handling, Marking


class KnockQuerySet(models.QuerySet["Knock"]):
    """Questions about knocks."""

    def since(self, moment: datetime) -> Self:
        """Those after a moment."""
        return self.filter(at__gt=moment)

    def of(self, marks: list[str]) -> Self:
        """Those of one address or network, by its fingerprints."""
        return self.filter(mark__in=marks)


class Knock(models.Model):
    """One request for a link, by a fingerprint of an address or of a network whose salt changes every day."""

    handling = Handling(Marking.INTERNAL, "one day")

    mark = models.CharField(_("fingerprint"), max_length=64, db_index=True)
    at = models.DateTimeField(_("at"), db_index=True)

    objects = KnockQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a link")
        ordering: ClassVar = ["at"]

    def __str__(self) -> str:
        return self.mark[:8]
