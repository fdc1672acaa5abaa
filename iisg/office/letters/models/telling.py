"""What the Secretariat words and decides itself: the wording of a kind of letter, and who is told of what."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from iisg.foundations.core.handling import Handling, Marking


class KindWording(models.Model):
    """The Secretariat's own wording of a kind of letter in one language; without one the house's own is used."""

    handling = Handling(Marking.INTERNAL, "until it is worded anew; letters keep their text")

    kind = models.SlugField(_("kind"), max_length=60)
    language = models.CharField(_("language"), max_length=10)
    subject = models.CharField(_("subject"), max_length=250)
    body = models.TextField(_("text"))
    changed_at = models.DateTimeField(_("changed at"))
    changed_by_label = models.CharField(_("changed by"), max_length=200)

    class Meta:
        ordering: ClassVar = ["kind", "language"]
        verbose_name = _("wording")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "language"], name="one_wording_per_kind_and_language")
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language})"


class Told(models.Model):
    """One line of the table "who is told of what": an occasion, a circle of addressees, and whether it is told."""

    handling = Handling(Marking.INTERNAL, "as long as the occasion exists")

    occasion = models.SlugField(_("occasion"), max_length=60)
    circle = models.SlugField(_("circle"), max_length=60)
    active = models.BooleanField(_("is told"))
    as_copy = models.BooleanField(_("in copy"), default=False)
    changed_at = models.DateTimeField(_("changed at"))
    changed_by_label = models.CharField(_("changed by"), max_length=200)

    class Meta:
        ordering: ClassVar = ["occasion", "circle"]
        verbose_name = _("line of who is told")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["occasion", "circle"], name="one_line_per_occasion_and_circle")
        ]

    def __str__(self) -> str:
        return f"{self.occasion}: {self.circle}"
