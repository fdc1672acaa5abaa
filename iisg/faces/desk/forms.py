"""What a reader chooses on the registers, and what an officer says on the judge page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import PillarCode
from iisg.foundations.core.long_select import LongSelect
from iisg.foundations.orgs.models import Organisation, OrganisationKind
from iisg.knowledge.actions.models import (
    Absence,
    ActionKind,
    ActionPlacement,
    AssistanceKind,
    Fate,
    Party,
    Stage,
)
from iisg.knowledge.needs.models import (
    FourP,
    Measure,
    Need,
    Objective,
    Perspective,
    Placement,
    Priority,
)
from iisg.knowledge.responses.models import Degree, FollowUp

Choices = list[tuple[str, Any]]

NOT_STATED = "not_stated"
MINE = "mine"
KINDS: Choices = [
    ("legislative", _("legislative")),
    ("institutional", _("institutional")),
    ("operational", _("operational")),
]
STATES: Choices = [
    ("gap", _("gap")),
    ("partly", _("partly")),
    ("covered", _("covered")),
    ("not_known", _("not known")),
]
RUNNING: Choices = [
    ("running", _("runs")),
    ("planned", _("planned")),
    ("finished", _("finished")),
    ("stopped", _("stopped")),
    ("unknown", _("not known whether it runs")),
]
SPECIFIC: Choices = [
    ("no", _("not specific enough to be submitted")),
    (MINE, _("not specific enough, and mine to complete")),
    ("yes", _("specific enough to be submitted")),
]
JUDGED: Choices = [("no", _("nothing judged yet")), ("yes", _("an answer judged"))]
AMOUNTS: Choices = [("known", _("amount known")), ("not_known", _("amount not known"))]


def _any(words: Any, choices: Iterable[tuple[str, Any]]) -> Choices:
    return [("", words), *choices]


def choice(label: Any, words: Any, choices: Iterable[tuple[str, Any]] = ()) -> forms.ChoiceField:
    """One of some values, or none, for which `words` stand."""
    return forms.ChoiceField(label=label, required=False, choices=_any(words, choices), widget=LongSelect)


def _day_field() -> forms.DateField:
    return forms.DateField(
        label=_("On the day"),
        required=False,
        help_text=_("Today unless you choose another day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _grouped(lines: Iterable[tuple[str, str, str]]) -> Choices:
    """(group, value, words) as choices in groups, in the order given."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for group, value, words in lines:
        groups.setdefault(group, []).append((value, words))
    return list(groups.items())


class DayForm(forms.Form):
    """The day that a page speaks of."""

    on = _day_field()

    def day(self, today: date) -> date:
        """The chosen day, or today where none is chosen or it cannot be read."""
        return (self.cleaned_data.get("on") if self.is_valid() or self.is_bound else None) or today


