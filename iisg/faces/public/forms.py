"""The filters of the public registers; nothing is saved here."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from iisg.faces.public.bodies import KNOWN, MEMBER, Sought
from iisg.faces.public.members import Group
from iisg.faces.public.projects import Standing, Wanted, bodies_in_role
from iisg.foundations.access.roles import PillarCode
from iisg.foundations.orgs.models import Ground, Organisation, OrganisationKind
from iisg.knowledge.actions.models import PartyRole

ANY = ("", _("Any"))


class ProjectFilter(forms.Form):
    """What a reader of the public projects may look for."""

    words = forms.CharField(label=_("Words in the title"), max_length=200, required=False)
    partner = forms.ChoiceField(label=_("Partner that it reaches"), required=False)
    pillar = forms.ChoiceField(label=_("Pillar"), required=False, choices=[ANY, *PillarCode.choices])
    donor = forms.ChoiceField(label=_("Donor"), required=False)
    implementer = forms.ChoiceField(label=_("Implementer"), required=False)
    running = forms.ChoiceField(label=_("Under way today"), required=False, choices=[ANY, *Standing.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Choices that come from records are read once for each form."""
        super().__init__(*args, **kwargs)
        recorded = {
            "partner": [(partner.code or "", partner.name) for partner in Organisation.objects.partners()],
            "donor": _bodies(PartyRole.FUNDING),
            "implementer": _bodies(PartyRole.IMPLEMENTING),
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


def _bodies(role: PartyRole) -> list[tuple[str, str]]:
    return [(body.ref, body.name) for body in bodies_in_role(role)]


def _given(form: forms.Form) -> dict[str, str]:
    form.is_valid()
    return {name: value.strip() for name, value in form.cleaned_data.items() if value}
