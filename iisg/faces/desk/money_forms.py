"""What a reader chooses on the page of money: the boundary."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from iisg.faces.desk.sector_words import sector_in_words
from iisg.foundations.access.roles import PillarCode
from iisg.foundations.core.findings import Finding
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.models import Flow
from iisg.knowledge.actions.rate_files import StatedRate, read_rates
from iisg.knowledge.actions.sources import UnreadableFile
from iisg.knowledge.analysis.engine.money.standing import Scope
from iisg.knowledge.analysis.money_account import sectors_in_use
from iisg.knowledge.needs.models import Need
from iisg.knowledge.responses.models import Response

FIRST_YEAR, LAST_YEAR = 1990, 2100
_YEAR = re.compile(r"[0-9]{4}")
_YEARS = re.compile(r"\s*[0-9]{4}\s*(?:(?:-|–|—|to)\s*[0-9]{4}\s*)?")
LARGEST = 5_000_000
"""Bytes of a file of rates; ten years of every currency are far below."""


class Boundary(forms.Form):
    """Region or partner, pillar, year, sector, need; what cannot be read is told at its field and does not count."""

    partner = forms.ChoiceField(label=_("Partner"), required=False)
    pillar = forms.ChoiceField(label=_("Pillar"), required=False)
    year = forms.CharField(
        label=_("Year or years"),
        required=False,
        max_length=20,
        help_text=_("Such as 2024 or 2022-2026. Sums for several years are divided by days"),
    )
    sector = forms.ChoiceField(
        label=_("Sector"),
        required=False,
        help_text=_("By the shares of a source; the codes are those of the OECD"),
    )
    need = forms.CharField(
        label=_("Need"),
        required=False,
        max_length=120,
        help_text=_("By its reference: only actions judged to answer it"),
    )

    def __init__(self, data: QueryDict, reader: object) -> None:
        """Partners and needs are data, as far as the reader may see them."""
        super().__init__(data)
        self.reader = reader
        self.partners = {
            code or "": name for code, name in Organisation.objects.partners().values_list("code", "name")
        }
        sectors = [(code, sector_in_words(code)) for code in sectors_in_use(reader)]
        choices: dict[str, list[tuple[str, Any]]] = {
            "partner": [("", _("The whole region")), *self.partners.items()],
            "pillar": [("", _("All pillars")), *PillarCode.choices],
            "sector": [("", _("All sectors")), *sectors],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = offered

    def clean_year(self) -> str:
        """One year or the first and the last of several, as it is shown again."""
        printed = str(self.cleaned_data.get("year") or "")
        years = [int(year) for year in _YEAR.findall(printed)]
        readable = _YEARS.fullmatch(printed) and all(FIRST_YEAR <= year <= LAST_YEAR for year in years)
        if not printed or (readable and years == sorted(years)):
            return "–".join(str(year) for year in dict.fromkeys(years))
        raise forms.ValidationError(
            _("“%(printed)s” is no year. Write 2024, or the first and the last one: 2022-2026."),
            params={"printed": printed},
        )

    def clean_need(self) -> str:
        """A need that the reader may see."""
        ref = str(self.cleaned_data.get("need") or "").strip()
        if ref and not Need.objects.visible_to(self.reader).filter(ref=ref).exists():
            raise forms.ValidationError(
                _("No need has the reference “%(ref)s”. It stands at the top of the need's page."),
                params={"ref": ref},
            )
        return ref

    def chosen(self, name: str) -> Any:
        """The value of a field where it was readable, else None."""
        return (self.cleaned_data.get(name) or None) if self.is_valid() or self.is_bound else None

    @property
    def sector_words(self) -> str:
        """The chosen sector with its name."""
        return sector_in_words(self.chosen("sector") or "")

    @property
    def scope(self) -> Scope:
        """The boundary in the engine's words."""
        need = self.chosen("need")
        actions = None
        if need:
            answering = Response.objects.visible_to(self.reader).answering().filter(need__ref=need)
            actions = frozenset(answering.values_list("action__ref", flat=True))
        first, _dash, last = str(self.chosen("year") or "").partition("–")
        return Scope(
            self.chosen("partner") or "",
            self.chosen("pillar") or "",
            int(first) if first else None,
            actions,
            self.chosen("sector") or "",
            int(last) if last else None,
        )


class SameMoneyForm(forms.Form):
    """Two flows are two reports of the same money."""

    chosen = forms.ModelChoiceField(
        label=_("Which of the two counts?"),
        queryset=Flow.objects.all(),
        error_messages={"required": _("Choose which of the two reports counts.")},
    )
    report = forms.ModelChoiceField(queryset=Flow.objects.all())
    other = forms.ModelChoiceField(queryset=Flow.objects.all())
    reason = forms.CharField(
        label=_("Why it is the same money"),
        max_length=300,
        error_messages={"required": _("Say in a sentence why it is the same money.")},
    )

    @property
    def second(self) -> Flow:
        """The one of the two that was not chosen."""
        said = self.cleaned_data
        found: Flow = said["other"] if said["chosen"] == said["report"] else said["report"]
        return found


class RatesForm(forms.Form):
    """A file of exchange rates."""

    file = forms.FileField(
        label=_("File of rates"),
        help_text=_(
            "CSV with the columns currency, date, rate and source (units for one euro), or a list or a history of "
            "InforEuro"
        ),
        error_messages={"required": _("Choose a file.")},
    )
    month = forms.DateField(
        label=_("Month of the list"),
        required=False,
        help_text=_("Only for a list of InforEuro, which does not say its month: its first day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def read(self) -> tuple[list[StatedRate], list[Finding]]:
        """What the file states; where it cannot be read, nothing and why."""
        file, month = self.cleaned_data["file"], self.cleaned_data.get("month")
        if file.size > LARGEST:
            self.add_error("file", _("The file is larger than 5 MB; no list of rates is."))
            return [], []
        try:
            return read_rates(file.read(), file.name, month=_first(month))
        except UnreadableFile as fault:
            self.add_error("file", str(fault.finding))
            return [], []


def _first(day: date | None) -> date | None:
    return day.replace(day=1) if day else None
