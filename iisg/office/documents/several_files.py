"""Several files at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from iisg.office.documents.kinds import TYPES


class ManyFiles(forms.FileInput):
    """A field of the browser that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, none included; what sort they may be is a rule of the documents."""

    def __init__(self, label: Any) -> None:
        """Never asked for."""
        accepted = ",".join(f".{kind}" for kind in TYPES)
        super().__init__(
            label=label,
            required=False,
            max_length=250,
            widget=ManyFiles(attrs={"accept": accepted}),
            help_text=_("PDF, DOCX, XLSX, PNG or JPEG, at most 20 MB each; several at once if you like."),
        )

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Each file by itself."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each, initial) for each in given if each]


def contents(files: list[UploadedFile[bytes]]) -> tuple[tuple[str, bytes], ...]:
    """Names and bytes of what was sent."""
    return tuple((file.name or "", file.read()) for file in files)
