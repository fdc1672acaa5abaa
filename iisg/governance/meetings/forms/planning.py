"""What is said of a meeting when it is announced, changed, moved, called off and invited to."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.foundations.access.roles import PillarCode
from iisg.foundations.core.long_select import LongSelect
from iisg.governance.meetings.forms.fields import choice, day_field, hour_field, text_field
from iisg.governance.meetings.models import ZONES, Body, Form, Meeting
from iisg.office.letters.addressees import as_lines, read_addressees
from iisg.office.letters.addressing import Addressee


class CalendarFilters(forms.Form):
    """Filters of the calendar."""

    body = choice(gettext_lazy("Body"), gettext_lazy("Any body"), Body.choices)
    pillar = choice(gettext_lazy("Pillar"), gettext_lazy("Any pillar"), PillarCode.choices)

    def chosen(self, name: str) -> str:
        """The value of a field where it was readable, else ""."""
        return str(self.cleaned_data.get(name) or "") if self.is_bound and (self.is_valid() or True) else ""


class WhenForm(forms.Form):
    """When: a day, two hours, their zone; the last day where it is another one."""

    day = day_field(gettext_lazy("Day"))
    begins = hour_field(gettext_lazy("Begins at"))
    ends = hour_field(gettext_lazy("Ends at"))
    last_day = day_field(
        gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Only if it lasts several days.")
    )
    zone = forms.ChoiceField(
        label=gettext_lazy("Time zone of these hours"),
        choices=[(zone, zone.replace("Europe/", "").replace("Tirane", "Tirana")) for zone in ZONES],
        widget=LongSelect,
        initial="Europe/Brussels",
        help_text=gettext_lazy("Belgrade's holds for Pristina too."),
    )

    @property
    def starts_at(self) -> datetime:
        """The beginning as a moment."""
        return self._moment(self.cleaned_data["day"], self.cleaned_data["begins"])

    @property
    def ends_at(self) -> datetime:
        """The end as a moment."""
        return self._moment(
            self.cleaned_data["last_day"] or self.cleaned_data["day"], self.cleaned_data["ends"]
        )

    def _moment(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, tzinfo=ZoneInfo(self.cleaned_data["zone"]))

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        if not self.errors and self.ends_at <= self.starts_at:
            self.add_error("ends", _("The meeting ends before it begins."))
        return self.cleaned_data


class WhereForm(forms.Form):
    """What it is called, how one takes part, where."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy("For instance: Board meeting, June 2027"),
    )
    form = forms.ChoiceField(
        label=gettext_lazy("How does one take part?"),
        choices=Form.choices,
        widget=forms.RadioSelect,
        initial="in_person",
    )
    place = forms.CharField(
        label=gettext_lazy("Place"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Town and building; needed before invitations go out, unless it is online."),
    )
    online_at = forms.CharField(label=gettext_lazy("How to join online"), max_length=500, required=False)
    note = text_field(gettext_lazy("Practical information"), rows=3, required=False, max_length=2000)

    def begin_with(self, meeting: Meeting) -> None:
        """Show what is said already."""
        self.initial = {
            name: getattr(meeting, name) for name in ("title", "form", "place", "online_at", "note")
        }


class MeetingForm(WhenForm, WhereForm):
    """All that a new meeting says."""

    body = forms.ChoiceField(label=gettext_lazy("Who meets?"), choices=Body.choices, widget=forms.RadioSelect)
    pillar = choice(
        gettext_lazy("Pillar"),
        gettext_lazy("none"),
        PillarCode.choices,
        help_text=gettext_lazy("For a formation of the Support Group only."),
    )
    field_order = (
        "body", "pillar", "title", "day", "begins", "ends", "last_day", "zone", "form", "place", "online_at", "note",
    )  # fmt: skip


class MoveForm(WhenForm):
    """Another date, and why."""

    reason = text_field(
        gettext_lazy("Why is it moved?"),
        rows=3,
        max_length=500,
        help_text=gettext_lazy("Everybody who was told the old date reads it."),
    )

    def begin_with(self, meeting: Meeting) -> None:
        """Show the date that holds."""
        first, last = meeting.starts_there, meeting.ends_there
        self.initial = {
            "day": first.date(),
            "begins": first.time(),
            "ends": last.time(),
            "last_day": None if first.date() == last.date() else last.date(),
            "zone": meeting.zone,
        }


class CancelForm(forms.Form):
    """Why it does not take place."""

    reason = text_field(gettext_lazy("Why is it cancelled?"), rows=3, max_length=500)


class ConveneForm(forms.Form):
    """Whom to invite, one a line."""

    people = text_field(
        gettext_lazy("Invited"),
        rows=8,
        max_length=20000,
        help_text=gettext_lazy("One a line: name; e-mail; salutation. The registers propose who they know."),
    )
    copies = text_field(gettext_lazy("In copy"), rows=5, required=False, max_length=20000)

    def begin_with(self, people: list[Addressee], copies: list[Addressee]) -> None:
        """Show whom the registers propose."""
        self.initial = {"people": as_lines(people), "copies": as_lines(copies)}

    def addressees(self, name: str) -> list[Addressee]:
        """Those whom a field names."""
        return read_addressees(self.cleaned_data[name])
