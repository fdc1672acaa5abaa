"""What is said to the Board on its pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iisg.governance.board.models import Capacity, Decision, Outcome, Procedure, Seat, Subject
from iisg.governance.board.silence import Value
from iisg.office.documents.rules import LIMIT_BYTES

_WORDS = {
    Value.AGREE: (_("We agree"), ""),
    Value.NO_OBJECTION: (
        _("No objection, with a comment"),
        _("The comment is shown to all; it stops nothing."),
    ),
    Value.OBJECTION: (_("We object"), _("The text is not adopted. All are told at once, with your reason.")),
    Value.AMENDMENT: (_("We ask for an amendment"), _("As an objection: say how the text should read.")),
    Value.ASK_FOR_MEETING: (_("We ask for a meeting"), _("The question goes to a meeting of the Board.")),
    Value.RECUSE: (_("We take no part"), ""),
}
POSITIONS = [(str(value), words) for value, (words, _hint) in _WORDS.items()]
HINTS = {str(value): hint for value, (_words, hint) in _WORDS.items() if hint}


def day_field(label: Any, **given: Any) -> forms.DateField:
    """A day."""
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **given
    )


def text_field(label: Any, rows: int = 3, **given: Any) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **given)


class PaperField(forms.FileField):
    """A file that is kept; one that is too large is refused before it is read."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Ask how large it is; the rules look into it."""
        file = super().clean(data, initial)
        if file and file.size > LIMIT_BYTES:
            limit = LIMIT_BYTES // 1024**2
            raise forms.ValidationError(_("The file is larger than %(limit)d MB.") % {"limit": limit})
        return file


class PositionForm(forms.Form):
    """What a seat says, in one choice and, where it stops the others, a reason."""

    value = forms.ChoiceField(
        label=_("Your position"),
        choices=POSITIONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a position.")},
    )
    reason = text_field(
        _("Reason or comment"),
        required=False,
        max_length=5000,
        help_text=_("An objection or an amendment needs its reason. Nothing operational, no intelligence."),
    )
    digest = forms.CharField(widget=forms.HiddenInput)


class OnBehalfForm(PositionForm):
    """The same, typed by an officer from a seat's own writing."""

    prefix = "behalf"

    seat = forms.ModelChoiceField(label=_("Seat"), queryset=Seat.objects.select_related("organisation"))
    speaker = forms.CharField(
        label=_("Who said it, and by which paper"),
        max_length=150,
        help_text=_("For instance: Note verbale 12/2027 of 3 March, signed by the representative"),
    )
    field_order = ("seat", "speaker", "value", "reason", "digest")


class HolderForm(forms.Form):
    """Who represents a seat, or stands in."""

    seat = forms.ModelChoiceField(label=_("Seat"), queryset=Seat.objects.select_related("organisation"))
    capacity = forms.ChoiceField(label=_("Capacity"), choices=Capacity.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_(
            "With it comes an account that may take positions; without it, notices go by post or hand."
        ),
    )
    named_by = forms.CharField(label=_("Named by which paper"), max_length=200)
    valid_from = day_field(_("From"))


class ChairForm(forms.Form):
    """Who presides."""

    prefix = "chair"

    name = forms.CharField(label=_("Name or office"), max_length=150)
    named_by = forms.CharField(label=_("Named by which paper"), max_length=200)
    valid_from = day_field(_("From"))


class ProposalForm(forms.Form):
    """A question to the Board with its text."""

    subject = forms.ChoiceField(label=_("Kind of paper"), choices=Subject.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=200)
    asks = text_field(_("What is the Board asked?"), max_length=3000, help_text=_("One sentence: to adopt …"))
    legal_base = forms.CharField(label=_("Legal base"), max_length=300, required=False)
    file = PaperField(
        label=_("The text"), help_text=_("PDF or DOCX, at most 20 MB; it is kept byte by byte.")
    )
    paper = PaperField(label=_("Explanatory paper"), required=False)


class TextForm(forms.Form):
    """A further version of the text."""

    prefix = "text"

    file = PaperField(label=_("The new version"))


class ConsultationForm(forms.Form):
    """Until when the partners' Working Group can comment."""

    prefix = "ask"

    due_on = day_field(_("Comments until"))


class ReasonForm(forms.Form):
    """A reason that others understand later."""

    reason = text_field(_("Reason"))


class OpenForm(forms.Form):
    """Open a silent written procedure; the page says until when it will run."""

    urgent = forms.BooleanField(label=_("It is urgent: a shorter period"), required=False)
    urgency = text_field(_("Why it is urgent"), rows=2, required=False)


class ExtendForm(forms.Form):
    """A later end, for all."""

    prefix = "extend"

    day = day_field(_("New last day"), help_text=_("The hour stays the same."))
    reason = text_field(_("Reason"), rows=2)


class ProofForm(forms.Form):
    """By which other means it is known that a seat has the notice."""

    prefix = "proof"

    seat = forms.ModelChoiceField(label=_("Seat"), queryset=Seat.objects.select_related("organisation"))
    note = forms.CharField(label=_("Proof"), max_length=500)


class MeetingDecisionForm(forms.Form):
    """What a meeting decided."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect)
    decided_on = day_field(_("Day of the meeting"))
    effective_on = day_field(_("In force from"))
    reason = text_field(_("Reason, where it was not adopted"), required=False)
    objecting = forms.ModelMultipleChoiceField(
        label=_("Seats that objected"),
        queryset=Seat.objects.select_related("organisation"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    file = PaperField(label=_("Signed conclusions"))


class DecisionFilters(forms.Form):
    """Filters of the register."""

    words = forms.CharField(label=_("Words"), required=False)
    subject = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("Any kind")), *Subject.choices]
    )
    procedure = forms.ChoiceField(
        label=_("Procedure"), required=False, choices=[("", _("Any procedure")), *Procedure.choices]
    )
    year = forms.IntegerField(label=_("Year"), required=False, min_value=2000, max_value=2100)

    def chosen(self) -> Any:
        """Decisions that fit what could be read."""
        found = Decision.objects.select_related("proposal")
        if not self.is_bound:
            return found
        self.is_valid()
        said = self.cleaned_data
        if words := said.get("words"):
            found = found.matching(words)
        if subject := said.get("subject"):
            found = found.filter(subject=subject)
        if procedure := said.get("procedure"):
            found = found.filter(procedure=procedure)
        if year := said.get("year"):
            found = found.filter(decided_at__year=year)
        return found


class RulesForm(forms.Form):
    """The next version of the settings."""

    working_days = forms.IntegerField(label=_("Working days of a period"), min_value=1, max_value=60)
    urgent_days = forms.IntegerField(label=_("Working days if urgent"), min_value=1, max_value=60)
    ends_at = forms.TimeField(label=_("A period ends at"), widget=forms.TimeInput(attrs={"type": "time"}))
    subjects = forms.MultipleChoiceField(
        label=_("Silence may decide on"), choices=Subject.choices, widget=forms.CheckboxSelectMultiple
    )
    breaks_at_once = forms.BooleanField(
        label=_("An objection ends the procedure at once"),
        required=False,
        help_text=_("Otherwise it can be taken back until the end of the period."),
    )
    note = text_field(_("By which decision or paper"))
