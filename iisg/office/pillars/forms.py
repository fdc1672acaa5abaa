"""What is asked for on the pages of focal points; nothing is saved here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.foundations.access.roles import Can
from iisg.foundations.access.seeing import sees
from iisg.foundations.core.findings import Finding
from iisg.foundations.orgs.models import Organisation
from iisg.office.documents.several_files import FilesField
from iisg.office.pillars.correspondence import correspondents
from iisg.office.pillars.models import CORRESPONDENCE, FocalPointRequest, Purpose
from iisg.office.pillars.nominees import Nominee
from iisg.office.pillars.who_speaks import SHOWN, Sought, members_with_focal_points

_ANY = ("", gettext_lazy("Any"))
_PARTS = ("name", "office", "email", "phone")


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day, chosen or typed as year-month-day."""
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more
    )


@dataclass(frozen=True, slots=True)
class Group:
    """The fields of one purpose: those of the focal point, those of a deputy."""

    purpose: str
    words: str
    person: list[forms.BoundField]
    deputy: list[forms.BoundField]
    deputy_given: bool


class NamingForm(forms.Form):
    """A person for each purpose and, if wished, a deputy; whatever is left blank is not named."""

    def __init__(self, data: Any = None, *, purposes: Sequence[str], alone: bool = False) -> None:
        """`alone`: a deputy may be named without a focal point beside (the Secretariat may, a member may not)."""
        super().__init__(data)
        self.purposes, self.alone = list(purposes), alone
        for purpose in self.purposes:
            for whose in ("", "deputy_"):
                self.fields |= _person_fields(f"{purpose}_{whose}")

    def begin_with(self, persons: Mapping[str, Mapping[str, str]]) -> None:
        """Show persons, by purpose, as if they had been written; whoever sends the form may write others."""
        self.initial = {
            f"{purpose}_{part}": text
            for purpose, person in persons.items()
            for part, text in person.items()
            if part in _PARTS
        }

    @property
    def groups(self) -> list[Group]:
        """The fields as the page lays them out."""
        found = []
        for purpose in self.purposes:
            deputy = [self[f"{purpose}_deputy_{part}"] for part in _PARTS]
            given = any(field.value() or field.errors for field in deputy)
            person = [self[f"{purpose}_{part}"] for part in _PARTS]
            found.append(Group(purpose, Purpose(purpose).in_full, person, deputy, given))
        return found

    @property
    def nominees(self) -> list[Nominee]:
        """Whom the form names."""
        return [
            Nominee(purpose, said["name"], said["email"], said["office"], said["phone"], bool(whose))
            for purpose in self.purposes
            for whose in ("", "deputy_")
            if (said := self._said(f"{purpose}_{whose}"))["name"]
        ]

    @property
    def checked(self) -> list[dict[str, str]]:
        """Whom the form names, as the page for checking shows it."""
        deputy = _("deputy")
        return [
            {
                "title": Purpose(one.purpose).in_full + (f" ({deputy})" if one.is_deputy else ""),
                "name": one.name,
                "office": one.office,
                "email": one.email,
                "phone": one.phone,
            }
            for one in self.nominees
        ]

    @property
    def left_blank(self) -> list[str]:
        """Purposes for which nobody is named here."""
        named = {one.purpose for one in self.nominees if not one.is_deputy}
        return [Purpose(purpose).in_full for purpose in self.purposes if purpose not in named]

    def clean(self) -> dict[str, Any]:
        """Who is named has a name and an address; somebody is named."""
        for purpose in self.purposes:
            for whose in ("", "deputy_"):
                self._check(f"{purpose}_{whose}", str(Purpose(purpose).label))
            alone = self._said(f"{purpose}_deputy_")["name"] and not self._said(f"{purpose}_")["name"]
            if alone and not self.alone:
                self._wrong(
                    f"{purpose}_name", _("A deputy stands beside a focal point; name that person as well.")
                )
        if not self.errors and not self.nominees:
            raise forms.ValidationError(_("Nobody is named yet. Name a person for at least one purpose."))
        return self.cleaned_data

    def refuse(self, findings: Iterable[Finding]) -> None:
        """What a rule has against it."""
        for finding in findings:
            self.add_error(None, f"{finding.message} {finding.cure}".strip())

    def _check(self, prefix: str, purpose: str) -> None:
        said = self._said(prefix)
        if not any(said.values()):
            return
        needed = {"name": _("Give first and last name."), "email": _("Give the address to sign in with.")}
        for part, words in needed.items():
            if not said[part] and not self.has_error(prefix + part):
                self._wrong(prefix + part, f"{purpose}: {words}")

    def _wrong(self, name: str, words: str) -> None:
        self.add_error(name, words)

    def _said(self, prefix: str) -> dict[str, str]:
        return {part: self.cleaned_data.get(prefix + part) or "" for part in _PARTS}


def _person_fields(prefix: str) -> dict[str, forms.Field]:
    return {
        f"{prefix}name": forms.CharField(label=_("First and last name"), max_length=150, required=False),
        f"{prefix}office": forms.CharField(label=_("Office and unit"), max_length=200, required=False),
        f"{prefix}email": forms.EmailField(
            label=_("E-mail address"),
            required=False,
            help_text=_("The person signs in with it: one of the office, not one that several share"),
        ),
        f"{prefix}phone": forms.CharField(
            label=_("Telephone"),
            max_length=40,
            required=False,
            widget=forms.TextInput(attrs={"type": "tel", "class": "govuk-input--width-20"}),
        ),
    }


