"""What the demonstration sign-in asks for."""

from __future__ import annotations

from django import forms

from iisg.foundations.access.roles import Role


class RoleChoice(forms.Form):
    """One of the roles of the mechanism."""

    role = forms.ChoiceField(choices=Role.choices)
