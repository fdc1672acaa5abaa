"""What an applicant says on the page of its case: what the Board has asked for, why it withdraws."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from iisg.office.documents.several_files import FilesField


class AnswerForm(forms.Form):
    """What the Board has asked for."""

    said = forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=10_000,
        required=False,
        help_text=gettext_lazy("A sentence is enough where the files say the rest."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    attached = FilesField(gettext_lazy("Files"))


class ReasonForm(forms.Form):
    """Why a case is withdrawn."""

    reason = forms.CharField(
        label=gettext_lazy("Why do you withdraw?"),
        max_length=2_000,
        help_text=gettext_lazy("In a sentence. The Secretariat reads it, and it stays with the case."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write a sentence.")},
    )
