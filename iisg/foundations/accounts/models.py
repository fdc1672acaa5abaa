"""People who sign in, and the offices they hold from one day to another."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import GRANTS, Can, PillarCode, Role
from iisg.foundations.core.handling import Handling, Marking
from iisg.foundations.orgs.models import Organisation, Suspension


def demonstration_address(role: str, number: int = 1) -> str:
    """The address by which the demonstration knows the account of a role."""
    name = str(role).replace("_", "-")
    return f"{name if number == 1 else f'{name}-{number}'}@demonstration.invalid"


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        """A person with a folded address; without a password nobody can sign in by one."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> User:
        """For the code lists in Django's admin only; it grants no office."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> User:
        """Sign-in finds the address whatever its case."""
        return self.get(email=(email or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person; what the person may do comes from appointments alone."""

    handling = Handling(
        Marking.INTERNAL, "until two years after the last appointment", personal=("email", "name")
    )

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    is_staff = models.BooleanField(_("may open the code lists"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("since"), default=timezone.now)
    is_demonstration = models.BooleanField(_("demonstration role"), default=False, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        ordering: ClassVar = ["email"]
        verbose_name = _("user")

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def label(self) -> str:
        """How the record names this person: name and offices."""
        offices = ", ".join(str(a) for a in self.current_appointments)
        return f"{self} ({offices})"[:200] if offices else str(self)[:200]

    @cached_property
    def current_appointments(self) -> list[Appointment]:
        """Offices held today that do not rest, read once for a request."""
        today = timezone.localdate()
        return list(self.appointments.on(today).in_effect(today).select_related("organisation"))

    @property
    def powers(self) -> frozenset[Can]:
        """Everything the present offices grant together; nothing for an inactive person."""
        if not self.is_active:
            return frozenset()
        return frozenset[Can]().union(*(GRANTS[a.role] for a in self.current_appointments))

    @property
    def organisation_keys(self) -> frozenset[int]:
        """The bodies the person speaks for."""
        return frozenset(
            a.organisation_id for a in self.current_appointments if a.organisation_id is not None
        )


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Questions about offices."""

    def on(self, day: date) -> Self:
        """Held on a day, half-open [from, to)."""
        return self.filter(Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gt=day))

    def in_effect(self, day: date) -> Self:
        """Without the offices that rest on the nomination of a member which is suspended on the day.

        The methodology does not say what a suspension stops; `SUSPENDED_MEMBERS_KEEP_ACCESS` decides.
        """
        if settings.SUSPENDED_MEMBERS_KEEP_ACCESS:
            return self
        resting = Suspension.objects.on(day).filter(membership__organisation=OuterRef("organisation"))
        return self.exclude(Q(role=Role.FOCAL_POINT) & Exists(resting))


class Appointment(models.Model):
    """An office: role, for which body, for which pillar, from one day to another."""

    handling = Handling(Marking.INTERNAL, "as long as its user", personal=("user",))

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="appointments")
    role = models.CharField(_("role"), max_length=24, choices=Role.choices)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    pillar = models.CharField(_("pillar"), max_length=8, choices=PillarCode.choices, blank=True)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["role", "pk"]
        verbose_name = _("appointment")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="appointment_ends_later",
            ),
            models.CheckConstraint(
                condition=~Q(
                    role__in=["focal_point", "national_coordinator", "board_member", "alternate", "observer"]
                )
                | Q(organisation__isnull=False),
                name="offices_of_a_member_name_the_member",
            ),
        ]

    def __str__(self) -> str:
        body = f", {self.organisation}" if self.organisation_id else ""
        return f"{self.get_role_display()}{body}"
