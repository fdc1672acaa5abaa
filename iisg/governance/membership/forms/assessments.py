"""What an officer writes about a case: a finding on each criterion, the summary, what is recommended."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from iisg.governance.membership.forms.choosing import text_field
from iisg.governance.membership.models import Fulfilled, Recommendation


class FindingForm(forms.Form):
    """One criterion."""

    fulfilled = forms.ChoiceField(
        label=_("What is the finding?"),
        choices=Fulfilled.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the finding.")},
    )
    evidence = text_field(
        _("Evidence"),
        rows=7,
        max_length=6000,
        help_text=_(
            "What shows it, in a few sentences: about 600 characters fit well on the page for the Board."
        ),
    )
    sources = text_field(
        _("Sources, one on each line"),
        rows=4,
        required=False,
        max_length=3000,
        help_text=_("Where the Board can read it: an address, the title of a text"),
    )


class SummaryForm(forms.Form):
    """The brief assessment as a whole; the recommendation is the Secretariat's, the decision is the Board's."""

    summary = text_field(
        _("Summary"),
        rows=8,
        max_length=6000,
        help_text=_("About 900 characters fit well on the page for the Board."),
    )
    recommendation = forms.ChoiceField(
        label=_("What does the Secretariat recommend?"),
        help_text=_("The Board decides apart from it."),
        choices=Recommendation.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is recommended.")},
    )


class ReturnForm(forms.Form):
    """Why an assessment is given back to its writer."""

    prefix = "return"

    note = text_field(_("What is to be done to it"), rows=3, max_length=2000)
