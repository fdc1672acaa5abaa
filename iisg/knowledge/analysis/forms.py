"""What a reader may choose on the pages of coverage, gaps and overlaps; nothing is saved here."""

from __future__ import annotations

from datetime import date
from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import PillarCode
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.analysis.gap_list import NEED_KINDS, NOT_STATED, GapsWanted
from iisg.knowledge.analysis.overlap_list import KIND_WORDS, OverlapsWanted
from iisg.knowledge.analysis.partnerships import ROLES, PartnershipsWanted
from iisg.knowledge.analysis.timeline_page import SHOWN, NeedsWanted
from iisg.knowledge.needs.models import Priority


class DayForm(forms.Form):
    """The day that a page speaks of; what cannot be read is told at its field and chooses nothing."""

    on = forms.DateField(
        label=_("On the day"),
        required=False,
        help_text=_("Today, unless you choose another day"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as year-month-day, for example 2026-11-23.")},
    )

    def __init__(self, query: QueryDict, today: date) -> None:
        """`today` is the day where none is chosen."""
        super().__init__(query)
        self.today = today
        self.is_valid()

    @property
    def day(self) -> date:
        """The chosen day, else today."""
        return cast("date | None", self.cleaned_data.get("on")) or self.today

    def chosen(self, name: str) -> str:
        """What was chosen in a field, "" for nothing."""
        return str(self.cleaned_data.get(name) or "")


class CoverageForm(DayForm):
    """Which lines of the matrix, on which day."""

    pillar = forms.ChoiceField(
        label=_("Pillar"), required=False, choices=[("", _("All pillars")), *PillarCode.choices]
    )
    by = forms.ChoiceField(
        label=_("Lines"),
        required=False,
        choices=[("", _("As fits")), ("measure", _("by measure")), ("objective", _("by objective"))],
    )

    def __init__(self, query: QueryDict, today: date) -> None:
        """The field shows the day that the page speaks of, also where none was chosen."""
        asked = query.copy()
        if not asked.get("on"):
            asked["on"] = today.isoformat()
        super().__init__(asked, today)

    @property
    def lines(self) -> str:
        """By measure inside one pillar, by objective over all of them, unless the reader says otherwise."""
        return self.chosen("by") or ("measure" if self.chosen("pillar") else "objective")


class ListFilters(DayForm):
    """What the lists of gaps and of overlaps share."""

    pillar = forms.ChoiceField(
        label=_("Pillar"), required=False, choices=[("", _("Any pillar")), *PillarCode.choices]
    )
    partner = forms.ChoiceField(label=_("Partner"), required=False)

    def full_clean(self) -> None:
        """Offer the partners, whose names come from the register of organisations, then read."""
        field = cast(forms.ChoiceField, self.fields["partner"])
        partners = Organisation.objects.partners().values_list("code", "name")
        field.choices = [("", _("Any partner")), *((code or "", name) for code, name in partners)]
        super().full_clean()


class GapFilters(ListFilters):
    """Filters of the list of gaps."""

    kind = forms.ChoiceField(
        label=_("Kind of need"), required=False, choices=[("", _("Any kind")), *NEED_KINDS.items()]
    )
    priority = forms.ChoiceField(
        label=_("Priority"),
        required=False,
        choices=[("", _("Any priority")), *Priority.choices, (NOT_STATED, _("not stated"))],
    )
    field_order = ("pillar", "partner", "kind", "priority", "on")

    @property
    def wanted(self) -> GapsWanted:
        """The choice as the list takes it."""
        return GapsWanted(*(self.chosen(name) for name in ("pillar", "partner", "kind", "priority")))


class OverlapFilters(ListFilters):
    """Filters of the list of overlaps."""

    kind = forms.ChoiceField(
        label=_("Kind of pair"), required=False, choices=[("", _("Any kind")), *KIND_WORDS.items()]
    )
    any_day = forms.BooleanField(label=_("Whatever the day"), required=False)
    field_order = ("kind", "partner", "pillar", "on", "any_day")

    @property
    def wanted(self) -> OverlapsWanted:
        """The choice as the list takes it; a day only where it matters."""
        on = None if self.cleaned_data.get("any_day") else self.day
        return OverlapsWanted(self.chosen("pillar"), self.chosen("partner"), self.chosen("kind"), on)


class TimelineFilters(ListFilters):
    """Filters of the timeline."""

    show = forms.ChoiceField(
        label=_("Needs for which"), required=False, choices=[("", _("All needs")), *SHOWN.items()]
    )
    field_order = ("pillar", "partner", "show", "on")

    @property
    def wanted(self) -> NeedsWanted:
        """The choice as the list takes it."""
        return NeedsWanted(*(self.chosen(name) for name in ("pillar", "partner", "show")))


class NetworkFilters(ListFilters):
    """Filters of the network."""

    role = forms.ChoiceField(
        label=_("Two bodies of which"), required=False, choices=[("", _("Any roles")), *ROLES.items()]
    )
    any_day = forms.BooleanField(label=_("Whatever the day"), required=False)
    field_order = ("pillar", "partner", "role", "on", "any_day")

    def wanted(self, body: Organisation | None) -> PartnershipsWanted:
        """The choice as it is counted, around one body or around none; a day only where it matters."""
        on = None if self.cleaned_data.get("any_day") else self.day
        return PartnershipsWanted(
            self.chosen("pillar"), self.chosen("partner"), self.chosen("role"), on, body
        )
