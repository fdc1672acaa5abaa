"""What a reader asks search for; nothing is saved here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import PillarCode
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.finding.models import EntryKind, EntryQuerySet

FACETS = ("kind", "partner", "pillar")


class SearchForm(forms.Form):
    """Words, and what narrows them; a value that is no choice is told at its field and narrows nothing."""

    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=200,
        strip=True,
        help_text=_('In Latin or Cyrillic letters, with or without accents; "in quotes" for a phrase'),
    )
    kind = forms.ChoiceField(
        label=_("Kind of record"), required=False, choices=[("", _("All kinds")), *EntryKind.choices]
    )
    partner = forms.ChoiceField(label=_("Partner"), required=False)
    pillar = forms.ChoiceField(
        label=_("Pillar"), required=False, choices=[("", _("Any pillar")), *PillarCode.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Partners are data, so their names come from the register of organisations."""
        super().__init__(*args, **kwargs)
        partners = Organisation.objects.partners().values_list("code", "name")
        field = self.fields["partner"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Any partner")), *((code or "", name) for code, name in partners)]
        self.is_valid()

    def choices_of(self, name: str) -> list[tuple[str, Any]]:
        """The choices of a field, without the one that chooses nothing."""
        field: Any = self.fields[name]
        return [choice for choice in field.choices if choice[0]]

    def chosen(self, name: str) -> str:
        """The value of a field where it was readable, else ""."""
        return str(self.cleaned_data.get(name) or "")

    @property
    def choices(self) -> dict[str, str]:
        """What narrows, by facet; "" chooses nothing."""
        return {name: self.chosen(name) for name in FACETS}

    def narrow(self, found: EntryQuerySet) -> EntryQuerySet:
        """Entries that fit all choices."""
        chosen = self.choices
        if chosen["kind"]:
            found = found.filter(kind=chosen["kind"])
        if chosen["partner"]:
            found = found.reaching(chosen["partner"])
        return found.under(chosen["pillar"]) if chosen["pillar"] else found
