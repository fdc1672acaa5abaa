"""Forms of a round: an answer noted, an answer said by the member itself, an answer taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.knowledge.cycles.models import Return

ALL, NOTHING = "no", "yes"
"""Whether there is nothing to report: the member has told all it does, or it has nothing."""


class _PillarsForm(forms.Form):
    """Pillars among those of which an answer is owed."""

    pillars = forms.MultipleChoiceField(
        label=gettext_lazy("On which pillars?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one pillar.")},
    )

    def __init__(self, *args: Any, owed: Sequence[Return], **kwargs: Any) -> None:
        """`owed` with its pillars; a single one is chosen beforehand."""
        super().__init__(*args, **kwargs)
        self._owed = {one.pillar_id: one for one in owed}
        field = self.fields["pillars"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(one.pillar_id, str(one.pillar)) for one in owed]
        if len(owed) == 1:
            field.initial = [owed[0].pillar_id]

    @property
    def returns(self) -> list[Return]:
        """What the chosen pillars stand for."""
        return [self._owed[code] for code in self.cleaned_data["pillars"]]

    @property
    def has_nothing(self) -> bool:
        """Whether the member has nothing to report."""
        return bool(self.cleaned_data["nothing"] == NOTHING)


class NoteForm(_PillarsForm):
    """What the Secretariat notes of a member's letter or mail."""

    nothing = forms.ChoiceField(
        label=gettext_lazy("What does the member say?"),
        choices=[
            (ALL, gettext_lazy("it has told all it does")),
            (NOTHING, gettext_lazy("it has nothing to report")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what the member says.")},
    )
    answered_on = forms.DateField(
        label=gettext_lazy("Day of the answer"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Say on which day the answer came.")},
    )
    basis = forms.CharField(
        label=gettext_lazy("Letter, mail or conversation"),
        help_text=gettext_lazy(
            "So that it is found again: the letter's number, or whose mail of which day; only the Secretariat and the"
            " member see it"
        ),
        max_length=300,
        error_messages={"required": gettext_lazy("Say on which letter, mail or conversation it rests.")},
    )

    def __init__(self, *args: Any, owed: Sequence[Return], today: date, **kwargs: Any) -> None:
        """`today` is the last day on which an answer can have come."""
        super().__init__(*args, owed=owed, **kwargs)
        self._today = today

    def clean_answered_on(self) -> date:
        """Today at the latest."""
        day: date = self.cleaned_data["answered_on"]
        if day > self._today:
            raise forms.ValidationError(_("The day of the answer lies in the future."))
        return day


class StateForm(_PillarsForm):
    """What a focal point says for its own organisation; the button says which of the two."""

    nothing = forms.ChoiceField(choices=[(ALL, ""), (NOTHING, "")], widget=forms.HiddenInput, initial="")

    def clean_nothing(self) -> str:
        """One of the two buttons."""
        return str(self.cleaned_data["nothing"])


class TakeBackForm(forms.Form):
    """Why an answer is taken back."""

    returned = forms.ModelChoiceField(queryset=Return.objects.none(), widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Why is it taken back?"),
        max_length=300,
        error_messages={"required": gettext_lazy("Say why the answer is taken back.")},
    )

    def __init__(self, *args: Any, answered: Sequence[Return], **kwargs: Any) -> None:
        """`answered` are the answers that the reader may take back."""
        super().__init__(*args, **kwargs)
        field = self.fields["returned"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Return.objects.filter(pk__in=[one.pk for one in answered])
