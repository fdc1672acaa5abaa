"""An action entered by hand: the form, the record it states, and what is said of it at once."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.roles import Can, PillarCode
from iisg.foundations.core.periods import read_printed_date
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions import comparing
from iisg.knowledge.actions.models import Action, ActionKind, AssistanceKind, PartyRole, Stage
from iisg.knowledge.actions.records import ActionRecord, FlowRecord, PartyRecord

NAMED, REGIONAL = "named", "regional"
PLACE = gettext_lazy("entered by hand")


def _bodies(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _printed(label: Any) -> forms.CharField:
    help_text = gettext_lazy(
        "As far as it is known: 2026-03-01, 2026-03 or 2026; blank where it is not known"
    )
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=60)


class ActionForm(forms.Form):
    """What a member says of one action; blank means not known, never none and never zero."""

    reporter = forms.ModelChoiceField(
        label=gettext_lazy("Reported by"), queryset=Organisation.objects.none(), to_field_name="ref"
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=comparing.LIMITS["title"],
        error_messages={"required": gettext_lazy("Write the title of the action.")},
    )
    summary = forms.CharField(
        label=gettext_lazy("Summary"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5000,
    )
    ref = forms.CharField(
        label=gettext_lazy("Your own reference"),
        help_text=gettext_lazy("Such as a contract number; without one the house gives it one"),
        required=False,
        max_length=120,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=ActionKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what kind of action it is.")},
    )
    funders = _bodies(gettext_lazy("Funders"), gettext_lazy("One on each line; blank where not known"))
    implementers = _bodies(
        gettext_lazy("Implementers"), gettext_lazy("One on each line; blank where not known")
    )
    partners = forms.MultipleChoiceField(
        label=gettext_lazy("Partners that it reaches"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reach = forms.ChoiceField(
        label=gettext_lazy("How it reaches them"),
        choices=[
            (NAMED, gettext_lazy("it names them")),
            (REGIONAL, gettext_lazy("only as part of the region")),
        ],
        initial=NAMED,
        widget=forms.RadioSelect,
    )
    pillars = forms.MultipleChoiceField(
        label=gettext_lazy("Pillars"),
        required=False,
        choices=PillarCode.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    assistance = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds of assistance"),
        required=False,
        choices=AssistanceKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    start = _printed(gettext_lazy("Starts"))
    end = _printed(gettext_lazy("Ends"))
    stage = forms.ChoiceField(
        label=gettext_lazy("Stage"), required=False, choices=[("", gettext_lazy("Not known")), *Stage.choices]
    )
    amount = forms.DecimalField(
        label=gettext_lazy("Amount committed"),
        help_text=gettext_lazy("Blank where it is not known"),
        required=False,
        min_value=Decimal("0.01"),
        max_digits=18,
        decimal_places=2,
    )
    currency = forms.CharField(
        label=gettext_lazy("Currency"),
        help_text=gettext_lazy("Three letters, such as EUR"),
        required=False,
        max_length=3,
    )
    source_url = forms.URLField(
        label=gettext_lazy("Source"),
        help_text=gettext_lazy(
            "A public page, if there is one: then the action is shown to the public in part"
        ),
        required=False,
        max_length=800,
        assume_scheme="https",
    )

    def __init__(self, *args: Any, reader: Actor, **kwargs: Any) -> None:
        """A member reports for its own bodies; the Secretariat chooses, or compiles from public sources."""
        super().__init__(*args, **kwargs)
        field = self.fields["reporter"]
        partners = self.fields["partners"]
        if not isinstance(field, forms.ModelChoiceField) or not isinstance(
            partners, forms.MultipleChoiceField
        ):
            return
        partners.choices = [(p.code or "", p.name) for p in Organisation.objects.partners()]
        if Can.IMPORT_ANY_RECORDS in reader.powers:
            field.queryset, field.required = Organisation.objects.all(), False
            field.empty_label = _("Nobody; compiled from public sources")
            return
        own = Organisation.objects.filter(pk__in=reader.organisation_keys)
        field.queryset = own
        bodies = list(own[:2])
        if len(bodies) == 1:
            field.initial, field.empty_label = bodies[0].ref, None

    def clean_start(self) -> str:
        """A day, a month or a year."""
        return self._readable("start")

    def clean_end(self) -> str:
        """A day, a month or a year."""
        return self._readable("end")

    def _readable(self, name: str) -> str:
        printed = str(self.cleaned_data[name]).strip()
        if read_printed_date(printed).unreadable:
            raise forms.ValidationError(
                _("“%(printed)s” is no possible day, month or year. Write 2026-03-01, 2026-03 or 2026.")
                % {"printed": printed}
            )
        return printed

    def clean_currency(self) -> str:
        """Three letters."""
        currency = str(self.cleaned_data["currency"]).strip().upper()
        if currency and not re.fullmatch("[A-Z]{3}", currency):
            raise forms.ValidationError(_("Write the currency in three letters, such as EUR."))
        return currency

    def clean(self) -> dict[str, Any]:
        """What only makes sense together."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("amount") is not None and not data.get("currency") and "currency" not in self.errors:
            self.add_error("currency", _("Say in which currency the amount is."))
        self._look_at_days(data)
        reporter, ref = data.get("reporter"), data.get("ref")
        if ref and Action.objects.under([ref]).filter(reporter=reporter).exists():
            self.add_error(
                "ref", _("An action is recorded under this reference already; it is not entered again.")
            )
        return data

    def _look_at_days(self, data: dict[str, Any]) -> None:
        start, end = (read_printed_date(data.get(name, "")) for name in ("start", "end"))
        if start.first and end.last and end.last < start.first:
            self.add_error("end", _("The end lies before the start."))


def record_of(said: dict[str, Any], at: datetime) -> ActionRecord:
    """What a filled form states, as a file would state it; the house's reference is made of the moment."""
    flows = []
    if said["amount"] is not None:
        printed = f"{said['amount']} {said['currency']}"
        flows = [FlowRecord("committed", said["amount"], said["currency"], printed=printed)]
    return ActionRecord(
        ref=said["ref"].strip() or f"by-hand-{at:%Y%m%d-%H%M%S-%f}",
        place=str(PLACE),
        title=said["title"].strip(),
        summary=said["summary"].strip(),
        kind=said["kind"],
        parties=[
            *(PartyRecord(PartyRole.FUNDING, name) for name in lines_of(said["funders"])),
            *(PartyRecord(PartyRole.IMPLEMENTING, name) for name in lines_of(said["implementers"])),
        ],
        partners=tuple(said["partners"]),
        names_partners=said["reach"] == NAMED if said["partners"] else None,
        pillars=tuple(said["pillars"]),
        assistance=tuple(said["assistance"]),
        start=read_printed_date(said["start"]),
        end=read_printed_date(said["end"]),
        stage=said["stage"],
        flows=flows,
        source_url=said["source_url"],
    )


def lines_of(text: str) -> list[str]:
    """Names, one on each line, each once."""
    return list(dict.fromkeys(name.strip() for name in re.split(r"[\n;]", text) if name.strip()))
