"""What an officer says with a deed on a letter's page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.models import Appointment, User


class NothingForm(forms.Form):
    """A deed that asks for nothing."""


class NoteForm(forms.Form):
    """How it ended; an empty note is refused in the words of the rule."""

    note = forms.CharField(
        label=_("How did it end?"),
        error_messages={"required": _("Nothing says how it ended. Say it in a sentence.")},
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AssignForm(forms.Form):
    """Whose desk it is put on."""

    to = forms.ModelChoiceField(label=_("Officer"), queryset=User.objects.none(), empty_label=_("Choose one"))

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        """Officers of the Secretariat on that day."""
        super().__init__(*args, **kwargs)
        held = Appointment.objects.on(day).filter(role=Role.SECRETARIAT)
        officers = self.fields["to"]
        if isinstance(officers, forms.ModelChoiceField):
            officers.queryset = User.objects.filter(is_active=True, pk__in=held.values("user"))


class AgainForm(forms.Form):
    """Where the next attempt goes; the rule looks at the address, so that its finding can be told."""

    address = forms.CharField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        help_text=_("Blank: by post, courier or hand."),
    )


class PostedForm(forms.Form):
    """How a letter on paper left the house."""

    how = forms.CharField(
        label=_("By which post, courier or hand, and when?"),
        max_length=500,
        error_messages={
            "required": _("Nothing says how it left. Name the post, courier or hand, and the day.")
        },
    )


class ReceivedForm(forms.Form):
    """By what it is known that it came."""

    proof = forms.CharField(
        label=_("By what is that known?"),
        max_length=500,
        error_messages={"required": _("Nothing says by what that is known. Name the receipt or the answer.")},
    )
