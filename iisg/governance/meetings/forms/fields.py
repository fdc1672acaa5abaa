"""What forms about meetings share: days, hours, texts, choices, and the bodies and people that one chooses from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.models import Appointment, User
from iisg.foundations.core.long_select import LongSelect
from iisg.foundations.orgs.models import Organisation

if TYPE_CHECKING:
    _OneBody = forms.ModelChoiceField[Organisation]
    _OneUser = forms.ModelChoiceField[User]
else:  # Django's own class takes no type
    _OneBody = _OneUser = forms.ModelChoiceField


def day_field(label: Any, **given: Any) -> forms.DateField:
    """A day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **given)


def hour_field(label: Any, **given: Any) -> forms.TimeField:
    """An hour of the day."""
    widget = forms.TimeInput(attrs={"type": "time", "class": "govuk-input--width-10"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, **given)


def text_field(label: Any, rows: int = 4, **given: Any) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **given)


def choice(
    label: Any, words: Any, choices: Iterable[tuple[str, Any]] = (), **given: Any
) -> forms.ChoiceField:
    """One of some values, or none, for which `words` stand."""
    return forms.ChoiceField(
        label=label, required=False, choices=[("", words), *choices], widget=LongSelect, **given
    )


class BodyField(_OneBody):
    """One of the organisations of the register that are members on a day, by its name."""

    def __init__(self, label: Any, **given: Any) -> None:
        """Nobody until `members_on` says of which day."""
        super().__init__(
            Organisation.objects.none(), label=label, to_field_name="ref", widget=LongSelect, **given
        )

    def members_on(self, day: date) -> None:
        """Offer the members of a day, and the six partners."""
        self.queryset = (
            (Organisation.objects.members_on(day) | Organisation.objects.filter(code__isnull=False))
            .distinct()
            .order_by("name")
        )


class OfficerField(_OneUser):
    """An officer of the Secretariat who is in office on a day."""

    def __init__(self, label: Any, **given: Any) -> None:
        """Nobody until `in_office_on` says of which day."""
        super().__init__(
            User.objects.none(),
            label=label,
            empty_label=str(_("nobody of the Secretariat")),
            widget=LongSelect,
            **given,
        )

    def in_office_on(self, day: date) -> None:
        """Offer those who hold the office on a day."""
        held = Appointment.objects.on(day).filter(role=Role.SECRETARIAT).values("user")
        self.queryset = User.objects.filter(pk__in=held, is_active=True).order_by("name", "email")
