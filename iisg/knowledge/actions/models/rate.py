"""Exchange rates that were imported: InforEuro by the month, national banks for what the ECB leaves out."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.core.handling import Handling, Marking


class ExchangeRate(models.Model):
    """Units of a currency for one euro, from a day on, with its source; the ECB's own come with the program."""

    handling = Handling(Marking.PUBLIC, "for ever: sums of the past rest on it")

    currency = models.CharField(_("currency"), max_length=3)
    day = models.DateField(_("from the day"))
    per_euro = models.DecimalField(_("units for one euro"), max_digits=18, decimal_places=8)
    source = models.CharField(_("source"), max_length=80)
    received_at = models.DateTimeField(_("received at"))

    class Meta:
        ordering: ClassVar = ["currency", "day", "source"]
        verbose_name = _("exchange rate")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["currency", "day", "source"], name="a_rate_once_per_day_and_source"
            ),
            models.CheckConstraint(condition=Q(per_euro__gt=0), name="a_rate_is_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.per_euro.normalize():f} ({self.source}, {self.day})"
