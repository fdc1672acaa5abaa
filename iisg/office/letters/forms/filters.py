"""Filters of the registers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iisg.foundations.core.long_select import LongSelect
from iisg.office.letters.kinds import known
from iisg.office.letters.models import Direction, LetterState, Series

NOT_ARRIVED, TO_POST = "not_arrived", "to_post"
ARRIVALS = [(NOT_ARRIVED, _("did not arrive")), (TO_POST, _("waits to be posted"))]


def choice(label: Any, words: Any, choices: Any = ()) -> forms.ChoiceField:
    """One of some values, or none, for which `words` stand."""
    return forms.ChoiceField(label=label, required=False, choices=[("", words), *choices], widget=LongSelect)


class LetterFilters(forms.Form):
    """Which letters are listed; a value that cannot be read is told at its field and does not filter."""

    words = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=200,
        help_text=_("In subject, number, addressee or sender"),
    )
    direction = choice(
        _("Register"),
        _("Both registers"),
        [(Direction.OUT, _("letters out")), (Direction.IN, _("letters in"))],
    )
    state = choice(_("State"), _("Any state"), LetterState.choices)
    arrival = choice(_("Delivery"), _("Any delivery"), ARRIVALS)
    overdue = forms.BooleanField(label=_("Answer overdue"), required=False)
    kind = choice(_("Kind"), _("Any kind"))
    year = choice(_("Year"), _("Any year"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Kinds and years are what the house knows."""
        super().__init__(*args, **kwargs)
        years = Series.objects.order_by("-year").values_list("year", flat=True).distinct()
        self._offer("kind", [(kind.slug, kind.label) for kind in known()])
        self._offer("year", [(str(year), str(year)) for year in years])
        self.is_valid()

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            present: Any = field.choices
            field.choices = [*present, *choices]

    def chosen(self, name: str) -> Any:
        """The value of a field where it was readable, else ""."""
        return self.cleaned_data.get(name) or ""
