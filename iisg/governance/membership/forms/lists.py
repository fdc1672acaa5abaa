"""What is said about a list to the Board and about the Board's decision on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iisg.governance.membership.forms.choosing import Filters, PaperField, choice, day_field, text_field
from iisg.governance.membership.models import Case, ListLine, ListState, Outcome, Procedure


class ListFilters(Filters):
    """Filters of the register of lists."""

    state = choice(_("State"), _("Any state"), ListState.choices)
    procedure = choice(_("Procedure"), _("Any procedure"), Procedure.choices)


class NewListForm(forms.Form):
    """A list by its title."""

    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("For instance: Potential members, December 2026")
    )


class AddCasesForm(forms.Form):
    """Assessed cases that stand on no list."""

    prefix = "add"

    cases = forms.ModelMultipleChoiceField(
        label=_("Cases that are assessed"),
        queryset=Case.objects.none(),
        to_field_name="ref",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one case.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """All of them."""
        super().__init__(*args, **kwargs)
        field = self.fields["cases"]
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.queryset = (
                Case.objects.assessed().select_related("organisation").order_by("organisation__name")
            )


class PutForm(forms.Form):
    """By which procedure the Board decides."""

    prefix = "put"

    procedure = forms.ChoiceField(
        label=_("How does the Board decide?"),
        choices=Procedure.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the procedure.")},
    )
    working_group = text_field(
        _("The partners' Working Group"),
        rows=2,
        required=False,
        max_length=2000,
        help_text=_("What it said of the list, or why it was not asked (methodology 1). The Board reads it."),
    )


class DecisionForm(forms.Form):
    """What the Board decided: number, days, signed conclusions, and each line by itself."""

    decision_number = forms.CharField(label=_("Number of the decision"), max_length=60)
    decided_on = day_field(_("Decided on"))
    effective_on = day_field(_("In force from"), help_text=_("Membership begins on this day."))
    file = PaperField(
        label=_("Signed conclusions"), required=False, help_text=_("PDF, DOCX, PNG or JPEG, at most 20 MB")
    )

    def __init__(
        self, *args: Any, lines: Iterable[ListLine], day: date, attached: bool, **kwargs: Any
    ) -> None:
        """One choice and one reason for each line; conclusions that are attached already need not come again."""
        super().__init__(*args, **({"initial": {"decided_on": day, "effective_on": day}} | kwargs))
        self.lines = list(lines)
        self.fields["file"].required = not attached
        for line in self.lines:
            body = line.case.organisation.name
            self.fields[f"outcome_{line.pk}"] = forms.ChoiceField(
                label=body,
                choices=[
                    (Outcome.ADMITTED, _("admitted")),
                    (Outcome.REFUSED, _("refused, with the reason")),
                    (Outcome.DEFERRED, _("deferred, with what is asked")),
                ],
                widget=forms.RadioSelect,
                error_messages={"required": _("Say what the Board decided.")},
            )
            self.fields[f"reason_{line.pk}"] = text_field(
                _("Reason, or what is asked, for %(body)s") % {"body": body},
                rows=3,
                required=False,
                max_length=3000,
            )

    def outcomes(self) -> dict[int, tuple[str, str]]:
        """For the key of each line its outcome and reason."""
        said = self.cleaned_data
        return {
            line.pk: (said.get(f"outcome_{line.pk}", ""), said.get(f"reason_{line.pk}", ""))
            for line in self.lines
        }

    def carried(self) -> list[tuple[str, str]]:
        """Everything but the file, to be sent again by the page that asks once more."""
        return [(name, self.data.get(self.add_prefix(name), "")) for name in self.fields if name != "file"]
