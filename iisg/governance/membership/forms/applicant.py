"""What an applicant types: every page keeps what is on it as it is, and says beside it what is not right yet."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.foundations.access.roles import PillarCode
from iisg.foundations.orgs.models import OrganisationKind
from iisg.governance.membership.countries import COUNTRIES
from iisg.governance.membership.models import Route, SignatureKind, UndertakingText
from iisg.governance.membership.rules import may_take_route
from iisg.governance.membership.rules.routes import APPROVED_BY_THE_BOARD
from iisg.office.documents.kinds import ending
from iisg.office.documents.rules import LIMIT_BYTES

_STAMP = "iisg.membership.stamp"
_STAMP_LIFE = timedelta(hours=3)
_OTHERS = [
    kind for kind in OrganisationKind if kind not in (*APPROVED_BY_THE_BOARD, OrganisationKind.NOT_KNOWN)
]
_PARTNERS = [kind for kind in OrganisationKind if kind in APPROVED_BY_THE_BOARD]
KINDS = [
    (
        gettext_lazy("International partners"),
        [(k.value, k.label) for k in OrganisationKind if k in APPROVED_BY_THE_BOARD],
    ),
    (gettext_lazy("Bodies that become members in another way"), [(k.value, k.label) for k in _OTHERS]),
]


class AddressForm(forms.Form):
    """The address that a link is mailed to, a field that only programs fill in, and when the page was shown."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        help_text=gettext_lazy("Your organisation's own address, if it has one. We mail a link to it."),
        error_messages={
            "required": gettext_lazy("Write your e-mail address."),
            "invalid": gettext_lazy("Write it like name@example.org."),
        },
    )
    fax = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        """Every page that is shown carries its own moment, sealed."""
        super().__init__(*args, **kwargs)
        self.at = at
        self.stamp = signing.dumps(at.timestamp(), salt=_STAMP)

    def clean(self) -> dict[str, Any]:
        """A person leaves the hidden field alone and takes some seconds."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("fax"):
            raise forms.ValidationError(
                _("The last field was filled in, as programs do. Leave it empty and send the form again.")
            )
        try:
            waited = self.at.timestamp() - float(signing.loads(data.get("shown", ""), salt=_STAMP))
        except (signing.BadSignature, TypeError, ValueError):
            waited = -1.0
        if not settings.MEMBERSHIP_SLOWNESS.total_seconds() <= waited <= _STAMP_LIFE.total_seconds():
            raise forms.ValidationError(
                _("The page was sent within a second, or was open for hours. Please send it once more.")
            )
        return data


class AnswersForm(forms.Form):
    """A page of the form. `as_typed` is what is kept, whether or not it is right yet."""

    def as_typed(self) -> dict[str, Any]:
        """Every answer of the page: texts cut to what is kept of them, choices only where they are some."""
        return {name: self._typed(name, field) for name, field in self.fields.items()}

    def _typed(self, name: str, field: forms.Field) -> Any:
        raw = str(self.data.get(self.add_prefix(name), "")).strip().replace("\x00", "")
        if isinstance(field, forms.ChoiceField):
            return raw if raw == "" or field.valid_value(raw) else ""
        cleaned = self.cleaned_data.get(name)
        most = field.max_length if isinstance(field, forms.CharField) else None
        return (cleaned if isinstance(cleaned, str) and cleaned else raw)[:most]


class OrganisationForm(AnswersForm):
    """Who applies."""

    name = forms.CharField(
        label=gettext_lazy("Name of the country or organisation"),
        max_length=250,
        help_text=gettext_lazy(
            "In English, as it is to stand in the list of members. A ministry or an agency writes the name of its "
            "state or organisation."
        ),
        error_messages={"required": gettext_lazy("Write the name.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what it is.")},
    )
    country = forms.ChoiceField(
        label=gettext_lazy("Country of its seat"),
        choices=[("", gettext_lazy("Another one, or none")), *COUNTRIES],
        required=False,
    )
    postal = forms.CharField(
        label=gettext_lazy("Postal address"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "street-address"}),
    )
    website = forms.URLField(
        label=gettext_lazy("Website"),
        max_length=300,
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
        error_messages={"invalid": gettext_lazy("Write it like https://example.org.")},
    )
    work = forms.CharField(
        label=gettext_lazy("What does it do in the Western Balkans?"),
        max_length=5_000,
        required=False,
        help_text=gettext_lazy(
            "General information only: nothing operational, nothing classified, no intelligence."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean_kind(self) -> str:
        """What does not fit this route is told at once, with the rule."""
        kind = str(self.cleaned_data["kind"])
        for finding in may_take_route(Route.DIRECT_INTEREST, kind):
            raise forms.ValidationError(f"{finding.message} {WHERE_TO.get(kind, finding.cure)}")
        return kind


WHERE_TO: dict[str, Any] = {
    OrganisationKind.EU_JHA_AGENCY: gettext_lazy(
        "The agency writes to the Secretariat that it becomes a member; this form is not needed."
    ),
    OrganisationKind.INSTITUTION: gettext_lazy(
        "An institution applies in the name of its state or organisation: write that name, and choose what that is."
    ),
}
"""Where an applicant turns whose kind takes another way in."""


class ContactForm(AnswersForm):
    """Whom the house writes to."""

    contact_name = forms.CharField(
        label=gettext_lazy("Name of a person or of an office"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write a name or an office.")},
    )
    contact_phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )


class StatementForm(forms.Form):
    """One statement of the Annex."""

    made = forms.BooleanField(
        label=gettext_lazy("We make this statement"),
        error_messages={
            "required": gettext_lazy(
                "Tick it to make the statement. The form needs all of them to be handed over."
            )
        },
    )

    def __init__(self, *args: Any, text: UndertakingText, **kwargs: Any) -> None:
        """The statement stands above the box."""
        super().__init__(*args, **kwargs)
        self.text = text


class FocalPointsForm(forms.Form):
    """For each pillar: none, somebody named later, or this person."""

    NONE, LATER, PERSON = "none", "later", "person"

    def __init__(
        self, *args: Any, named: dict[str, dict[str, str]], asked_before: bool, **kwargs: Any
    ) -> None:
        """Four fields for each pillar, filled with what is kept."""
        super().__init__(*args, **kwargs)
        for code in PillarCode.values:
            person = named.get(code)
            chosen = self.PERSON if person else self.LATER if person is not None else self.NONE
            self.fields[f"{code}-choice"] = forms.ChoiceField(
                label=_("Will there be a focal point?"),
                choices=[
                    (self.PERSON, _("Yes, this person")),
                    (self.LATER, _("Yes, named later")),
                    (self.NONE, _("No")),
                ],
                widget=forms.RadioSelect,
                initial=chosen if asked_before else "",
                error_messages={
                    "required": _("Say for %(pillar)s whether there will be a focal point.")
                    % {"pillar": code}
                },
            )
            for part, label, kind in (
                ("name", _("Name"), forms.CharField),
                ("office", _("Office or unit"), forms.CharField),
                ("email", _("E-mail address"), forms.EmailField),
            ):
                self.fields[f"{code}-{part}"] = kind(
                    label=label, max_length=200, required=False, initial=(person or {}).get(part, "")
                )
            self.fields[f"{code}-email"].error_messages["invalid"] = _(
                "%(pillar)s: write the address like name@example.org."
            ) % {"pillar": code}

    def groups(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """Code, full name and fields of each pillar."""
        return [
            (
                code,
                str(PillarCode(code).label),
                [self[f"{code}-{part}"] for part in ("choice", "name", "office", "email")],
            )
            for code in PillarCode.values
        ]

    def as_typed(self) -> dict[str, dict[str, str]]:
        """What is kept: a pillar with no focal point is left out, one named later is empty."""
        kept: dict[str, dict[str, str]] = {}
        for code in PillarCode.values:
            choice = str(self.data.get(f"{code}-choice", ""))
            person = {
                part: text
                for part in ("name", "office", "email")
                if (text := str(self.data.get(f"{code}-{part}", "")).strip().replace("\x00", "")[:200])
            }
            if choice == self.PERSON or (choice == "" and person):
                kept[code] = person
            elif choice == self.LATER:
                kept[code] = {}
        return kept

    def clean(self) -> dict[str, Any]:
        """A person has a name and an address."""
        data: dict[str, Any] = super().clean() or {}
        for code in PillarCode.values:
            if data.get(f"{code}-choice") != self.PERSON:
                continue
            for part, words in (
                ("name", _("Write the name for %(pillar)s.")),
                ("email", _("Write the e-mail address for %(pillar)s.")),
            ):
                if not data.get(f"{code}-{part}") and not self.has_error(f"{code}-{part}"):
                    self.add_error(f"{code}-{part}", words % {"pillar": code})
        if data and all(data.get(f"{code}-choice") == self.NONE for code in PillarCode.values):
            self.add_error(None, _("The Annex asks for a focal point in at least one pillar."))
        return data


class SignatureForm(AnswersForm):
    """Who signs, when and how."""

    signature = forms.ChoiceField(
        label=gettext_lazy("How do you sign?"),
        choices=[
            (SignatureKind.TYPED, gettext_lazy("Here: my name and office stand for my signature")),
            (SignatureKind.SCAN, gettext_lazy("On paper: I print the form, sign it by hand and send a scan")),
            (
                SignatureKind.QUALIFIED,
                gettext_lazy("Electronically: I sign the PDF with a qualified certificate"),
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how you sign.")},
    )
    signatory = forms.CharField(
        label=gettext_lazy("Name of whoever signs"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write the name.")},
    )
    signatory_office = forms.CharField(
        label=gettext_lazy("Office held"),
        max_length=200,
        help_text=gettext_lazy("For instance: Director. The person signs for the whole organisation."),
        error_messages={"required": gettext_lazy("Write the office.")},
    )
    signed_on = forms.DateField(
        label=gettext_lazy("Day of the signature"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Give the day."),
            "invalid": gettext_lazy("Write the day like 2026-11-25."),
        },
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        """Nobody signs on a day to come."""
        super().__init__(*args, **kwargs)
        self.today = at.date()

    def clean_signed_on(self) -> Any:
        """Today or earlier."""
        day = self.cleaned_data["signed_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def as_typed(self) -> dict[str, Any]:
        """With the day as a day, None where it is none."""
        names = ("signature", "signatory", "signatory_office")
        typed = {name: self._typed(name, self.fields[name]) for name in names}
        return typed | {"signed_on": self.cleaned_data.get("signed_on")}


class SignedPaperForm(forms.Form):
    """The signed form as a file."""

    file = forms.FileField(
        label=gettext_lazy("The signed form"),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Choose the file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        """A scan may be a picture; an electronic signature stands in a PDF."""
        super().__init__(*args, **kwargs)
        self.endings = ("pdf",) if kind == SignatureKind.QUALIFIED else ("pdf", "png", "jpg", "jpeg")
        self.fields["file"].widget.attrs["accept"] = ",".join(f".{each}" for each in self.endings)
        self.fields["file"].help_text = _("%(sorts)s, at most %(limit)d MB.") % {
            "sorts": ", ".join(each.upper() for each in self.endings if each != "jpeg"),
            "limit": LIMIT_BYTES // (1024 * 1024),
        }

    def clean_file(self) -> UploadedFile[bytes]:
        """Of an accepted sort and size; what is in it is looked at later."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if ending(file.name or "") not in self.endings:
            raise forms.ValidationError(
                _("Send it as %(sorts)s.") % {"sorts": ", ".join(each.upper() for each in self.endings)}
            )
        if (file.size or 0) > LIMIT_BYTES:
            raise forms.ValidationError(_("The file is too large. Scan it in grey, at 200 dots per inch."))
        return file


class ConsentForm(forms.Form):
    """The last page; the text itself stands above the box."""

    consent = forms.BooleanField(
        label=gettext_lazy("I agree"),
        error_messages={"required": gettext_lazy("Without this consent the form cannot be handed over.")},
    )