class RegisterFilters(DayForm):
    """What both registers share; a value that cannot be read is told at its field and does not filter."""

    words = forms.CharField(label=_("Words"), required=False, max_length=200)
    partner = choice(_("Partner"), _("Any partner"))
    pillar = choice(_("Pillar"), _("Any pillar"), PillarCode.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Partners are data, so their names come from the register of organisations."""
        super().__init__(*args, **kwargs)
        partners = Organisation.objects.partners().values_list("code", "name")
        self.offer("partner", [(code or "", name) for code, name in partners])

    def offer(self, name: str, choices: Choices) -> None:
        """Give a field the choices that come from data, after its first one."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            present: Any = field.choices
            field.choices = [*present, *choices]

    def chosen(self, name: str) -> Any:
        """The value of a field where it was readable, else ""."""
        return self.cleaned_data.get(name) or ""


class NeedFilters(RegisterFilters):
    """Filters of the register of needs."""

    state = choice(_("Coverage"), _("Any coverage"), STATES)
    four_p = choice(_("Field"), _("Any field"), FourP.choices)
    objective = choice(_("Objective"), _("Any objective"))
    measure = choice(_("Measure"), _("Any measure"))
    kind = choice(_("Kind of need"), _("Any kind"), KINDS)
    perspective = choice(_("Perspective"), _("Any perspective"), Perspective.choices)
    specific = choice(_("How specific"), _("Any"), SPECIFIC)
    judged = choice(_("Judged answers"), _("Any"), JUDGED)
    priority = choice(_("Priority"), _("Any priority"), [*Priority.choices, (NOT_STATED, _("not stated"))])

    field_order = [
        "words", "partner", "pillar", "state", "judged", "on", "four_p", "objective", "measure", "kind",
        "perspective", "priority", "specific",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Objectives and measures under which needs stand."""
        super().__init__(*args, **kwargs)
        objectives = Objective.objects.filter(pk__in=Placement.objects.order_by().values("objective"))
        measures = Measure.objects.filter(pk__in=Placement.objects.order_by().values("measure"))
        named = ((o.pillar_id, str(o.pk), f"{o.get_four_p_display()}: {o.title}") for o in objectives)
        self.offer("objective", _grouped(named))
        self.offer("measure", measures_offered(measures))


def measures_offered(measures: Iterable[Measure]) -> Choices:
    """Measures by code, in groups of their code's first part."""
    return _grouped((m.code.split("-", maxsplit=1)[0], m.code, f"{m.code}: {m.title}") for m in measures)


class ActionFilters(RegisterFilters):
    """Filters of the register of actions."""

    running = choice(_("Runs on the day"), _("Any"), RUNNING)
    stage = choice(_("Stage by its source"), _("Any stage"), [*Stage.choices, (NOT_STATED, _("not stated"))])
    kind = choice(_("Kind"), _("Any kind"), ActionKind.choices)
    assistance = choice(_("Assistance"), _("Any assistance"), AssistanceKind.choices)
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        required=False,
        queryset=Organisation.objects.all(),
        to_field_name="ref",
        widget=LongSelect,
        help_text=_("Donor, implementer or in any other role, with its institutions"),
    )
    measure = choice(_("Measure"), _("Any measure"))
    amount = choice(_("Amount"), _("Any"), AMOUNTS)

    field_order = [
        "words", "partner", "pillar", "running", "on", "organisation", "kind", "assistance", "measure",
        "stage", "amount",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Bodies and measures that an action names are offered; any body of the register may be asked for."""
        super().__init__(*args, **kwargs)
        involved = Organisation.objects.filter(
            Exists(Party.objects.filter(organisation=OuterRef("pk")))
            | Exists(Party.objects.filter(organisation__parent=OuterRef("pk")))
            | Q(ref=self.data.get("organisation") or "")
        )
        bodies = involved.order_by("name").values_list("ref", "name")
        field = self.fields["organisation"]
        if isinstance(field, forms.ModelChoiceField):
            field.choices = [("", _("Any organisation")), *bodies]
        found = Measure.objects.filter(pk__in=ActionPlacement.objects.order_by().values("measure"))
        self.offer("measure", measures_offered(found))


class SearchForm(forms.Form):
    """Words to look for."""

    q = forms.CharField(label=_("Words to look for"), required=False, max_length=200)

    def words(self) -> str:
        """What to look for, "" where nothing was asked."""
        return str(self.cleaned_data.get("q", "")) if self.is_valid() else ""


class UnconfirmedFilters(forms.Form):
    """Which of the unconfirmed organisations are listed."""

    words = forms.CharField(label=_("Words of a name"), required=False, max_length=200)

    def chosen_words(self) -> str:
        """What to look for, "" where nothing was asked."""
        return str(self.cleaned_data.get("words", "")) if self.is_valid() else ""


class OwnBodyForm(forms.Form):
    """A name from a file is a body of its own: of which kind, part of what."""

    kind = forms.ChoiceField(
        label=_("What sort of body is it?"),
        choices=_any(
            _("Choose one"),
            [
                choice
                for choice in OrganisationKind.choices
                if choice[0] not in (OrganisationKind.WB_PARTNER, OrganisationKind.NOT_KNOWN)
            ],
        ),
        error_messages={"required": _("Choose what sort of body it is.")},
    )
    parent = forms.ModelChoiceField(
        label=_("Part of"),
        help_text=_("The partner, state or organisation of which it is an institution"),
        required=False,
        queryset=Organisation.objects.confirmed(),
        to_field_name="ref",
        empty_label=_("Not part of another body"),
    )
    short_name = forms.CharField(
        label=_("Short name"),
        help_text=_("As tables show it; files may use it too"),
        required=False,
        max_length=60,
    )


class SameBodyForm(forms.Form):
    """A name from a file means a body that the house knows."""

    known = forms.ModelChoiceField(
        label=_("Which body is it?"),
        queryset=Organisation.objects.confirmed(),
        to_field_name="ref",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the body that it is, or look for it by name.")},
    )

    def __init__(self, *args: Any, offered: Iterable[Organisation], **kwargs: Any) -> None:
        """Any confirmed body may be named; those in `offered` are shown to choose from."""
        super().__init__(*args, **kwargs)
        field = self.fields["known"]
        if isinstance(field, forms.ModelChoiceField):
            field.choices = [(body.ref, _described(body)) for body in offered]


def _described(body: Organisation) -> str:
    """Name, short name and the whole or else the kind of a body, so that two of a name can be told apart."""
    name = f"{body.name} ({body.short_name})" if body.short_name else body.name
    return f"{name} · {body.parent.name if body.parent else body.get_kind_display()}"


class AbsenceForm(forms.Form):
    """What it means that a record is no longer in its source's file, with the reason."""

    fate = forms.ChoiceField(
        label=_("What does that mean?"),
        choices=Fate.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it means.")},
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=500, error_messages={"required": _("Say why in a few words.")}
    )

    def __init__(self, *args: Any, absence: Absence | None, **kwargs: Any) -> None:
        """Of a need other things can be said than of an action."""
        super().__init__(*args, **kwargs)
        field = self.fields["fate"]
        if isinstance(field, forms.ChoiceField) and absence is not None:
            field.choices = [(fate.value, fate.label) for fate in absence.fates]


class FollowUpForm(forms.Form):
    """One year on: met, partly, not (rules.md 5)."""

    outcome = forms.ChoiceField(
        label=_("Was the need met?"),
        choices=FollowUp.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the need was met.")},
    )
    note = forms.CharField(
        label=_("What became of it"),
        help_text=_("What was delivered, what is still missing, who says so."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )


class JudgementForm(forms.Form):
    """Full, partial or none, with a reason (rules.md 5); a quantity where the need has one."""

    degree = forms.ChoiceField(
        label=_("How far does the action answer the need?"), choices=Degree.choices, widget=forms.RadioSelect
    )
    quantity = forms.DecimalField(
        label=_("Quantity that the action provides"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Say in a sentence what of the need the action answers, or why it does not."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )

    def __init__(self, *args: Any, need: Need, **kwargs: Any) -> None:
        """A need without a quantity is not asked for one."""
        super().__init__(*args, **kwargs)
        if need.quantity is None:
            del self.fields["quantity"]
        else:
            self.fields["quantity"].help_text = _("In %(unit)s; the need asks for %(quantity)s.") % {
                "unit": need.unit or _("pieces"),
                "quantity": f"{need.quantity.normalize():f}",
            }
