"""The silent written procedure as it is kept: what was frozen, its periods and notices, what each seat said."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import Can
from iisg.foundations.access.seeing import sees
from iisg.foundations.core.flow import Flow
from iisg.foundations.core.handling import Handling, Marking
from iisg.governance.board.models.proposal import Proposal, ProposalText
from iisg.governance.board.models.ruling import RuleSet
from iisg.governance.board.models.seat import Capacity, Seat
from iisg.governance.board.silence import Value
from iisg.office.letters.models import Letter


class SilenceState(models.TextChoices):
    """What is recorded of a procedure; where it stands at a moment follows from its log."""

    OPEN = "open", _("open")
    SUSPENDED = "suspended", _("suspended: the clock stands still")
    ADOPTED = "adopted", _("adopted by silence")
    BROKEN = "broken", _("silence broken")
    MOVED = "moved_to_meeting", _("moved to a meeting")
    WITHDRAWN = "withdrawn", _("withdrawn")


RUNNING = (SilenceState.OPEN, SilenceState.SUSPENDED)


class SilenceQuerySet(models.QuerySet["Silence"]):
    """Questions about procedures."""

    def visible_to(self, reader: object) -> Self:
        """To readers of the Board's papers."""
        return self if sees(reader, Can.READ_LISTS) else self.none()

    def running(self) -> Self:
        """Open or suspended."""
        return self.filter(state__in=RUNNING)

    def with_log(self) -> Self:
        """With everything from which the outcome follows, in a constant number of queries."""
        return self.select_related("proposal", "text__version", "rules").prefetch_related(
            "roster__seat__organisation",
            "periods__proofs",
            "periods__notice__recipients__deliveries",
            "positions",
        )


class Silence(models.Model):
    """One silent written procedure on one frozen text; a new text is a new procedure."""

    handling = Handling(Marking.MEMBERS, "for ever")

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="silences")
    text = models.ForeignKey(ProposalText, on_delete=models.PROTECT, related_name="silences")
    digest = models.CharField(_("SHA-256 of the text"), max_length=64)
    rules = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="silences")
    urgency = models.TextField(_("why it is urgent"), blank=True)
    state = models.CharField(_("state"), max_length=16, choices=SilenceState.choices)
    opened_at = models.DateTimeField(_("opened at"))
    extended_at = models.DateTimeField(_("extended at"), null=True, blank=True)
    extended_from = models.DateTimeField(_("end before the extension"), null=True, blank=True)
    extension_reason = models.TextField(_("why it was extended"), blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    moved_at = models.DateTimeField(_("moved to a meeting at"), null=True, blank=True)
    reason = models.TextField(_("reason of the end"), blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = SilenceQuerySet.as_manager()

    flow = Flow(
        "state",
        {
            "suspend": ((SilenceState.OPEN,), SilenceState.SUSPENDED),
            "resume": ((SilenceState.SUSPENDED,), SilenceState.OPEN),
            "adopt": ((SilenceState.OPEN,), SilenceState.ADOPTED),
            "break": (RUNNING, SilenceState.BROKEN),
            "move": (RUNNING, SilenceState.MOVED),
            "withdraw": (RUNNING, SilenceState.WITHDRAWN),
        },
    )

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("silent written procedure")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(state__in=RUNNING), name="one_silence_on_a_proposal"
            ),
            models.CheckConstraint(
                condition=Q(state__in=RUNNING, ended_at__isnull=True)
                | (~Q(state__in=RUNNING) & Q(ended_at__isnull=False)),
                name="an_ended_silence_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(extended_at__isnull=True)
                | (Q(extended_from__isnull=False) & ~Q(extension_reason="")),
                name="an_extension_has_its_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(SilenceState.WITHDRAWN,)) | ~Q(reason=""),
                name="a_withdrawal_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal.ref}, silence since {self.opened_at:%Y-%m-%d}"

    @property
    def ref(self) -> str:
        """It goes by its own number below the proposal's reference."""
        return f"{self.proposal.ref}.{self.pk}"

    @property
    def period(self) -> Period:
        """The period that runs, or ran last."""
        return max(self.periods.all(), key=lambda one: one.number)

    @property
    def ends_at(self) -> datetime:
        """The end of the last period."""
        return self.period.ends_at

    @property
    def is_running(self) -> bool:
        """Whether no end is recorded."""
        return self.state in RUNNING


class Rostered(models.Model):
    """A seat as it was frozen at the opening: its representative and alternates of that day."""

    handling = Handling(Marking.INTERNAL, "for ever", personal=("representative", "email", "alternates"))

    silence = models.ForeignKey(Silence, on_delete=models.PROTECT, related_name="roster")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="rostered")
    representative = models.CharField(_("representative"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    alternates: models.JSONField[list[list[str]], list[list[str]]] = models.JSONField(
        _("alternates"), default=list
    )

    objects = models.Manager()

    class Meta:
        ordering: ClassVar = ["seat__organisation__name"]
        verbose_name = _("seat of a procedure")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["silence", "seat"], name="a_seat_stands_once_in_a_procedure")
        ]

    def __str__(self) -> str:
        return str(self.seat)


class Period(models.Model):
    """A period in which silence runs, with the notice that opened it."""

    handling = Handling(Marking.INTERNAL, "for ever")

    silence = models.ForeignKey(Silence, on_delete=models.PROTECT, related_name="periods")
    number = models.PositiveSmallIntegerField(_("number"))
    began_at = models.DateTimeField(_("began at"))
    ends_at = models.DateTimeField(_("ends at"))
    notice = models.ForeignKey(
        Letter, on_delete=models.PROTECT, null=True, blank=True, related_name="opened_periods"
    )
    reason = models.TextField(_("why a new period"), blank=True)
    stopped_at = models.DateTimeField(_("clock stopped at"), null=True, blank=True)
    stopped_for: models.JSONField[list[str], list[str]] = models.JSONField(
        _("seats without notice"), default=list
    )
    reminded: models.JSONField[list[str], list[str]] = models.JSONField(_("reminders sent"), default=list)

    objects = models.Manager()

    class Meta:
        ordering: ClassVar = ["silence", "number"]
        verbose_name = _("period of a procedure")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["silence", "number"], name="one_period_per_number"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("began_at")), name="a_period_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d} to {self.ends_at:%Y-%m-%d}"


