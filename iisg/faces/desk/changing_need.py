"""A need completed or changed by hand: the form as it is recorded, with what is missing at the field that cures it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.faces.desk.changing import data_over, moment_seen, touched_in
from iisg.faces.desk.forms import KINDS, Choices
from iisg.foundations.access.actors import Actor
from iisg.foundations.access.roles import Can
from iisg.foundations.core.findings import Finding
from iisg.foundations.core.long_select import LongSelect
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.needs import comparing
from iisg.knowledge.needs.models import FrameworkVersion, Measure, Need, Objective, Perspective, Priority
from iisg.knowledge.needs.recorded import record_of
from iisg.knowledge.needs.records import NeedPlace, NeedRecord
from iisg.knowledge.needs.rules import what_is_missing

CURES: Final[Mapping[str, str]] = {
    "needs.no-body": "body",
    "needs.no-capability": "capability",
    "needs.no-day": "needed_by",
    "needs.no-test": "met_when",
    "needs.no-kind": "kinds",
    "needs.no-unit": "unit",
}
"""What is missing, and the field in which it is said."""
TEXTS: Final = (
    "title", "title_original", "original_language", "capability", "met_when", "unit", "basis", "source_body",
    "source_url", "references", "pillar_basis", "four_p_basis", "notes",
)  # fmt: skip
PLACE: Final = "place_"


def _text(label: Any, help_text: Any = "", *, rows: int = 0, limit: str = "", **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=comparing.LIMITS.get(limit, 5000),
        widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs=more),
    )


class NeedForm(forms.Form):
    """What a partner says of one need; blank means not known, never none and never zero."""

    seen = forms.CharField(widget=forms.HiddenInput)
    was = forms.CharField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=gettext_lazy("Need"),
        max_length=comparing.LIMITS["title"],
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say what is needed.")},
    )
    body = _text(
        gettext_lazy("Body that has the need"),
        gettext_lazy("Choose from the list, or write a name; one that is new is entered as unconfirmed."),
        list="bodies",
    )
    capability = _text(
        gettext_lazy("Capability that is missing"), gettext_lazy("What that body cannot do today."), rows=3
    )
    needed_by = forms.DateField(
        label=gettext_lazy("Needed by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    met_when = _text(
        gettext_lazy("How one would see it met"),
        gettext_lazy("What one would see once the need is met."),
        rows=3,
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds of need"),
        required=False,
        choices=KINDS,
        widget=forms.CheckboxSelectMultiple,
    )
    priority = forms.ChoiceField(
        label=gettext_lazy("Priority"),
        required=False,
        choices=[("", gettext_lazy("not stated")), *Priority.choices],
    )
    perspective = forms.ChoiceField(
        label=gettext_lazy("Perspective"),
        required=False,
        choices=[("", gettext_lazy("Not known")), *Perspective.choices],
    )
    quantity = forms.DecimalField(
        label=gettext_lazy("Quantity"),
        help_text=gettext_lazy("Blank where it is not known"),
        required=False,
        max_digits=14,
        decimal_places=2,
        error_messages={"invalid": gettext_lazy("Write a number, such as 8.")},
    )
    unit = _text(gettext_lazy("Unit"), limit="unit")
    partners = forms.MultipleChoiceField(
        label=gettext_lazy("Partners that have the need"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one partner.")},
    )
    references = _text(gettext_lazy("Reference documents"), rows=2)
    title_original = _text(gettext_lazy("In the original language"), rows=2, limit="title_original")
    original_language = _text(
        gettext_lazy("Original language"), gettext_lazy("Two letters, such as sq"), limit="original_language"
    )
    basis = _text(gettext_lazy("Kind of statement"), limit="basis")
    source_body = _text(gettext_lazy("Stated by"), limit="source_body")
    source_year = forms.IntegerField(
        label=gettext_lazy("Year of the source"), required=False, min_value=1900, max_value=2200
    )
    source_url = forms.URLField(
        label=gettext_lazy("Source, an address of the web"),
        required=False,
        max_length=comparing.LIMITS["source_url"],
        assume_scheme="https",
    )
    pillar_basis = _text(gettext_lazy("How the pillar is known"), limit="pillar_basis")
    four_p_basis = _text(gettext_lazy("How the field is known"), limit="four_p_basis")
    notes = _text(gettext_lazy("Notes"), rows=3)

    def __init__(self, *args: Any, reader: Actor, now: Recorded, **kwargs: Any) -> None:
        """`now` is what is recorded; the page carries along what the person saw, so that each change is known."""
        first = now.fields | {"seen": now.seen.isoformat(), "was": json.dumps(now.fields)}
        super().__init__(*args, **kwargs | {"initial": first})
        self._offer("partners", _partners_of(reader, now.record))
        for name in now.places:
            label = _("Place in the framework") if name.endswith("1") else _("Another place in the framework")
            self.fields[name] = forms.ChoiceField(
                label=label, required=False, choices=now.offered, widget=LongSelect
            )
        self.order_fields([*list(self.fields)[: list(self.fields).index("references")], *now.places])
        for name, finding in now.missing.items():
            self.fields[name].help_text = _missing(finding, self.fields[name].help_text)
        self.touched = touched_in(self) if self.is_bound else frozenset()
        if self.is_bound:
            for name in set(self.fields) - self.touched:
                self.fields[name].validators = []

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean_seen(self) -> datetime:
        """The moment of the need that the person saw."""
        return moment_seen(self.cleaned_data["seen"])

    def clean_quantity(self) -> Any:
        """Nobody needs nothing."""
        quantity = self.cleaned_data["quantity"]
        if quantity is not None and quantity <= 0:
            raise forms.ValidationError(_("Write a number above 0, or leave it blank."))
        return quantity

    def anew(self, reader: Actor, now: Recorded) -> NeedForm:
        """The form over what is recorded now, with the person's own words kept where there are any."""
        return NeedForm(data_over(self, self.touched, now.fields, now.seen), reader=reader, now=now)

    @property
    def facts(self) -> list[str]:
        """The facts, as named in `comparing`, that the person has touched."""
        return list(dict.fromkeys("placements" if n.startswith(PLACE) else n for n in sorted(self.touched)))

    def stated(self, now: Recorded) -> NeedRecord:
        """The need as it would be with what the person wrote; what nobody touched is as recorded."""
        said, touched = self.cleaned_data, self.touched
        facts: dict[str, Any] = {
            name: said[name].replace("\r\n", "\n").strip() for name in TEXTS if name in touched
        }
        for name in ("priority", "perspective", "needed_by", "quantity", "source_year"):
            if name in touched:
                facts[name] = said[name]
        if "body" in touched:
            facts["body"] = said["body"].strip()
        for name in ("kinds", "partners"):
            if name in touched:
                facts[name] = tuple(said[name])
        if "placements" in self.facts:
            first, *more = [_place(said[n]) for n in now.places if said[n]] or [NeedPlace(())]
            facts |= {
                "pillars": first.pillars,
                "four_p": first.four_p,
                "objective": first.objective,
                "measure": first.measure,
                "more_places": more,
            }
        return replace(now.record, **facts)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A need as recorded: as a record, and by field; `missing` is what is to be said, by the field that cures it."""

    record: NeedRecord
    fields: dict[str, Any]
    places: list[str]
    offered: Choices
    missing: dict[str, Finding]
    seen: datetime


def recorded(need: Need) -> Recorded:
    """What stands in the house now, field by field; the need must be fetched `with_facts`."""
    record = record_of(need)
    fields: dict[str, Any] = {
        name: getattr(record, name) for name in (*TEXTS, "body", "priority", "perspective")
    }
    fields |= {
        "kinds": list(record.kinds),
        "partners": list(record.partners),
        "needed_by": record.needed_by.isoformat() if record.needed_by else "",
        "quantity": "" if record.quantity is None else f"{record.quantity.normalize():f}",
        "source_year": "" if record.source_year is None else str(record.source_year),
    }
    placements = list(need.placements.all())
    places = [f"{PLACE}{number}" for number in range(1, len(placements) + 2)]
    fields |= dict.fromkeys(places, "")
    fields |= {name: _key(one.objective, one.measure) for name, one in zip(places, placements, strict=False)}
    missing = {CURES[finding.code]: finding for finding in what_is_missing(need)}
    return Recorded(record, fields, places, _places_offered(placements), missing, need.changed_at)


def bodies_for(need: Need) -> Iterable[str]:
    """Names of the institutions of its partners, to choose from."""
    below = Organisation.objects.confirmed().filter(parent__in=need.partners.all())
    return below.order_by("name").values_list("name", flat=True)


def _missing(finding: Finding, help_text: Any) -> Any:
    """The hint of a field in which something is to be said."""
    tag = _("Missing")
    return format_html(
        '<strong class="govuk-tag govuk-tag--yellow">{}</strong> {} {}', tag, finding.message, help_text
    )


def _partners_of(reader: Actor, record: NeedRecord) -> Choices:
    """All six for the Secretariat, for others their own and those that have the need."""
    partners = Organisation.objects.partners()
    if Can.IMPORT_ANY_RECORDS not in reader.powers:
        own = partners.filter(pk__in=reader.organisation_keys) | partners.filter(code__in=record.partners)
        partners = own.distinct()
    return [(partner.code or "", partner.name) for partner in partners]


def _key(objective: Objective, measure: Measure | None) -> str:
    return f"{objective.pk}:{measure.pk}" if measure else str(objective.pk)


def _places_offered(placements: Iterable[Any]) -> Choices:
    """Every objective of the framework in force with its measures by pillar, and where the need stands now."""
    version = comparing.Framework.in_force().version
    found: dict[str, dict[str, str]] = {}
    for one in placements:
        _add(found, one.objective, one.measure)
    objectives = (
        version.objectives.prefetch_related("measures") if isinstance(version, FrameworkVersion) else ()
    )
    for objective in objectives:
        for measure in (None, *objective.measures.all()):
            _add(found, objective, measure)
    return [("", _("None")), *((pillar, list(lines.items())) for pillar, lines in sorted(found.items()))]


def _add(found: dict[str, dict[str, str]], objective: Objective, measure: Measure | None) -> None:
    words = f"{objective.get_four_p_display()}: {objective.title}"
    found.setdefault(objective.pillar_id, {})[_key(objective, measure)] = (
        f"{words} · {measure.title}" if measure else words
    )


def _place(key: str) -> NeedPlace:
    """The place that a choice means."""
    objective, _colon, measure = key.partition(":")
    one = Objective.objects.get(pk=objective)
    title = Measure.objects.get(pk=measure).title if measure else ""
    return NeedPlace((one.pillar_id,), one.four_p, one.title, title)
