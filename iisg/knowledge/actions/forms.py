"""What a reporter says about a file: the file itself, what its columns mean, whom its new names mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.roles import Can
from iisg.foundations.core.folding import fold
from iisg.foundations.orgs.matching import Directory
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.changes_shown import Change
from iisg.knowledge.actions.column_words import column_word
from iisg.knowledge.actions.models import Absence, Fate, Import, Verdict
from iisg.knowledge.actions.previews import Column, Conflict, NewName, SheetOfColumns
from iisg.knowledge.actions.sheets.fields import FIELDS, REQUIRED, SYNONYMS
from iisg.knowledge.actions.sources.refusals import size_in_words

_IN_WORDS = ("title", "need")
OWN = "own"
"""The answer that a name is a body of its own."""


class ReporterForm(forms.Form):
    """Who reports it; those who speak for one organisation only are not asked."""

    reporter = forms.ModelChoiceField(
        label=gettext_lazy("Which organisation reports it?"),
        queryset=Organisation.objects.none(),
        to_field_name="ref",
        error_messages={"required": gettext_lazy("Choose the organisation that reports it.")},
    )
    nobody = gettext_lazy("As the file says; where it says nothing: compiled by the Secretariat")
    """What the Secretariat chooses where it names no organisation."""

    def __init__(self, *args: Any, reader: Actor, **kwargs: Any) -> None:
        """The Secretariat chooses among all organisations, a member among those it speaks for."""
        super().__init__(*args, **kwargs)
        field = self.fields["reporter"]
        if not isinstance(field, forms.ModelChoiceField):
            raise TypeError("the reporter is chosen from a list")
        self.only_reporter: Organisation | None = None
        if Can.IMPORT_ANY_RECORDS in reader.powers:
            field.queryset = Organisation.objects.all()
            field.required = False
            field.empty_label = str(self.nobody)
            return
        own = Organisation.objects.filter(pk__in=reader.organisation_keys)
        field.queryset = own
        field.empty_label = _("Choose one")
        found = list(own[:2])
        if len(found) == 1:
            self.only_reporter = found[0]
            del self.fields["reporter"]

    @property
    def reported_by(self) -> Organisation | None:
        """Who reports it: the one chosen, the only one possible, or nobody named."""
        chosen: Organisation | None = self.only_reporter or self.cleaned_data.get("reporter")
        return chosen


class TemplateForm(ReporterForm):
    """What a template is for, and whose."""

    subject = forms.ChoiceField(
        label=gettext_lazy("What do you want to report?"),
        choices=[
            ("actions", gettext_lazy("Actions: what an organisation does")),
            ("needs", gettext_lazy("Needs: what a partner lacks")),
        ],
        initial="actions",
        widget=forms.RadioSelect,
    )
    nobody = gettext_lazy("What the Secretariat has compiled")
    field_order = ("subject", "reporter")


class UploadForm(ReporterForm):
    """A file and who reports it."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        max_length=250,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.xml,.json,.txt"}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )
    field_order = ("file", "reporter")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The limit stands at the field."""
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "CSV, XLSX (not .xls), IATI XML 1.01 to 2.03 or JSON of this platform, at most %(limit)s."
        ) % {"limit": size_in_words(settings.IMPORT_LIMIT_BYTES)}

    def clean_file(self) -> UploadedFile[bytes]:
        """A file over the limit is told at once."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        size, limit = file.size or 0, settings.IMPORT_LIMIT_BYTES
        if size > limit:
            raise forms.ValidationError(
                _("The file has %(size)s; at most %(limit)s can be sent. Send it in parts.")
                % {"size": size_in_words(size), "limit": size_in_words(limit)}
            )
        return file


class RecordFilter(forms.Form):
    """Which records of a file are listed; what is no choice counts as not chosen and is told at its field."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("What happens to the record"),
        required=False,
        choices=[("", gettext_lazy("Anything")), *Verdict.choices],
    )
    grade = forms.ChoiceField(
        label=gettext_lazy("Findings"),
        required=False,
        choices=[
            ("", gettext_lazy("With or without")),
            ("error", gettext_lazy("Errors")),
            ("warning", gettext_lazy("Warnings")),
        ],
    )

    def chosen(self, name: str) -> str:
        """The value of a field where it is one of its choices, else ""."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")


