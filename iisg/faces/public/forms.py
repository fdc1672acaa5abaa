"""The filters of the public registers; nothing is saved here."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from iisg.faces.public.bodies import KNOWN, MEMBER, Sought
from iisg.faces.public.members import Group
from iisg.faces.public.members_register import HOLDING, RESTING
from iisg.faces.public.members_register import Sought as WantedMembers
from iisg.faces.public.projects import Standing, Wanted, bodies_in_role
from iisg.foundations.access.roles import PillarCode
from iisg.foundations.core.long_select import LongSelect
from iisg.foundations.orgs.models import Ground, Organisation, OrganisationKind
from iisg.knowledge.actions.models import PartyRole

ANY = ("", _("Any"))


class ProjectFilter(forms.Form):
    """What a reader of the public projects may look for."""

    words = forms.CharField(label=_("Words in the title"), max_length=200, required=False)
    partner = forms.ChoiceField(label=_("Partner that it reaches"), required=False)
    pillar = forms.ChoiceField(label=_("Pillar"), required=False, choices=[ANY, *PillarCode.choices])
    donor = forms.ChoiceField(label=_("Donor"), required=False, widget=LongSelect)
    implementer = forms.ChoiceField(label=_("Implementer"), required=False, widget=LongSelect)
    running = forms.ChoiceField(label=_("Under way today"), required=False, choices=[ANY, *Standing.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Choices that come from records are read once for each form."""
        super().__init__(*args, **kwargs)
        recorded = {
            "partner": [(partner.code or "", partner.name) for partner in Organisation.objects.partners()],
            "donor": bodies_in_role(PartyRole.FUNDING),
            "implementer": bodies_in_role(PartyRole.IMPLEMENTING),
        }
        for name, choices in recorded.items():
            field = cast(forms.ChoiceField, self.fields[name])
            field.choices = [ANY, *choices]

    @property
    def wanted(self) -> Wanted:
        """What was chosen; a value that is no choice counts as not chosen and is told at its field."""
        return Wanted(**_given(self))


class OrganisationFilter(forms.Form):
    """What a reader of the register of organisations may look for."""

    words = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        help_text=_("Any name it goes by, in Latin or Cyrillic letters"),
    )
    membership = forms.ChoiceField(
        label=_("Membership today"),
        required=False,
        choices=[
            ANY,
            (MEMBER, _("All members")),
            (_("Members, by group"), Group.choices),
            (KNOWN, _("Known bodies that are not members")),
        ],
    )
    ground = forms.ChoiceField(
        label=_("Ground of membership"), required=False, choices=[ANY, *Ground.choices]
    )
    pillar = forms.ChoiceField(
        label=_("Takes part in the pillar"), required=False, choices=[ANY, *PillarCode.choices]
    )
    kind = forms.ChoiceField(
        label=_("Kind of body"), required=False, choices=[ANY, *OrganisationKind.choices]
    )

    @property
    def sought(self) -> Sought:
        """What was chosen; a value that is no choice counts as not chosen and is told at its field."""
        return Sought(**_given(self))


class MembersFilter(forms.Form):
    """What a reader of the register of members may look for; `on` is the day as of which it is read."""

    on = forms.DateField(
        label=_("As of the day"),
        required=False,
        help_text=_("Today unless you choose another day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as year-month-day, for example 2026-11-23.")},
    )
    words = forms.CharField(label=_("Name"), max_length=200, required=False)
    group = forms.ChoiceField(label=_("Group of members"), required=False, choices=[ANY, *Group.choices])
    kind = forms.ChoiceField(
        label=_("Kind of body"), required=False, choices=[ANY, *OrganisationKind.choices]
    )
    ground = forms.ChoiceField(
        label=_("Ground of membership"), required=False, choices=[ANY, *Ground.choices]
    )
    pillar = forms.ChoiceField(
        label=_("Takes part in the pillar"), required=False, choices=[ANY, *PillarCode.choices]
    )
    decision = forms.CharField(
        label=_("Decision"),
        max_length=200,
        required=False,
        help_text=_("Number, day or words of the basis"),
    )
    standing = forms.ChoiceField(
        label=_("Suspended"),
        required=False,
        choices=[ANY, (RESTING, _("Suspended on the day")), (HOLDING, _("Not suspended"))],
    )

    def day(self, today: date) -> date:
        """The chosen day, else today."""
        self.is_valid()
        chosen: date = self.cleaned_data.get("on") or today
        return chosen

    @property
    def sought(self) -> WantedMembers:
        """What was chosen; a value that is no choice counts as not chosen and is told at its field."""
        self.is_valid()
        said = {name: value.strip() for name, value in self.cleaned_data.items() if value and name != "on"}
        return WantedMembers(**said)


class AddressesForm(forms.Form):
    """Members whose addresses are wanted for letters."""

    members = forms.MultipleChoiceField(
        label=_("Members"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one member.")},
    )

    def __init__(self, data: Any, offered: list[tuple[str, str]]) -> None:
        """All that are offered are chosen from the start."""
        super().__init__(data, initial={"members": [ref for ref, _name in offered]})
        cast(forms.MultipleChoiceField, self.fields["members"]).choices = offered


def _given(form: forms.Form) -> dict[str, str]:
    form.is_valid()
    return {name: value.strip() for name, value in form.cleaned_data.items() if value}
