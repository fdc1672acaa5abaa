"""How the Secretariat words a kind of letter, and for what it looks who would be told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iisg.foundations.core.long_select import LongSelect
from iisg.office.letters.addressing import Occasion, occasions
from iisg.office.letters.forms.writing import text_field
from iisg.office.letters.told_table import records_for


class WordingForm(forms.Form):
    """Subject and text; both empty means the house's own again."""

    subject = forms.CharField(label=_("Subject"), required=False, max_length=250)
    body = text_field(
        _("Text"), 14, help_text=_("A blank line parts paragraphs, “- ” begins an item of a list.")
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        """The texts are in a language, which a screen reader is told."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["lang"] = language


class WhoNowForm(forms.Form):
    """An occasion, then the record that it would be about."""

    occasion = forms.ChoiceField(label=_("Occasion"), required=False, widget=LongSelect)
    record = forms.ChoiceField(label=_("Record"), required=False, widget=LongSelect)

    def __init__(self, *args: Any, reader: object, **kwargs: Any) -> None:
        """Occasions that say what they are about; once one is chosen, its newest records."""
        super().__init__(*args, **kwargs)
        known = [each for each in occasions() if each.about]
        self.chosen: Occasion | None = next(
            (each for each in known if each.slug == self.data.get("occasion")), None
        )
        self._offer("occasion", _("Choose one"), [(each.slug, each.label) for each in known])
        if self.chosen is None:
            del self.fields["record"]
            return
        self.records = {str(record.pk): record for record in records_for(self.chosen, reader)}
        self._offer("record", _("Choose one"), [(key, str(record)) for key, record in self.records.items()])

    def _offer(self, name: str, words: Any, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", words), *choices]