class ColumnsForm(forms.Form):
    """One choice among our fields for each column of the file."""

    def __init__(
        self, *args: Any, imported: Import, sheets: Sequence[SheetOfColumns], subject: str, **kwargs: Any
    ) -> None:
        """Choices are the fields of the subject; those meant already, or known by their headers, are set."""
        super().__init__(*args, **kwargs)
        self.subject = subject
        self._sheets = sheets
        self._columns = {
            f"column_{n}": column for n, column in enumerate(c for sheet in sheets for c in sheet.columns)
        }
        names = [(name, column_word(name)) for name in FIELDS[subject].values()]
        required = [(name, word) for name, word in names if name in REQUIRED[subject]]
        others = sorted((n for n in names if n[0] not in REQUIRED[subject]), key=lambda n: n[1])
        choices = [("", _("Not read")), (_("Required"), required), (_("Where the file has it"), others)]
        meant = imported.mapping.get("columns") if imported.mapping.get("subject") == subject else None
        for key, column in self._columns.items():
            guess = meant.get(column.key, "") if isinstance(meant, dict) else _known(subject, column)
            label = _("What “%(header)s” means") % {"header": column.shown}
            self.fields[key] = forms.ChoiceField(label=label, required=False, choices=choices, initial=guess)
        for number, sheet in enumerate(sheets):
            label = _("Row with the headers")
            self.fields[f"row_{number}"] = forms.TypedChoiceField(
                label=label,
                required=False,
                choices=_rows(sheet),
                coerce=int,
                empty_value=None,
                initial=sheet.row,
            )

    def sheets(
        self,
    ) -> Iterator[tuple[SheetOfColumns, list[tuple[Column, forms.BoundField]], forms.BoundField]]:
        """Each sheet with its columns and their fields, and the field of its header row."""
        fields = iter(self._columns)
        for number, sheet in enumerate(self._sheets):
            yield sheet, [(column, self[next(fields)]) for column in sheet.columns], self[f"row_{number}"]

    @property
    def rows(self) -> dict[str, int]:
        """Sheet to the row of its headers, where another was chosen than the one looked at."""
        chosen = {sheet.name: self.data.get(f"row_{n}", "") for n, sheet in enumerate(self._sheets)}
        looked_at = {sheet.name: sheet.row for sheet in self._sheets}
        rows = {name: int(row) for name, row in chosen.items() if row.isdecimal() and len(row) < 5}
        return {name: row for name, row in rows.items() if row != looked_at[name]}

    @property
    def columns(self) -> dict[str, str]:
        """Key of a column to our field, of the columns that are read."""
        return {c.key: self.cleaned_data[key] for key, c in self._columns.items() if self.cleaned_data[key]}

    def clean(self) -> dict[str, Any]:
        """Required fields are there, and no field stands in two columns."""
        data: dict[str, Any] = super().clean() or {}
        first: dict[str, str] = {}
        for key, column in self._columns.items():
            name = data.get(key, "")
            if name in first:
                self.add_error(
                    key,
                    _("“%(word)s” was already chosen for the column “%(header)s”.")
                    % {"word": column_word(name), "header": first[name]},
                )
            elif name:
                first[name] = column.shown
        missing = [column_word(name) for name in sorted(REQUIRED[self.subject] - set(first))]
        if missing:
            self.add_error(None, _("Say which column holds: %(words)s.") % {"words": "; ".join(missing)})
        return data


class NamesForm(forms.Form):
    """For each new name: the same as a known body, or a body of its own."""

    def __init__(self, *args: Any, names: Sequence[NewName], **kwargs: Any) -> None:
        """Names that resemble a known body are asked first; for the others a known body may be named."""
        super().__init__(*args, **kwargs)
        self._names = {name.key: name for name in names if not name.decided}
        for key, name in self._names.items():
            if name.near:
                choices = [(body.ref, _("The same as %(body)s") % {"body": body}) for body in name.near]
                self.fields[f"means_{key}"] = forms.ChoiceField(
                    label=_("Whom does “%(name)s” mean?") % {"name": name.name},
                    required=False,
                    choices=[*choices, (OWN, _("A body of its own"))],
                    widget=forms.RadioSelect,
                )
            self.fields[f"known_{key}"] = forms.CharField(
                label=_("Another known organisation")
                if name.near
                else _("The known organisation that “%(name)s” means") % {"name": name.name},
                required=False,
                max_length=250,
                widget=forms.TextInput(attrs={"list": "known-organisations", "autocomplete": "off"}),
            )

    def resembling(self) -> list[tuple[NewName, list[forms.BoundField]]]:
        """Names that resemble a known body, each with its two fields."""
        near = [(key, name) for key, name in self._names.items() if name.near]
        return [(name, [self[f"means_{key}"], self[f"known_{key}"]]) for key, name in near]

    def strange(self) -> list[tuple[NewName, forms.BoundField]]:
        """Names that resemble nobody, each with its field."""
        return [(name, self[f"known_{key}"]) for key, name in self._names.items() if not name.near]

    def clean(self) -> dict[str, Any]:
        """A name written in must be that of a known body; the decisions are kept in `decisions`."""
        data: dict[str, Any] = super().clean() or {}
        directory = Directory()
        keys: dict[str, int | None] = {}
        refs: dict[str, str] = {}
        for key, name in self._names.items():
            written, means = data.get(f"known_{key}", ""), data.get(f"means_{key}", "")
            if written:
                keys[name.name] = directory.find(written)
                if keys[name.name] is None:
                    text = _("No organisation is known by the name “%(name)s”.") % {"name": written}
                    self.add_error(f"known_{key}", text)
            elif means:
                refs[name.name] = means
        bodies = {b.pk: b for b in Organisation.objects.filter(pk__in=[k for k in keys.values() if k])}
        by_ref = {body.ref: body for name in self._names.values() for body in name.near}
        self.decisions: dict[str, Organisation | None] = {
            name: bodies.get(key) for name, key in keys.items() if key is not None
        } | {name: by_ref.get(ref) for name, ref in refs.items()}
        return data


