"""What the demonstration sign-in asks for."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ResetPasswordForm, ResetPasswordKeyForm
from django import forms
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import Role


class RoleChoice(forms.Form):
    """One of the roles of the mechanism."""

    role = forms.ChoiceField(choices=Role.choices)
    number = forms.IntegerField(min_value=1, max_value=9, required=False)


class ChoosePassword(ResetPasswordKeyForm):  # type: ignore[misc]
    """A password chosen by a link, for the first time or anew; the page says the rules."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """In our words, with the hints for password managers kept."""
        super().__init__(*args, **kwargs)
        for name, label in {"password1": _("Your password"), "password2": _("The same once more")}.items():
            self.fields[name].label, self.fields[name].help_text = label, ""
            self.fields[name].widget.attrs.pop("placeholder", None)


class AskForLink(ResetPasswordForm):  # type: ignore[misc]
    """Where the link to choose a password is to be sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """In our words."""
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].widget.attrs.pop("placeholder", None)
