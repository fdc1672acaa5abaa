"""What a reader chooses on the register of relations, and what an officer says when deciding."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iisg.faces.desk.action_reports import Reports
from iisg.faces.desk.forms import choice
from iisg.foundations.access.roles import PillarCode
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.responses.models import Origin, RelationKind, RelationState, SpokenField

NOT_RELATED = "not_related"
BELONG = "identity"
"""Chosen in place of one kind: the kinds by which one record is something to the other."""


class RelationFilters(forms.Form):
    """Filters of the register of relations; without a choice it holds what waits to be decided."""

    words = forms.CharField(label=_("Words or reference"), required=False, max_length=200)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("waiting to be decided")), *RelationState.choices[1:], ("any", _("any state"))],
    )
    kind = choice(
        _("Relation"),
        _("Any relation"),
        [(BELONG, _("Any by which figures change")), *RelationKind.choices],
    )
    partner = choice(_("Partner"), _("Any partner"))
    pillar = choice(_("Pillar"), _("Any pillar"), PillarCode.choices)
    origin = choice(_("Where it came from"), _("Anywhere"), Origin.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Partners are data, so their names come from the register of organisations."""
        super().__init__(*args, **kwargs)
        field = self.fields["partner"]
        if isinstance(field, forms.ChoiceField):
            partners = Organisation.objects.partners().values_list("code", "name")
            field.choices = [("", _("Any partner")), *((code or "", name) for code, name in partners)]
        self.is_valid()

    def chosen(self, name: str) -> str:
        """What was chosen in a field, "" for nothing."""
        return str(self.cleaned_data.get(name) or "")


class DecisionForm(forms.Form):
    """A relation, or none, and why; without words of their own the evidence on the page is the reason."""

    choice = forms.ChoiceField(
        choices=[*RelationKind.choices, (NOT_RELATED, _("not related so"))],
        error_messages={"required": _("Choose how the two are related, or that they are not.")},
    )
    source = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("In a sentence, before you decide. Left blank, the evidence above is the reason."),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"data-iisg-key": "w"}),
    )


class SpeakingForm(forms.Form):
    """For each field that reports of one action differ in: the report that speaks, or the rule."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=1000)

    def __init__(self, *args: Any, reports: Reports, **kwargs: Any) -> None:
        """Only fields in which not all say the same are asked."""
        super().__init__(*args, **kwargs)
        self._asked: dict[str, str] = {}
        refs = [(action.ref, action.ref) for action in reports.actions]
        for spoken in reports.facts:
            field = spoken.fact.field
            if not field or (spoken.fact.same and spoken.choice is None and field != SpokenField.TIME):
                continue
            chosen = spoken.choice.action.ref if spoken.choice else ""
            self._asked[field] = chosen
            self.fields[field] = forms.ChoiceField(
                label=SpokenField(field).label,
                required=False,
                choices=[("", spoken.rule), *refs],
                initial=chosen,
                widget=forms.RadioSelect,
            )
        self.order_fields([*self._asked, "reason"])

    @property
    def changes(self) -> dict[str, str]:
        """Field to the reference now chosen ("" for the rule), where that is another than before."""
        return {
            field: self.cleaned_data[field]
            for field, before in self._asked.items()
            if self.cleaned_data[field] != before
        }


NOT_THE_SAME = "-"


class TwinsForm(forms.Form):
    """For each new record: another report of one of the actions shown, none of them, or later."""

    def __init__(self, *args: Any, twins: list[Any], decided: dict[str, str], **kwargs: Any) -> None:
        """One choice for each record; what was said before is set."""
        super().__init__(*args, **kwargs)
        self._keys: dict[str, str] = {}
        self.twins = twins
        for number, twin in enumerate(twins):
            name = f"twin_{number}"
            self._keys[name] = twin["key"]
            same = _("Another report of %(ref)s")
            known = [(near["ref"], same % {"ref": near["ref"]}) for near in twin["near"]]
            said = decided.get(twin["key"])
            self.fields[name] = forms.ChoiceField(
                label=_("What is “%(title)s”?") % {"title": twin["title"] or twin["key"]},
                required=False,
                choices=[*known, (NOT_THE_SAME, _("Not the same as any of them")), ("", _("Decide later"))],
                initial=NOT_THE_SAME if said == "" else said or "",
                widget=forms.RadioSelect,
            )

    def cards(self) -> list[tuple[Any, forms.BoundField]]:
        """Each record with its field."""
        return list(zip(self.twins, self, strict=True))

    @property
    def decisions(self) -> dict[str, str]:
        """Key of the record to the reference of its twin, "" for none of them; what waits is left out."""
        said = {key: self.cleaned_data[name] for name, key in self._keys.items()}
        return {key: "" if ref == NOT_THE_SAME else ref for key, ref in said.items() if ref}
