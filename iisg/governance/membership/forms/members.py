"""What the Secretariat says about a member: it rests, it holds again, it ends, it changes, where letters go."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import PillarCode
from iisg.foundations.core.long_select import LongSelect
from iisg.foundations.orgs.models import Ground, Membership, Organisation, OrganisationKind
from iisg.governance.membership.forms.choosing import choice, day_field, language_field, text_field
from iisg.governance.membership.models import Case
from iisg.office.pillars.models import LeadPartner


class SuspendForm(forms.Form):
    """A membership rests."""

    prefix = "suspend"

    day = day_field(_("Suspended from"))
    reason = text_field(_("Reason"), rows=3, max_length=300, help_text=_("The member reads it in a letter."))


class ResumeForm(forms.Form):
    """It holds again."""

    prefix = "resume"

    day = day_field(_("Holds again from"))


class EndForm(forms.Form):
    """A membership ends."""

    prefix = "end"

    day = day_field(_("Ends on"), help_text=_("The first day on which it is no member any more"))
    reason = text_field(_("Reason"), rows=3, max_length=300, help_text=_("It reads this in a letter."))


class CorrectForm(forms.Form):
    """What was entered wrongly."""

    prefix = "correct"

    ground = forms.ChoiceField(label=_("Ground"), choices=Ground.choices, widget=LongSelect)
    valid_from = day_field(_("Member from"), required=False, help_text=_("Blank where it is not known"))
    decided_on = day_field(_("Decided on"), required=False)
    basis = forms.CharField(label=_("Rests on"), required=False, max_length=300)
    reason = text_field(
        _("Why it is corrected"),
        rows=2,
        max_length=300,
        help_text=_("Kept in the record; no letter goes out."),
    )

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        """As it stands; ground and days that a case has proven are not asked for."""
        super().__init__(*args, **kwargs)
        for name in ("ground", "valid_from", "decided_on", "basis"):
            self.initial[name] = getattr(membership, name)
        if Case.objects.filter(membership=membership).exists():
            for proven in ("ground", "valid_from", "decided_on"):
                del self.fields[proven]


class FactsForm(forms.Form):
    """Another name or kind from a day on; the register of earlier days keeps the former."""

    prefix = "facts"

    changed_on = day_field(_("From"))
    name = forms.CharField(label=_("New name"), required=False, max_length=250)
    short_name = forms.CharField(label=_("New short name"), required=False, max_length=60)
    kind = choice(_("New kind"), _("unchanged"))
    basis = forms.CharField(
        label=_("On what it rests"), max_length=300, help_text=_("A letter, a law, a decision")
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        """Nothing becomes a partner, and a known kind does not become unknown."""
        super().__init__(*args, **kwargs)
        out = (OrganisationKind.WB_PARTNER, OrganisationKind.NOT_KNOWN, organisation.kind)
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", _("unchanged")),
                *(each for each in OrganisationKind.choices if each[0] not in out),
            ]


class AddressForm(forms.Form):
    """Where official correspondence goes, while no focal point for it is named."""

    prefix = "address"

    valid_from = day_field(_("From"))
    name = forms.CharField(label=_("Person or office"), max_length=200)
    salutation = forms.CharField(label=_("How a letter begins"), required=False, max_length=200)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    postal = text_field(_("Postal address"), rows=3, required=False, max_length=1000)
    language = language_field()


class LeadForm(forms.Form):
    """A member steers a pillar for a term."""

    prefix = "lead"

    pillar = forms.ChoiceField(label=_("Pillar"), choices=PillarCode.choices, widget=forms.RadioSelect)
    valid_from = day_field(_("From"))
    basis = forms.CharField(label=_("On what it rests"), max_length=300)


class EndLeadForm(forms.Form):
    """Its term ends."""

    prefix = "endlead"

    lead = forms.ModelChoiceField(
        label=_("Which term"), queryset=LeadPartner.objects.none(), empty_label=None, widget=LongSelect
    )
    ended_on = day_field(_("Ends on"))

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        """Terms that have no end yet."""
        super().__init__(*args, **kwargs)
        field = self.fields["lead"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = organisation.leads.filter(valid_to__isnull=True).select_related(
                "pillar", "organisation"
            )