class AbsencesForm(forms.Form):
    """For each record that vanished: what that means; with one reason for all that are decided here."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Kept with each decision that you save here, with your name and the day."),
    )

    def __init__(
        self, *args: Any, absences: Sequence[Absence], everyone: Sequence[Fate] = (), **kwargs: Any
    ) -> None:
        """One choice for each absence, or one for all of them among `everyone`."""
        super().__init__(*args, **kwargs)
        self._absences = list(absences)
        if everyone:
            label = _("What it means for all of them")
            self.fields["fate"] = forms.ChoiceField(
                label=label, choices=[("", _("Choose one")), *((fate.value, fate.label) for fate in everyone)]
            )
            self.order_fields(["fate", "reason"])
            return
        for absence in self._absences:
            label = _("What it means that %(ref)s vanished") % {"ref": absence.record.ref}
            choices = [("", _("Not decided")), *((fate.value, fate.label) for fate in absence.fates)]
            self.fields[f"fate_{absence.pk}"] = forms.ChoiceField(
                label=label, required=False, choices=choices, initial=absence.fate
            )

    def lines(self) -> list[tuple[Absence, forms.BoundField]]:
        """Each absence with its field."""
        return [(absence, self[f"fate_{absence.pk}"]) for absence in self._absences]

    def decided(self) -> dict[str, list[Absence]]:
        """What was decided differently from before, by decision."""
        found: dict[str, list[Absence]] = {}
        for absence in self._absences:
            fate = self.cleaned_data.get(f"fate_{absence.pk}", self.cleaned_data.get("fate", ""))
            if fate != absence.fate:
                found.setdefault(fate, []).append(absence)
        return found

    def clean(self) -> dict[str, Any]:
        """Who decides says why."""
        data: dict[str, Any] = super().clean() or {}
        self.cleaned_data = data
        if any(self.decided()) and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why in a few words."))
        return data


class ConflictsForm(forms.Form):
    """For each difference from what a person confirmed: keep ours, or take the file's."""

    def __init__(self, *args: Any, conflicts: Sequence[Conflict], **kwargs: Any) -> None:
        """One checkbox for each topic of each record."""
        super().__init__(*args, **kwargs)
        self._conflicts = list(conflicts)
        for conflict in self._conflicts:
            for topic, word, _changes in conflict.topics:
                self.fields[f"take_{conflict.row.pk}_{topic}"] = forms.BooleanField(
                    label=_("Take the file's value: %(topic)s of %(ref)s")
                    % {"topic": word, "ref": conflict.row.key},
                    required=False,
                    initial=topic in conflict.row.taken,
                )

    def lines(self) -> list[tuple[Conflict, list[tuple[str, list[Change], forms.BoundField]]]]:
        """Each record with its differences and their fields."""
        return [
            (
                each,
                [
                    (word, changes, self[f"take_{each.row.pk}_{topic}"])
                    for topic, word, changes in each.topics
                ],
            )
            for each in self._conflicts
        ]

    @property
    def taken(self) -> dict[int, list[str]]:
        """Topics that follow the file, by row."""
        return {
            each.row.pk: [t for t, *_rest in each.topics if self.cleaned_data.get(f"take_{each.row.pk}_{t}")]
            for each in self._conflicts
        }


def _known(subject: str, column: Column) -> str:
    """The field that a header names by itself or by a known synonym, else ""; codes are no words of a title."""
    header = fold(column.header)
    name = FIELDS[subject].get(header) or SYNONYMS[subject].get(header, "")
    return "" if name in _IN_WORDS and column.samples and all(map(_is_code, column.samples)) else name


def _is_code(sample: str) -> bool:
    """Whether a value is one word with a figure in it, such as TD19: a code, never what a record is called."""
    return " " not in sample and any(letter.isdigit() for letter in sample)


def _rows(sheet: SheetOfColumns) -> list[tuple[int, str]]:
    """The first rows of a sheet, and that it has no headers at all."""
    rows = [
        (
            number,
            _("Row %(number)d: %(text)s") % {"number": number, "text": text[:80]}
            if text
            else _("Row %(number)d, which is empty") % {"number": number},
        )
        for number, text in sheet.first
    ]
    return [(0, _("None: the records begin in the first row")), *rows]
