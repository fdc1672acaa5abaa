"""What the Secretariat chooses and writes on the list of possible partners."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import PillarCode
from iisg.foundations.accounts.models import User
from iisg.foundations.core.long_select import LongSelect
from iisg.foundations.orgs.models import OrganisationKind
from iisg.governance.membership.countries import COUNTRIES
from iisg.governance.membership.forms.choosing import Filters, choice, day_field, language_field, text_field
from iisg.governance.membership.models import Prospect, ProspectState
from iisg.governance.membership.officers import officers_on
from iisg.governance.membership.rules.routes import APPROVED_BY_THE_BOARD

KINDS = [(value, words) for value, words in OrganisationKind.choices if value in APPROVED_BY_THE_BOARD]
"""Kinds that are invited (methodology 1, second indent); others are members by themselves or by notification."""
DUE = [("now", _("to follow up now")), ("lapsing", _("invitation lapses within 14 days"))]


class ProspectFilters(Filters):
    """Filters of the list."""

    words = forms.CharField(label=_("Words"), required=False, max_length=200)
    state = choice(_("State"), _("Any state"), ProspectState.choices)
    kind = choice(_("Kind"), _("Any kind"), KINDS)
    pillar = choice(_("Pillar"), _("Any pillar"), PillarCode.choices)
    officer = choice(_("Follows up"), _("Anybody"), [("nobody", _("nobody"))])
    due = choice(_("Due"), _("Any time"), DUE)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        """Officers are people, so their names come from their offices."""
        super().__init__(*args, **kwargs)
        self.offer("officer", [(str(user.pk), str(user)) for user in officers_on(day)])


class ProspectForm(forms.Form):
    """One entry of the list."""

    name = forms.CharField(label=_("Name of the country or organisation"), max_length=250)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("Choose one")), *KINDS],
        help_text=_(
            "Agencies notify, partners and EU institutions are members by themselves: none of them is invited."
        ),
    )
    country = forms.ChoiceField(
        label=_("Country"),
        required=False,
        choices=[("", _("None, or not known")), *COUNTRIES],
        widget=LongSelect,
        help_text=_("For a state, or where an organisation has its seat"),
    )
    why = text_field(_("Why it may be interested"), required=False, max_length=4000)
    pillars = forms.MultipleChoiceField(
        label=_("Pillars"), required=False, choices=PillarCode.choices, widget=forms.CheckboxSelectMultiple
    )
    followed_up_by = forms.ModelChoiceField(
        label=_("Who follows up"), required=False, queryset=User.objects.none(), empty_label=_("Nobody yet")
    )
    follow_up_on = day_field(
        _("Follow up on"), required=False, help_text=_("On that day it stands on the officer's desk")
    )

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        """Any officer of the day may follow up."""
        super().__init__(*args, **kwargs)
        field = self.fields["followed_up_by"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = User.objects.filter(pk__in=[user.pk for user in officers_on(day)])
        country, kept = self.fields["country"], (self.initial or {}).get("country", "")
        if isinstance(country, forms.ChoiceField) and kept not in dict(COUNTRIES):
            known: Any = country.choices
            country.choices = [*known, *([(kept, kept)] if kept else [])]

    @classmethod
    def of(cls, prospect: Prospect, *args: Any, **kwargs: Any) -> ProspectForm:
        """Filled with what is on record."""
        names = ("name", "kind", "country", "why", "followed_up_by", "follow_up_on")
        said = {name: getattr(prospect, name) for name in names}
        said["pillars"] = [pillar.pk for pillar in prospect.pillars.all()]
        return cls(*args, initial=said, **kwargs)


class ContactForm(forms.Form):
    """A person or office at a possible partner."""

    prefix = "contact"

    name = forms.CharField(label=_("Person or office"), max_length=200)
    salutation = forms.CharField(
        label=_("How a letter begins"),
        required=False,
        max_length=200,
        help_text=_("For instance: Dear Director"),
    )
    email = forms.EmailField(label=_("E-mail address"), required=False)
    postal = text_field(_("Postal address"), rows=3, required=False, max_length=1000)
    language = language_field()


class ApproachForm(forms.Form):
    """One contact with a possible partner."""

    prefix = "approach"

    on = day_field(_("Day"))
    how = forms.CharField(label=_("How"), max_length=100, help_text=_("Call, meeting, letter"))
    what = text_field(_("What was said"), max_length=4000)
    follow_up_on = day_field(_("Follow up next on"), required=False)


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = text_field(_("Reason"), rows=3, max_length=2000)


class SheetForm(forms.Form):
    """A list as a file."""

    file = forms.FileField(label=_("The list"), help_text=_("CSV or XLSX, at most 2 MB and 1,000 rows"))


class InvitingForm(forms.Form):
    """One deadline for all, and for each whom the letter goes to."""

    answer_due_on = day_field(_("Answer expected by"))

    def __init__(self, *args: Any, prospects: Iterable[Prospect], **kwargs: Any) -> None:
        """A prospect with several contacts asks which; with one, there is nothing to choose."""
        super().__init__(*args, **kwargs)
        for prospect in prospects:
            contacts = [each for each in prospect.contacts.all() if each.email or each.postal]
            if len(contacts) > 1:
                self.fields[f"to_{prospect.pk}"] = forms.ChoiceField(
                    label=_("To whom the letter to %(name)s goes") % {"name": prospect.name},
                    choices=[(each.pk, f"{each.name}, {each.email or _('by post')}") for each in contacts],
                    widget=LongSelect,
                )

    def contact_of(self, prospect: Prospect) -> Any:
        """The chosen contact, or the only one; None where there is none that can be written to."""
        contacts = [each for each in prospect.contacts.all() if each.email or each.postal]
        chosen = self.cleaned_data.get(f"to_{prospect.pk}") if self.is_bound else None
        return next(
            (each for each in contacts if str(each.pk) == str(chosen)), contacts[0] if contacts else None
        )
