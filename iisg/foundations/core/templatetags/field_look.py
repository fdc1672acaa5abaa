"""Which classes of the kit a form field wears, and where a link to its error has to lead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django import forms

KIT_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.RadioSelect, ""),
    (forms.CheckboxSelectMultiple, ""),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.DateInput, "govuk-input govuk-input--width-10"),
    (forms.NumberInput, "govuk-input govuk-input--width-10"),
    (forms.widgets.Input, "govuk-input"),
)
"""The first kind that fits decides; radios and check boxes in groups have templates of their own."""


class FieldError(NamedTuple):
    """One error in words, and the address of the field on the page ("" for an error of the whole form)."""

    text: str
    href: str


def widget_classes(field: forms.BoundField) -> str:
    """The kit's classes, those the widget brings along, and the one for an error."""
    widget = field.field.widget
    kit = next((name for kind, name in KIT_CLASSES if isinstance(widget, kind)), "")
    names = [kit, str(widget.attrs.get("class", ""))]
    if kit and field.errors:
        names.append(f"{kit.split()[0]}--error")
    return " ".join(name for name in names if name)


def errors_of(form: forms.BaseForm) -> Iterator[FieldError]:
    """All errors of a form, its own first; those of fields with their labels, for several sound alike."""
    for text in form.non_field_errors():
        yield FieldError(str(text), "")
    for field in form:
        for text in field.errors:
            yield FieldError(f"{field.label}: {text}", f"#{first_id(field)}")


def first_id(field: forms.BoundField) -> str:
    """The id of the element that takes the focus: for choices and composed fields the first part."""
    several = isinstance(
        field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.MultiWidget
    )
    return f"{field.auto_id}_0" if several else field.id_for_label or str(field.auto_id)
