"""One attempt to bring a letter to one addressee, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from iisg.foundations.core.flow import Flow
from iisg.foundations.core.handling import Handling, Marking
from iisg.office.letters.models.letter import Recipient


class Channel(models.TextChoices):
    """How it travels."""

    MAIL = "mail", _("e-mail")
    BY_HAND = "by_hand", _("by post, courier or hand")


class DeliveryState(models.TextChoices):
    """What is known of it. That a server took the mail does not say that somebody has it."""

    QUEUED = "queued", _("waits to be sent")
    TAKEN_UP = "taken_up", _("is being sent")
    POSTPONED = "postponed", _("not taken for now; it is tried again")
    HANDED_OVER = "handed_over", _("taken by the mail server")
    BOUNCED = "bounced", _("came back")
    REFUSED = "refused", _("refused by the mail server")
    GIVEN_UP = "given_up", _("given up after several attempts")
    RECEIVED = "received", _("received, with proof")


FAILED = (DeliveryState.BOUNCED, DeliveryState.REFUSED, DeliveryState.GIVEN_UP)
UNDER_WAY = (DeliveryState.QUEUED, DeliveryState.TAKEN_UP, DeliveryState.POSTPONED)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Questions about deliveries."""

    def newest(self) -> Self:
        """The last one of each addressee."""
        last = Delivery.objects.filter(recipient=OuterRef("recipient")).order_by("-pk").values("pk")[:1]
        return self.filter(pk=Subquery(last))

    def failed(self) -> Self:
        """Those that did not arrive."""
        return self.filter(state__in=FAILED)

    def to_be_posted(self) -> Self:
        """Those on paper that have not left the house."""
        return self.filter(channel=Channel.BY_HAND, state=DeliveryState.QUEUED)

    def stuck(self, before: datetime) -> Self:
        """Those that should have gone out before that moment and were not queued anew since, whatever the reason."""
        return self.filter(Q(queued_anew_at__isnull=True) | Q(queued_anew_at__lt=before)).filter(
            Q(state=DeliveryState.QUEUED, queued_at__lt=before)
            | Q(state=DeliveryState.TAKEN_UP, taken_up_at__lt=before)
            | Q(state=DeliveryState.POSTPONED, next_at__lt=before)
        )


class Delivery(models.Model):
    """One attempt; a letter that is sent again gets another one."""

    handling = Handling(Marking.INTERNAL, "as long as its letter", personal=("address",))

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(_("way"), max_length=8, choices=Channel.choices)
    address = models.CharField(_("address"), max_length=500)
    token = models.CharField(max_length=32, unique=True)
    state = models.CharField(_("state"), max_length=12, choices=DeliveryState.choices)
    tries = models.PositiveSmallIntegerField(_("attempts"), default=0)
    queued_at = models.DateTimeField(_("asked for at"))
    queued_anew_at = models.DateTimeField(null=True, blank=True)
    taken_up_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(_("tried again at"), null=True, blank=True)
    handed_over_at = models.DateTimeField(_("taken by the server at"), null=True, blank=True)
    settled_at = models.DateTimeField(_("known at"), null=True, blank=True)
    answer = models.CharField(_("what the server or the addressee said"), max_length=500, blank=True)

    objects = DeliveryQuerySet.as_manager()

    flow = Flow(
        "state",
        {
            "take_up": (
                (DeliveryState.QUEUED, DeliveryState.POSTPONED, DeliveryState.TAKEN_UP),
                DeliveryState.TAKEN_UP,
            ),
            "hand_over": ((DeliveryState.TAKEN_UP,), DeliveryState.HANDED_OVER),
            "postpone": ((DeliveryState.TAKEN_UP,), DeliveryState.POSTPONED),
            "give_up": ((DeliveryState.TAKEN_UP,), DeliveryState.GIVEN_UP),
            "refuse": ((DeliveryState.TAKEN_UP,), DeliveryState.REFUSED),
            "bounce": (
                (DeliveryState.TAKEN_UP, DeliveryState.POSTPONED, DeliveryState.HANDED_OVER),
                DeliveryState.BOUNCED,
            ),
            "receive": ((DeliveryState.HANDED_OVER, DeliveryState.BOUNCED), DeliveryState.RECEIVED),
        },
    )

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.HANDED_OVER) | Q(handed_over_at__isnull=False),
                name="what_was_handed_over_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.POSTPONED) | Q(next_at__isnull=False),
                name="what_is_postponed_has_its_next_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.get_state_display()}"

    @property
    def has_failed(self) -> bool:
        """Whether it did not arrive."""
        return self.state in FAILED

    @property
    def is_newest(self) -> bool:
        """Whether no later attempt was made for the same addressee."""
        return not Delivery.objects.filter(recipient=self.recipient_id, pk__gt=self.pk).exists()

    @property
    def waits_to_be_posted(self) -> bool:
        """Whether it is on paper and has not left the house."""
        return self.channel == Channel.BY_HAND and self.state == DeliveryState.QUEUED

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is expected of it by itself."""
        return self.state not in UNDER_WAY
