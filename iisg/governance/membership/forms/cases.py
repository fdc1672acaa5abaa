"""What the Secretariat chooses and says about cases."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iisg.foundations.core.long_select import LongSelect
from iisg.foundations.orgs.models import Ground, Organisation
from iisg.governance.membership.forms.choosing import Filters, PaperField, choice, day_field, text_field
from iisg.governance.membership.models import CaseState, Route

WAITS = [
    ("check", _("form to check")),
    ("assess", _("assessment to write")),
    ("approve", _("assessment to approve")),
    ("list", _("assessed, ready for a list")),
    ("board", _("before the Board")),
    ("inform", _("agency or automatic member to be carried on")),
    ("answer", _("invitation not answered")),
    ("lapsing", _("invitation lapses within 14 days")),
]
TURNS = [("applicant", _("the applicant")), ("secretariat", _("the Secretariat")), ("board", _("the Board"))]


class CaseFilters(Filters):
    """Filters of the register of cases."""

    words = forms.CharField(label=_("Words"), required=False, max_length=200)
    waits = choice(_("What waits"), _("Anything"), WAITS)
    turn = choice(_("Whose turn"), _("Anybody's"), TURNS)
    state = choice(_("State"), _("Any state"), [("open", _("open")), *CaseState.choices])
    route = choice(_("Route"), _("Any route"), Route.choices)


class NoteForm(forms.Form):
    """What is missing in a form; the applicant reads it."""

    prefix = "note"

    note = text_field(
        _("What is missing"),
        help_text=_("The applicant reads this in a letter, and opens the form again."),
        max_length=3000,
    )


class WithdrawForm(forms.Form):
    """Why a case is withdrawn."""

    prefix = "withdraw"

    reason = text_field(_("Why it is withdrawn"), rows=3, max_length=2000)


class InformForm(forms.Form):
    """The day on which the Board is told."""

    prefix = "inform"

    informed_on = day_field(
        _("The Board is informed on"),
        help_text=_("The notice goes out with this step; membership begins on that day."),
    )


class OpenCaseForm(forms.Form):
    """A case that needs no invitation and no form: an agency's notification, a ground with its evidence."""

    route = forms.ChoiceField(
        label=_("By which route"),
        choices=[(Route.NOTIFICATION, Route.NOTIFICATION.label), (Route.AUTOMATIC, Route.AUTOMATIC.label)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the route.")},
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        to_field_name="ref",
        empty_label=_("Choose one"),
        widget=LongSelect,
        help_text=_("From the register; one that is missing is confirmed there first."),
    )
    ground = forms.ChoiceField(
        label=_("Ground, for an automatic member"),
        required=False,
        choices=[
            ("", _("none: it notifies")),
            (Ground.FORMER_LEAD_PARTNER, _("Former lead partner of the mechanism's first years")),
            (Ground.HOST, _("Host of the Secretariat")),
        ],
        widget=forms.RadioSelect,
        help_text=_(
            "A former lead partner is a member by what it was. A core lead partner is a member that steers a pillar "
            "for a term: that is an office, not a ground."
        ),
    )
    basis = forms.CharField(
        label=_("On what it rests"),
        max_length=500,
        help_text=_("For instance: Letter of 20 November 2026, reference 12/3"),
    )
    received_on = day_field(_("Received on"))
    file = PaperField(
        label=_("The letter or the text"), help_text=_("PDF, DOCX, XLSX, PNG or JPEG, at most 20 MB")
    )

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        """Confirmed bodies that are not members on the day."""
        super().__init__(*args, **kwargs)
        members = Organisation.objects.members_on(day).order_by().values("pk")
        field = self.fields["organisation"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Organisation.objects.confirmed().exclude(pk__in=members).order_by("name")
