"""A meeting of one of the bodies, its states, and every date that was ever announced for it (rules.md 4)."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.roles import Can, PillarCode
from iisg.foundations.access.seeing import sees
from iisg.foundations.core.flow import Flow
from iisg.foundations.core.handling import Handling, Marking
from iisg.foundations.orgs.models import Organisation, OrganisationKind


class Body(models.TextChoices):
    """Who meets (methodology 1; S3 to S6)."""

    BOARD = "board", _("Board")
    WORKING_GROUP = "working_group", _("Working Group of the partners")
    SUPPORT_GROUP = "support_group", _("Support Group, formation of a pillar")
    CROSS_PILLAR = "cross_pillar", _("Support Group, all pillars together")


class Form(models.TextChoices):
    """How one takes part."""

    IN_PERSON = "in_person", _("in person")
    HYBRID = "hybrid", _("in person and online")
    ONLINE = "online", _("online")


class MeetingState(models.TextChoices):
    """Where a meeting stands."""

    PLANNED = "planned", _("planned")
    CONVENED = "convened", _("convened")
    AGENDA_ADOPTED = "agenda_adopted", _("agenda adopted")
    HELD = "held", _("held")
    DRAFTED = "drafted", _("minutes drafted")
    CIRCULATED = "circulated", _("minutes circulated")
    APPROVED = "approved", _("minutes approved")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")


class ApprovedBy(models.TextChoices):
    """How minutes are approved."""

    MEETING = "meeting", _("at the next meeting")
    SILENCE = "silence", _("by silence")


_STATES = MeetingState
AHEAD = (_STATES.PLANNED, _STATES.CONVENED, _STATES.AGENDA_ADOPTED)
TO_BE_PLACED_ON = (_STATES.PLANNED, _STATES.CONVENED)
"""States in which an item is placed as it comes; once the agenda is adopted it is a late item."""
PAST = (_STATES.HELD, _STATES.DRAFTED, _STATES.CIRCULATED, _STATES.APPROVED, _STATES.CLOSED)
MINUTES_OUT = (_STATES.CIRCULATED, _STATES.APPROVED, _STATES.CLOSED)
ZONES = (
    "Europe/Brussels", "Europe/Belgrade", "Europe/Ljubljana", "Europe/Podgorica", "Europe/Sarajevo", "Europe/Skopje",
    "Europe/Tirane", "Europe/Vienna", "Europe/Athens", "Europe/Bucharest", "Europe/London", "UTC",
)  # fmt: skip
"""Zones in which meetings are announced; Belgrade's holds for Pristina too."""


def bodies_seen_by(reader: object) -> Q:
    """Which bodies' meetings and agenda items a reader may see; `Q(pk__in=[])` where none."""
    if sees(reader, Can.RUN_MEETINGS):
        return Q()
    if not isinstance(reader, Actor) or not sees(reader, Can.READ_MEETINGS):
        return Q(pk__in=[])
    seen = [Body.SUPPORT_GROUP, Body.CROSS_PILLAR]
    if sees(reader, Can.READ_LISTS):
        seen.append(Body.BOARD)
    if _speaks_for_a_partner(reader):
        seen.append(Body.WORKING_GROUP)
    return Q(body__in=seen)