class BasisForm(forms.Form):
    """On what a nomination by letter rests, and from which day on it holds."""

    basis = forms.CharField(
        label=gettext_lazy("Number of the member's letter"),
        max_length=300,
        required=False,
        help_text=gettext_lazy(
            "As it stands in the register of letters, for example IN-2026-0004; leave it blank where you add the "
            "letter itself."
        ),
    )
    letter = FilesField(gettext_lazy("Or the letter itself, to be entered in the register of letters in"))
    received_on = day_field(gettext_lazy("The letter came in on"), required=False)
    valid_from = day_field(gettext_lazy("In office from"))

    def clean(self) -> dict[str, Any]:
        """One of the two: a letter that stands in the register, or one to be entered in it."""
        said: dict[str, Any] = super().clean() or {}
        if not said.get("basis") and not said.get("letter"):
            self.add_error("basis", _("Say by which letter the member named them, or add the letter itself."))
        if said.get("basis") and said.get("letter"):
            self.add_error("letter", _("Give the number of a letter, or add one: not both."))
        return said


class EndForm(forms.Form):
    """The day from which on somebody is no longer in office."""

    ended_on = day_field(
        gettext_lazy("Last day has passed on"),
        help_text=gettext_lazy("From this day on the person no longer speaks for the member"),
    )


class FocalPointFilters(forms.Form):
    """What a reader of the list may look for; the last one is the Secretariat's."""

    words = forms.CharField(
        label=gettext_lazy("Words"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Name, office or member, in Latin or Cyrillic letters"),
    )
    purpose = forms.ChoiceField(label=gettext_lazy("For"), required=False, choices=[_ANY, *Purpose.choices])
    member = forms.ChoiceField(label=gettext_lazy("Member"), required=False)
    show = forms.ChoiceField(
        label=gettext_lazy("For the Secretariat"),
        required=False,
        choices=[("", gettext_lazy("All who are in office")), *SHOWN],
    )

    def __init__(self, data: Any, reader: object, day: date) -> None:
        """Members are data."""
        super().__init__(data)
        member = self.fields["member"]
        if isinstance(member, forms.ChoiceField):
            member.choices = [_ANY, *members_with_focal_points(reader, day)]
        if not sees(reader, Can.NOMINATE):
            del self.fields["show"]

    @property
    def sought(self) -> Sought:
        """What was chosen; a value that is no choice counts as not chosen."""
        self.is_valid()
        said = self.cleaned_data
        return Sought(
            (said.get("words") or "").strip(),
            said.get("purpose") or "",
            said.get("member") or "",
            said.get("show") or "",
        )


class RequestFilters(forms.Form):
    """Which requests are shown."""

    show = forms.ChoiceField(
        label=gettext_lazy("Requests"),
        required=False,
        choices=[
            ("", gettext_lazy("Open")),
            ("overdue", gettext_lazy("Overdue")),
            ("answered", gettext_lazy("Answered")),
            ("closed", gettext_lazy("Closed without an answer")),
        ],
    )


class RequestForm(forms.Form):
    """A request to one or several members."""

    members = forms.MultipleChoiceField(
        label=gettext_lazy("Members"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one member.")},
        help_text=gettext_lazy("Members that are asked already are not listed."),
    )
    purposes = forms.MultipleChoiceField(
        label=gettext_lazy("Focal points for"),
        widget=forms.CheckboxSelectMultiple,
        choices=Purpose.choices,
        initial=[CORRESPONDENCE],
        error_messages={"required": gettext_lazy("Choose at least one purpose.")},
    )
    due_on = day_field(gettext_lazy("To be named by"))

    def __init__(self, data: Any = None, *, day: date, **more: Any) -> None:
        """Members of the day that are not asked."""
        super().__init__(data, **more)
        self.day = day
        asked = FocalPointRequest.objects.open().values("organisation")
        bodies = Organisation.objects.members_on(day).exclude(pk__in=asked).order_by("folded", "pk")
        self.bodies = {body.ref: body for body in bodies}
        members = self.fields["members"]
        if isinstance(members, forms.MultipleChoiceField):
            members.choices = [(ref, body.name) for ref, body in self.bodies.items()]

    def clean_members(self) -> list[str]:
        """Only members of which an address is known can be written to."""
        refs: list[str] = self.cleaned_data["members"]
        unknown = [self.bodies[ref].name for ref in refs if not correspondents(self.bodies[ref], self.day)]
        if unknown:
            raise forms.ValidationError(
                _("No address is known of: %(names)s. Enter one on the member's page first.")
                % {"names": ", ".join(unknown)}
            )
        return refs

    def clean_due_on(self) -> date:
        """A day to come."""
        due_on: date = self.cleaned_data["due_on"]
        if due_on <= self.day:
            raise forms.ValidationError(_("Give a day to come, so that the member has time to answer."))
        return due_on
