"""What an officer writes: a letter in free words, the facts of a kind of letter, a letter that came in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.foundations.core.long_select import LongSelect
from iisg.office.documents.several_files import FilesField
from iisg.office.letters.addressees import organisation_called, read_addressees
from iisg.office.letters.addressing import Addressee
from iisg.office.letters.kinds import COMMON, Fact, FactType, Kind, known
from iisg.office.letters.languages import LANGUAGES
from iisg.office.letters.models import Direction, Letter, Purpose

BODIES = "known-bodies"
"""The list of organisations from which a browser offers names."""
ANSWERED = "known-letters"
"""The list of our letters from which a browser offers numbers."""


def day_field(label: Any, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def subject_field() -> forms.CharField:
    """What a letter is about, missed in the words of the rule."""
    missed = gettext_lazy("The letter has no subject. Say in a few words what it is about.")
    return forms.CharField(label=gettext_lazy("Subject"), max_length=250, error_messages={"required": missed})


def text_field(label: Any, rows: int, required: bool = False, help_text: Any = "") -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=50_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class KindForm(forms.Form):
    """Which kind of letter, in which language."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of letter"), widget=LongSelect)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES, widget=LongSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The kinds that the house knows."""
        super().__init__(*args, **kwargs)
        kinds = self.fields["kind"]
        if isinstance(kinds, forms.ChoiceField):
            kinds.choices = [(kind.slug, kind.label) for kind in known()]


class AddressedForm(forms.Form):
    """Whom a letter goes to, what is expected of them, and what goes with it."""

    people = text_field(
        gettext_lazy("Addressees"),
        4,
        help_text=gettext_lazy(
            "One a line: name; e-mail; salutation; street, town. Only the name has to be there; without an e-mail "
            "address the letter goes by post or hand."
        ),
    )
    copies = text_field(gettext_lazy("In copy"), 2, help_text=gettext_lazy("One a line, written likewise."))
    organisation = forms.CharField(
        label=gettext_lazy("Add an organisation of the register"),
        required=False,
        max_length=250,
        help_text=gettext_lazy(
            "With its address for correspondence, else the one under which it was last reached."
        ),
        widget=forms.TextInput(attrs={"list": BODIES, "autocomplete": "off"}),
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("What is expected"), choices=Purpose.choices, widget=LongSelect
    )
    answer_due_on = day_field(
        gettext_lazy("Answer asked for by"),
        help_text=gettext_lazy("Leave it blank where no answer is expected."),
    )
    attached = FilesField(gettext_lazy("Attachments"))

    def addressees(self, name: str) -> list[Addressee]:
        """Those of a field, "people" or "copies"."""
        return read_addressees(self.cleaned_data.get(name) or "")


class LetterForm(AddressedForm):
    """A letter in free words."""

    subject = subject_field()
    body = text_field(
        gettext_lazy("Text"),
        16,
        help_text=gettext_lazy(
            "A blank line parts paragraphs, “- ” begins an item of a list. {salutation} and {recipient} are filled in "
            "each addressee's own copy."
        ),
    )
    field_order = (
        "subject",
        "body",
        "people",
        "copies",
        "organisation",
        "purpose",
        "answer_due_on",
        "attached",
    )


class FactsForm(AddressedForm):
    """The facts that a kind of letter names, each by its type; subject and text come from the wording."""

    field_order: Any = None

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        """One field for each fact, before those that every letter has."""
        super().__init__(*args, **kwargs)
        own = [fact for fact in kind.facts if fact.name not in {each.name for each in COMMON}]
        self.facts_asked = {f"fact-{fact.name}": fact for fact in own}
        for name, fact in self.facts_asked.items():
            self.fields[name] = fact_field(fact)
        self.order_fields([*self.facts_asked, "people", "copies", "organisation"])

    @property
    def facts(self) -> dict[str, Any]:
        """What was said, by the names of the facts."""
        said = {fact.name: self.cleaned_data[name] for name, fact in self.facts_asked.items()}
        for fact in self.facts_asked.values():
            if fact.type is FactType.LIST:
                said[fact.name] = [line.strip() for line in said[fact.name].splitlines() if line.strip()]
        return said


def fact_field(fact: Fact) -> forms.Field:
    """A field for a fact by its type."""
    if fact.type is FactType.DAY:
        return day_field(str(fact.label), required=True)
    if fact.type is FactType.LINK:
        return forms.URLField(label=str(fact.label), max_length=500, assume_scheme="https")
    if fact.type is FactType.LIST:
        return text_field(str(fact.label), 4, required=True, help_text=_("One a line."))
    if fact.type is FactType.PARAGRAPHS:
        return text_field(str(fact.label), 6, required=True)
    return forms.CharField(label=str(fact.label), max_length=500)


class IncomingForm(forms.Form):
    """A letter that came in."""

    subject = subject_field()
    sender = forms.CharField(
        label=gettext_lazy("Sender"),
        error_messages={"required": gettext_lazy("The letter has no sender. Say who wrote it.")},
        max_length=200,
        help_text=gettext_lazy("The office or organisation as the letter names it."),
        widget=forms.TextInput(attrs={"list": BODIES, "autocomplete": "off"}),
    )
    received_on = day_field(gettext_lazy("Received on"), required=True)
    dated_on = day_field(gettext_lazy("Date of the letter"))
    sender_reference = forms.CharField(
        label=gettext_lazy("Sender's reference"), required=False, max_length=100
    )
    answers = forms.CharField(
        label=gettext_lazy("Answers our letter"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("Its number, such as OUT-2026-0001; that letter is then answered."),
        widget=forms.TextInput(attrs={"list": ANSWERED, "autocomplete": "off"}),
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("What is expected of us"), choices=Purpose.choices, widget=LongSelect
    )
    answer_due_on = day_field(gettext_lazy("To be answered by"))
    summary = text_field(gettext_lazy("What it says"), 5)
    attached = FilesField(gettext_lazy("The letter and what came with it"))

    def clean_answers(self) -> Letter | None:
        """Our letter of that number."""
        number = str(self.cleaned_data.get("answers") or "").strip().upper()
        if not number:
            return None
        found = Letter.objects.filter(direction=Direction.OUT, number=number).first()
        if found is None:
            raise forms.ValidationError(
                _("There is no letter %(number)s in the register of letters out.") % {"number": number}
            )
        return found

    def facts(self) -> dict[str, Any]:
        """What is entered, by the names that the operation has for it."""
        said = self.cleaned_data
        day: date | None = said["dated_on"]
        return {
            "organisation": organisation_called(said["sender"]),
            "sender_reference": said["sender_reference"],
            "dated_on": day,
            "purpose": said["purpose"],
            "summary": said["summary"],
            "answer_due_on": said["answer_due_on"],
            "in_reply_to": said["answers"],
        }