def _speaks_for_a_partner(reader: Actor) -> bool:
    """Whether the reader belongs to a Western Balkans partner or to an institution below one (S5)."""
    partner = Q(kind=OrganisationKind.WB_PARTNER) | Q(parent__kind=OrganisationKind.WB_PARTNER)
    keys = reader.organisation_keys
    return bool(keys) and Organisation.objects.filter(partner, pk__in=keys).exists()


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Questions about meetings."""

    def visible_to(self, reader: object) -> Self:
        """By body: the Board's to its readers, the Working Group's to the partners, the others to members."""
        return self.filter(bodies_seen_by(reader))

    def of(self, body: str, pillar: str = "") -> Self:
        """Meetings of one body, a formation of the Support Group by its pillar."""
        return self.filter(body=body, pillar=pillar)

    def ahead(self) -> Self:
        """Neither held nor cancelled, the next one first."""
        return self.filter(state__in=AHEAD).order_by("starts_at", "pk")

    def taking_items(self, at: datetime) -> Self:
        """Those that still take items without being late, from a moment on, the next one first."""
        return self.ahead().filter(state__in=TO_BE_PLACED_ON, ends_at__gte=at)

    def overdue(self, at: datetime) -> Self:
        """Their end has passed and nobody has said what became of them."""
        return self.ahead().filter(ends_at__lt=at)

    def without_minutes(self) -> Self:
        """Held, and no minutes are before those who took part."""
        return self.filter(state__in=(MeetingState.HELD, MeetingState.DRAFTED))


class Meeting(models.Model):
    """One meeting: of whom, when in which zone, where and how; what it decided stands with its agenda."""

    handling = Handling(Marking.MEMBERS, "for ever", personal=("approved_by_label",))

    ref = models.SlugField(_("reference"), max_length=20, unique=True)
    body = models.CharField(_("body"), max_length=14, choices=Body.choices)
    pillar = models.CharField(_("pillar"), max_length=8, choices=PillarCode.choices, blank=True)
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("state"), max_length=14, choices=MeetingState.choices, db_index=True)
    starts_at = models.DateTimeField(_("begins"), db_index=True)
    ends_at = models.DateTimeField(_("ends"))
    zone = models.CharField(_("time zone"), max_length=40, default="Europe/Brussels")
    form = models.CharField(_("form"), max_length=9, choices=Form.choices)
    place = models.CharField(_("place"), max_length=300, blank=True)
    online_at = models.CharField(_("how to join online"), max_length=500, blank=True)
    note = models.TextField(_("practical information"), blank=True)
    sequence = models.PositiveIntegerField(_("how often it was changed for calendars"), default=0)
    changed_at = models.DateTimeField(_("changed at"))
    convened_at = models.DateTimeField(_("convened at"), null=True, blank=True)
    agenda_adopted_at = models.DateTimeField(_("agenda adopted at"), null=True, blank=True)
    held_at = models.DateTimeField(_("recorded as held at"), null=True, blank=True)
    cancelled_reason = models.CharField(_("why it was cancelled"), max_length=500, blank=True)
    minutes_opening = models.TextField(_("opening of the minutes"), blank=True)
    minutes_closing = models.TextField(_("end of the minutes"), blank=True)
    minutes_due_on = models.DateField(_("comments on the minutes by"), null=True, blank=True)
    approved_on = models.DateField(_("minutes approved on"), null=True, blank=True)
    approved_by = models.CharField(
        _("minutes approved"), max_length=8, choices=ApprovedBy.choices, blank=True
    )
    approved_by_label = models.CharField(_("approval entered by"), max_length=200, blank=True)

    objects = MeetingQuerySet.as_manager()

    flow = Flow(
        "state",
        {
            "convene": ((_STATES.PLANNED,), _STATES.CONVENED),
            "adopt_agenda": ((_STATES.CONVENED,), _STATES.AGENDA_ADOPTED),
            "hold": ((_STATES.AGENDA_ADOPTED,), _STATES.HELD),
            "draft": ((_STATES.HELD,), _STATES.DRAFTED),
            "circulate": ((_STATES.DRAFTED,), _STATES.CIRCULATED),
            "amend": ((_STATES.CIRCULATED,), _STATES.DRAFTED),
            "approve": ((_STATES.CIRCULATED,), _STATES.APPROVED),
            "close": ((_STATES.APPROVED,), _STATES.CLOSED),
            "cancel": (AHEAD, _STATES.CANCELLED),
        },
    )

    class Meta:
        ordering: ClassVar = ["-starts_at", "-pk"]
        verbose_name = _("meeting")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_meeting_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=(Q(body=Body.SUPPORT_GROUP) & ~Q(pillar=""))
                | (~Q(body=Body.SUPPORT_GROUP) & Q(pillar="")),
                name="a_formation_and_only_a_formation_has_a_pillar",
            ),
            models.CheckConstraint(
                condition=Q(form=Form.ONLINE)
                | Q(state=_STATES.PLANNED)
                | Q(state=_STATES.CANCELLED)
                | ~Q(place=""),
                name="who_is_invited_knows_where",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(_STATES.PLANNED, _STATES.CANCELLED)) | Q(convened_at__isnull=False),
                name="a_convened_meeting_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(_STATES.PLANNED, _STATES.CONVENED, _STATES.CANCELLED))
                | Q(agenda_adopted_at__isnull=False),
                name="an_adopted_agenda_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=PAST) | Q(held_at__isnull=False), name="a_held_meeting_has_its_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state=_STATES.CANCELLED) | ~Q(cancelled_reason=""),
                name="whoever_cancels_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(_STATES.APPROVED, _STATES.CLOSED))
                | (Q(approved_on__isnull=False) & ~Q(approved_by="")),
                name="approved_minutes_say_when_and_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref}, {self.title}"

    @property
    def is_ahead(self) -> bool:
        """Neither held nor cancelled."""
        return self.state in AHEAD

    @property
    def is_past(self) -> bool:
        """Recorded as held."""
        return self.state in PAST

    @property
    def minutes_are_out(self) -> bool:
        """Whether those who may see the meeting may read its minutes."""
        return self.state in MINUTES_OUT

    @property
    def starts_there(self) -> datetime:
        """Its beginning in its own zone."""
        return timezone.localtime(self.starts_at, ZoneInfo(self.zone))

    @property
    def ends_there(self) -> datetime:
        """Its end in its own zone."""
        return timezone.localtime(self.ends_at, ZoneInfo(self.zone))

    @property
    def day(self) -> date:
        """The day on which it begins, where it is held."""
        return self.starts_there.date()

    @property
    def body_shown(self) -> str:
        """The body in words, a formation by its pillar."""
        if self.body == Body.SUPPORT_GROUP:
            return str(_("Support Group, %(pillar)s")) % {"pillar": self.pillar}
        return str(self.get_body_display())


class AnnouncedDate(models.Model):
    """A date that was announced for a meeting; the newest one holds, the others are kept with the reason."""

    handling = Handling(Marking.MEMBERS, "as long as its meeting", personal=("by_label",))

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="announced")
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    zone = models.CharField(_("time zone"), max_length=40)
    place = models.CharField(_("place"), max_length=300, blank=True)
    announced_at = models.DateTimeField(_("announced at"))
    by_label = models.CharField(_("announced by"), max_length=200)
    reason = models.CharField(_("why it was moved"), max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("announced date")

    def __str__(self) -> str:
        return f"{self.meeting.ref}: {self.starts_at}"

    @property
    def starts_there(self) -> datetime:
        """Its beginning in its own zone."""
        return timezone.localtime(self.starts_at, ZoneInfo(self.zone))


class CalendarKey(models.Model):
    """The key of a person's own calendar feed; only its digest is kept, so that nobody can read it here."""

    handling = Handling(Marking.INTERNAL, "two years after it is revoked", personal=("user",))

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_keys")
    digest = models.CharField(_("SHA-256 of the key"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("made at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("key of a calendar feed")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at__isnull=True), name="one_calendar_key_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}, {self.made_at}"
