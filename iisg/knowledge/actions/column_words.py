"""What the fields of a sheet are called when a person says which column holds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

COLUMN_WORDS: Final[Mapping[str, Any]] = {
    "ref": _("Reference of the record"),
    "need": _("Need, in words"),
    "title": _("Title"),
    "title_original": _("Title in the original language"),
    "original_language": _("Original language"),
    "pillar": _("Pillar"),
    "pillar_basis": _("How the pillar is known"),
    "partner": _("Partners that have the need"),
    "four_p": _("Anticipate, Prevent, Protect or Respond"),
    "four_p_basis": _("How that field is known"),
    "objective": _("Objective"),
    "measure": _("Measure"),
    "need_kind": _("Legislative, institutional or operational"),
    "perspective": _("Prevention or response"),
    "priority": _("Priority"),
    "quantity": _("Quantity"),
    "unit": _("Unit of the quantity"),
    "basis": _("Kind of statement"),
    "source_body": _("Who stated it"),
    "source_year": _("Year of the source"),
    "source_url": _("Source, an address of the web"),
    "second_source_url": _("Second source, an address of the web"),
    "notes": _("Notes"),
    "kind": _("Form: project, programme, twinning …"),
    "donor": _("Donors"),
    "donor_kind": _("Kind of donor"),
    "implementer": _("Implementers"),
    "partners": _("Other bodies that take part"),
    "beneficiaries": _("Western Balkans partners it reaches"),
    "other_beneficiaries": _("Other beneficiaries"),
    "scope": _("Scope: regional, national …"),
    "assistance_type": _("Kinds of assistance"),
    "budget_amount": _("Budget, a number"),
    "budget_currency": _("Currency, three letters"),
    "budget_note": _("Note on the budget"),
    "start_date": _("Start"),
    "end_date": _("End"),
    "duration_months": _("Duration in months"),
    "date_note": _("Note on dates"),
    "stage_in_source": _("Stage or status"),
    "iisg_link_in_source": _("Link to the mechanism in the source"),
    "summary": _("Summary"),
    "parent_ref": _("Reference of the action it is part of"),
}
"""Field of a sheet to its name in words; some stand in sheets of needs and of actions alike."""


def column_word(field: str) -> str:
    """The field in words."""
    return str(COLUMN_WORDS.get(field, field.replace("_", " ")))
