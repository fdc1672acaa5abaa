"""What is said of an item of an agenda: its words, its papers, what became of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.governance.meetings.agenda_tree import Line, is_below
from iisg.governance.meetings.forms.fields import BodyField, choice, text_field
from iisg.governance.meetings.models import (
    AgendaItem,
    Body,
    Consulted,
    ItemKind,
    Meeting,
    Outcome,
    PaperMarking,
    StatementKind,
)
from iisg.office.documents.kinds import TYPES
from iisg.office.documents.rules import LIMIT_BYTES


class ItemForm(forms.Form):
    """The words of an item, and below which one it stands."""

    title = forms.CharField(label=gettext_lazy("Title of the item"), max_length=250)
    kind = forms.ChoiceField(
        label=gettext_lazy("What is asked of the meeting?"), choices=ItemKind.choices, widget=forms.RadioSelect,
        initial=ItemKind.DECISION,
    )  # fmt: skip
    parent = choice(gettext_lazy("Below"), gettext_lazy("no other item"))
    text = text_field(gettext_lazy("Explanation"), rows=4, required=False, max_length=5000)
    consulted = choice(
        gettext_lazy("The partners' Working Group"),
        gettext_lazy("not said"),
        Consulted.choices,
        help_text=gettext_lazy("It gives its input before papers go to the Board (methodology 1)."),
    )
    consulted_note = forms.CharField(label=gettext_lazy("What it said"), max_length=500, required=False)

    def __init__(
        self, *args: Any, meeting: Meeting, lines: list[Line], item: AgendaItem | None = None, **kwargs: Any
    ) -> None:
        """An item is put below any other one of the agenda that does not stand below itself."""
        super().__init__(*args, **kwargs)
        self.items = {
            str(line.item.pk): line.item for line in lines if not (item and is_below(line.item, item))
        }
        parent = self.fields["parent"]
        if isinstance(parent, forms.ChoiceField):
            parent.choices = [
                ("", _("no other item")),
                *(
                    (str(line.item.pk), f"{line.number} {line.item.title}"[:90])
                    for line in lines
                    if str(line.item.pk) in self.items
                ),
            ]
        if meeting.body != Body.BOARD:
            del self.fields["consulted"], self.fields["consulted_note"]
        if item is not None:
            self.initial = {name: getattr(item, name) for name in self.fields if name != "parent"}
            self.initial["parent"] = item.parent_id or ""

    def said(self) -> dict[str, Any]:
        """The answers as the verbs take them."""
        said = dict(self.cleaned_data)
        return said | {"parent": self.items.get(said.get("parent", ""))}


class PaperForm(forms.Form):
    """A paper of an item."""

    prefix = "paper"

    file = forms.FileField(
        label=gettext_lazy("File"),
        max_length=250,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{kind}" for kind in TYPES)}),
        help_text=gettext_lazy("PDF, DOCX, XLSX, PNG or JPEG, at most 20 MB"),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("The same title again makes a further version of that paper."),
    )
    marking = forms.ChoiceField(
        label=gettext_lazy("Who may read it?"),
        choices=PaperMarking.choices,
        initial=PaperMarking.MEMBERS,
        widget=forms.RadioSelect,
    )

    def clean_file(self) -> Any:
        """One that is too large is refused before it is read."""
        file = self.cleaned_data["file"]
        if file.size > LIMIT_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(mb)d MB.") % {"mb": LIMIT_BYTES // 1024**2}
            )
        return file


class OutcomeForm(forms.Form):
    """What became of an item."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        required=False,
        choices=[("", gettext_lazy("not recorded yet")), *Outcome.choices],
        widget=forms.RadioSelect,
    )
    discussion = text_field(gettext_lazy("What was said"), rows=6, required=False, max_length=20000)
    conclusion = text_field(gettext_lazy("Conclusion"), rows=4, required=False, max_length=10000)

    def begin_with(self, item: AgendaItem) -> None:
        """Show what is recorded."""
        self.initial = {name: getattr(item, name) for name in self.fields}


class StatementForm(forms.Form):
    """An objection or an interpretative statement."""

    prefix = "said"

    organisation = BodyField(gettext_lazy("Who made it?"))
    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"), choices=StatementKind.choices, widget=forms.RadioSelect
    )
    text = text_field(gettext_lazy("In its own words"), rows=4, max_length=10000)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        """Members on the day of the meeting."""
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        if isinstance(field, BodyField):
            field.members_on(day)
