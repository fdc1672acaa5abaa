"""Summaries kept in step with the records, so that a page counts nothing that was counted before (ADR 14); large files.

No summary is a source: every row follows from records by the engine, and `iisg recount` writes them all anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import Can
from iisg.foundations.access.seeing import sees
from iisg.foundations.core.flow import Flow
from iisg.foundations.core.handling import Handling, Marking
from iisg.knowledge.actions.models import Action
from iisg.knowledge.analysis.engine.matrix import PILLARS
from iisg.knowledge.analysis.engine.rows import PARTNERS
from iisg.knowledge.needs.models import Need


class KeptQuerySet(models.QuerySet[Any]):
    """Questions about summaries."""

    power: ClassVar[Can] = Can.READ_ANALYSIS

    def visible_to(self, reader: object) -> Self:
        """Who may read what was summed up may read the summary (rules.md 7)."""
        return self if sees(reader, self.power) else self.none()

    def on(self, day: date) -> Self:
        """What holds on a day."""
        return self.filter(since__lte=day, until__gt=day)


class KeptOfActionsQuerySet(KeptQuerySet):
    """Questions about summaries of actions."""

    power = Can.READ_ACTIONS

    def reaching(self, partner: str) -> Self:
        """Of actions that reach the partner, named or as part of the region."""
        return self._with_bits("reaches", 1 << PARTNERS.index(partner))

    def reaching_any(self, partners: int) -> Self:
        """Of actions that reach one of the partners (as `bits`), or of which nobody knows whom they reach."""
        return self.alias(reached=F("reaches").bitand(partners)).filter(Q(reached__gt=0) | Q(reaches=0))

    def under_pillar(self, pillar: str) -> Self:
        """Of actions of the pillar."""
        return self._with_bits("pillars", 1 << PILLARS.index(pillar))

    def _with_bits(self, field: str, wanted: int) -> Self:
        return self.alias(**{f"{field}_shared": F(field).bitand(wanted)}).filter(**{f"{field}_shared__gt": 0})


def bits(codes: Iterable[str], order: Sequence[str]) -> int:
    """Codes as bits in their order; one that has no place there has no bit."""
    return sum(1 << order.index(code) for code in set(codes) if code in order)


class CoverageSpan(models.Model):
    """How far a need is covered for one partner from one day to another, [since, until).

    `state` and `state_named` hold while all members asked have answered, `silent_…` while one of them is silent.
    """

    handling = Handling(Marking.MEMBERS, "as its need; counted anew whenever a record changes")

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="+")
    partner = models.CharField(_("partner code"), max_length=2)
    since = models.DateField(_("from"))
    until = models.DateField(_("to, not included"))
    state = models.CharField(max_length=9)
    state_named = models.CharField(max_length=9)
    silent_state = models.CharField(max_length=9)
    silent_named = models.CharField(max_length=9)

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = _("span of coverage")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["need", "partner", "since"], name="one_answer_on_a_day"),
        ]
        indexes: ClassVar = [models.Index(fields=["until", "since"], name="coverage_on_a_day")]

    def __str__(self) -> str:
        return f"{self.need_id} {self.partner} from {self.since}: {self.state}"


class ActionSpan(models.Model):
    """Whether an action runs from one day to another, with what lists filter and count by.

    `reaches` and `pillars` are bits in the engine's order of partners and pillars; `has_sum`: at least one flow has
    an amount; `apart`: its money cannot simply be added, see `ActionSum`.
    """

    handling = Handling(Marking.MEMBERS, "as its action; counted anew whenever a record changes")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    since = models.DateField(_("from"))
    until = models.DateField(_("to, not included"))
    running = models.CharField(max_length=8)
    reaches = models.PositiveSmallIntegerField()
    pillars = models.PositiveSmallIntegerField()
    apart = models.BooleanField()
    has_sum = models.BooleanField()

    objects = KeptOfActionsQuerySet.as_manager()

    class Meta:
        verbose_name = _("span of an action")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["action", "since"], name="one_time_on_a_day"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["running", "apart", "has_sum", "until", "since", "reaches", "pillars", "action"],
                name="actions_on_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.action_id} from {self.since}: {self.running}"


class ActionSum(models.Model):
    """What an action's flows of one state and currency sum to, in hundredths, so that sums of sums are exact.

    Only for actions whose money can simply be added. Where a whole and its part both have a sum in one state, or where
    a sum is too large for sums of sums, the actions stand apart: the engine weighs them flow by flow.
    """

    handling = Handling(Marking.MEMBERS, "as its action; counted anew whenever a record changes")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=12)
    currency = models.CharField(max_length=3)
    cents = models.BigIntegerField()
    reaches = models.PositiveSmallIntegerField()
    pillars = models.PositiveSmallIntegerField()

    objects = KeptOfActionsQuerySet.as_manager()

    class Meta:
        verbose_name = _("sum of an action")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["action", "state", "currency"], name="one_sum_per_currency"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["state", "currency", "reaches", "pillars", "cents", "action"],
                name="sums_of_actions",
            )
        ]

    def __str__(self) -> str:
        return f"{self.action_id} {self.state} {self.currency}"


class Recount(models.Model):
    """When everything was last counted anew, and by which rules: the fingerprint of the engine's own lines."""

    handling = Handling(Marking.INTERNAL, "until the next recount")

    rules = models.CharField(_("fingerprint of the rules"), max_length=64)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("recount")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


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
