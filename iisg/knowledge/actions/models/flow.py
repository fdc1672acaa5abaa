"""Money as flows: who to whom, how much or not known, pledged, committed, spent or in kind (rules.md 6)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.core.handling import Handling, Marking
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.models.action import Action


class FlowState(models.TextChoices):
    """How firm the money is; pledges never count with the rest, incoming money is what the reporter received."""

    PLEDGE = "pledge", _("pledge")
    COMMITTED = "committed", _("committed")
    SPENT = "spent", _("spent")
    IN_KIND = "in_kind", _("in kind")
    INCOMING = "incoming", _("received by the reporter")


class Flow(models.Model):
    """One sum as reported; `amount` empty means not known and is never counted as zero.

    Where several reports tell of the same money, one is chosen and the others are a `report_of` it (rules.md 6.1).
    """

    handling = Handling(Marking.MEMBERS, "as its action")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="flows")
    order = models.PositiveIntegerField(default=0)
    state = models.CharField(_("state"), max_length=12, choices=FlowState.choices)
    kind = models.CharField(_("kind of figure"), max_length=20, default="total")
    amount = models.DecimalField(_("amount"), max_digits=20, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    source = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="flows_out",
        verbose_name=_("from"),
    )
    source_printed = models.CharField(_("from, as printed"), max_length=300, blank=True)
    destination = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="flows_in",
        verbose_name=_("to"),
    )
    destination_printed = models.CharField(_("to, as printed"), max_length=300, blank=True)
    happened_on = models.DateField(_("on"), null=True, blank=True)
    happened_printed = models.CharField(_("on, as printed"), max_length=60, blank=True)
    period_from = models.DateField(_("period from"), null=True, blank=True)
    period_to = models.DateField(_("period to"), null=True, blank=True)
    reporter = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="flows_reported",
        verbose_name=_("reported by"),
    )
    printed = models.CharField(_("as printed"), max_length=120, blank=True)
    valued_on = models.DateField(_("value date, for the exchange rate"), null=True, blank=True)
    source_activity = models.CharField(_("action that it comes from"), max_length=250, blank=True)
    destination_activity = models.CharField(_("action that it goes to"), max_length=250, blank=True)
    sectors = models.TextField(_("sector codes of its own"), blank=True)
    recipients = models.TextField(_("places of its own"), blank=True)
    report_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("another report of"),
    )
    report_reason = models.CharField(_("why it is the same money"), max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        verbose_name = _("flow")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["action", "order"], name="one_flow_per_line"),
            models.CheckConstraint(condition=~Q(report_of=F("pk")), name="no_flow_reports_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.amount}" if self.amount is not None else "amount not known"