class How(models.TextChoices):
    """How it is known that a notice arrived, other than by the mail server's word."""

    READ = "read", _("read on the platform")
    SPOKE = "spoke", _("the seat took a position")
    RECORDED = "recorded", _("recorded by the Secretariat")


class Proof(models.Model):
    """That a seat has the notice of a period, by another way than the mail server's word (rules.md 3.3)."""

    handling = Handling(Marking.INTERNAL, "for ever", personal=("by_label",))

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="proofs")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="proofs")
    how = models.CharField(_("how"), max_length=8, choices=How.choices)
    note = models.CharField(_("proof"), max_length=500, blank=True)
    by_label = models.CharField(_("by"), max_length=200)
    at = models.DateTimeField(_("at"))

    objects = models.Manager()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        verbose_name = _("proof of notice")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["period", "seat", "how"], name="one_proof_of_a_kind"),
            models.CheckConstraint(
                condition=~Q(how=How.RECORDED) | ~Q(note=""), name="a_recorded_proof_says_what_it_is"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.get_how_display()}"


_VALUE_WORDS = {
    Value.AGREE: _("agrees"),
    Value.NO_OBJECTION: _("no objection, with a comment"),
    Value.OBJECTION: _("objects"),
    Value.AMENDMENT: _("asks for an amendment"),
    Value.ASK_FOR_MEETING: _("asks for a meeting"),
    Value.RECUSE: _("takes no part"),
}


class Spoken(models.TextChoices):
    """In which capacity somebody speaks for a seat; an officer on behalf is always shown as such."""

    REPRESENTATIVE = Capacity.REPRESENTATIVE
    ALTERNATE = Capacity.ALTERNATE
    ON_BEHALF = "on_behalf", _("typed by the Secretariat on its behalf")


class Position(models.Model):
    """What a seat said, once and for ever: a new word is a new position, and the newest in time counts."""

    handling = Handling(Marking.INTERNAL, "for ever", personal=("speaker", "typed_by_label"))

    silence = models.ForeignKey(Silence, on_delete=models.PROTECT, related_name="positions")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="positions")
    value = models.CharField(
        _("position"), max_length=16, choices=[(str(k), v) for k, v in _VALUE_WORDS.items()]
    )
    reason = models.TextField(_("reason or comment"), max_length=5000, blank=True)
    capacity = models.CharField(_("capacity"), max_length=14, choices=Spoken.choices)
    speaker = models.CharField(_("speaker"), max_length=150)
    typed_by_label = models.CharField(_("typed by"), max_length=200)
    digest = models.CharField(_("SHA-256 of the text"), max_length=64)
    at = models.DateTimeField(_("at"))
    late = models.BooleanField(_("came after the end"), default=False)

    objects = models.Manager()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        verbose_name = _("position")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(value__in=(Value.OBJECTION, Value.AMENDMENT)) | ~Q(reason=""),
                name="an_objection_has_its_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.get_value_display()}"
