"""What is said of who comes, of minutes and of action points."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from iisg.governance.meetings.forms.fields import BodyField, OfficerField, day_field, text_field
from iisg.governance.meetings.models import ApprovedBy, Body, Capacity, Meeting


class RegisterForm(forms.Form):
    """A person who comes."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=150)
    office = forms.CharField(label=gettext_lazy("Office"), max_length=200, required=False)
    organisation = BodyField(
        gettext_lazy("Comes for"),
        required=False,
        empty_label=gettext_lazy("no member: a guest, an expert or the Secretariat"),
    )
    capacity = forms.ChoiceField(label=gettext_lazy("In which capacity?"), widget=forms.RadioSelect)
    chairs = forms.BooleanField(label=gettext_lazy("Chairs the meeting"), required=False)
    online = forms.BooleanField(label=gettext_lazy("Takes part online"), required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        """Seats are held at the Board, delegates come to the others."""
        super().__init__(*args, **kwargs)
        left_out = (
            {Capacity.DELEGATE} if meeting.body == Body.BOARD else {Capacity.BOARD_MEMBER, Capacity.ALTERNATE}
        )
        capacity, body = self.fields["capacity"], self.fields["organisation"]
        if isinstance(capacity, forms.ChoiceField):
            capacity.choices = [(key, words) for key, words in Capacity.choices if key not in left_out]
        if isinstance(body, BodyField):
            body.members_on(meeting.day)


class FrameForm(forms.Form):
    """What stands before the first and after the last item of the minutes."""

    opening = text_field(gettext_lazy("Opening"), rows=4, required=False, max_length=10000)
    closing = text_field(gettext_lazy("End"), rows=4, required=False, max_length=10000)


class CirculateForm(forms.Form):
    """By when comments are taken, and what is new in a further edition."""

    due_on = day_field(gettext_lazy("Comments until"))
    changed = forms.CharField(
        label=gettext_lazy("What was amended"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("For a further edition."),
    )


class AmendForm(forms.Form):
    """Why circulated minutes are opened again."""

    why = text_field(gettext_lazy("Which comment is taken up?"), rows=3, max_length=500)


class ApproveForm(forms.Form):
    """How and when minutes were approved."""

    how = forms.ChoiceField(
        label=gettext_lazy("How were they approved?"), choices=ApprovedBy.choices, widget=forms.RadioSelect
    )
    approved_on = day_field(gettext_lazy("On"))


class PointForm(forms.Form):
    """Something to be done: what, by whom, by when."""

    prefix = "point"

    what = forms.CharField(label=gettext_lazy("What is to be done?"), max_length=500)
    organisation = BodyField(
        gettext_lazy("By which organisation?"), required=False, empty_label=gettext_lazy("none")
    )
    person = OfficerField(gettext_lazy("By which officer?"), required=False)
    due_on = day_field(gettext_lazy("By"))

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        """Members and officers of a day."""
        super().__init__(*args, **kwargs)
        body, person = self.fields["organisation"], self.fields["person"]
        if isinstance(body, BodyField):
            body.members_on(day)
        if isinstance(person, OfficerField):
            person.in_office_on(day)
