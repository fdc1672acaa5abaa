"""What forms of this app share: a choice that may be left open, a day, a text, filters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.foundations.core.long_select import LongSelect
from iisg.office.documents.rules import LIMIT_BYTES
from iisg.office.letters.languages import LANGUAGES


def choice(label: Any, words: Any, choices: Iterable[tuple[str, Any]] = ()) -> forms.ChoiceField:
    """One of some values, or none, for which `words` stand."""
    return forms.ChoiceField(label=label, required=False, choices=[("", words), *choices], widget=LongSelect)


def day_field(label: Any, **given: Any) -> forms.DateField:
    """A day."""
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **given
    )


def text_field(label: Any, rows: int = 4, **given: Any) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **given)


def language_field() -> forms.ChoiceField:
    """The language in which letters go there; English where nothing is said."""
    return forms.TypedChoiceField(
        label=gettext_lazy("Language of letters"),
        required=False,
        choices=LANGUAGES,
        empty_value="en",
        initial="en",
        widget=LongSelect,
        help_text=gettext_lazy("Letters of the house go there in this language."),
    )


class PaperField(forms.FileField):
    """A file that is kept; one that is too large is refused before it is read."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Ask how large it is, then let the rules look into it."""
        file = super().clean(data, initial)
        if file and file.size > LIMIT_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(limit)d MB.") % {"limit": LIMIT_BYTES // 1024**2}
            )
        return file


class Filters(forms.Form):
    """Filters of a register; a value that cannot be read is told at its field and does not filter."""

    def offer(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        """Give a field the choices that come from data, after its first one."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            present: Any = field.choices
            field.choices = [*present, *choices]

    def chosen(self, name: str) -> Any:
        """The value of a field where it was readable, else ""."""
        if not self.is_bound:
            return ""
        self.is_valid()
        return self.cleaned_data.get(name) or ""
