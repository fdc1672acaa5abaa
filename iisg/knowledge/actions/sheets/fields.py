"""The columns we know: their names, the words others use for them, and the closed lists of their values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from iisg.foundations.core.folding import fold

_NEEDS = (
    "ref", "pillar", "pillar_basis", "partner", "four_p", "four_p_basis", "objective", "measure", "need",
    "need_kind",
    "perspective", "priority", "quantity", "unit", "basis", "source_body", "source_year", "source_url",
    "notes",
    "title_original", "original_language",
    "body", "capability", "needed_by", "met_when", "references",
)  # fmt: skip
_ACTIONS = (
    "ref", "title", "title_original", "original_language", "kind", "donor", "donor_kind", "implementer",
    "partners",
    "beneficiaries", "other_beneficiaries", "scope", "pillar", "pillar_basis", "assistance_type",
    "budget_amount",
    "budget_currency", "budget_note", "start_date", "end_date", "duration_months", "date_note",
    "stage_in_source",
    "iisg_link_in_source", "summary", "source_url", "second_source_url", "parent_ref",
    "reporter", "public", "title_language", "action_kind", "extending", "accountable", "beneficiary_bodies",
    "partners_named", "assistance_kinds", "sectors", "second_hand", "start_printed", "end_printed", "action_stage",
    "money_note",
)  # fmt: skip
_MONEY = (
    "money_state", "money_figure", "money_amount", "money_currency", "money_from", "money_to", "money_date",
    "money_date_printed", "money_valued", "money_from_action", "money_to_action", "money_period_from",
    "money_period_to", "money_printed", "money_sectors", "money_recipients",
)  # fmt: skip

FIELDS: Final[Mapping[str, Mapping[str, str]]] = {
    "needs": {fold(name): name for name in _NEEDS},
    "actions": {fold(name): name for name in (*_ACTIONS, *_MONEY)},
    "money": {fold(name): name for name in ("ref", "reporter", *_MONEY)},
}
"""Folded header to the field's name, by kind of sheet."""

REQUIRED: Final[Mapping[str, frozenset[str]]] = {
    "needs": frozenset({"ref", "need"}),
    "actions": frozenset({"ref", "title"}),
    "money": frozenset({"ref", "money_state"}),
}
"""Fields without which no record can be made."""

_FRENCH: Final = {
    "intitule": "title", "titre": "title", "titre du projet": "title", "nom du projet": "title", "projet": "title",
    "bailleur": "donor", "bailleurs": "donor", "bailleur de fonds": "donor", "donateur": "donor",
    "donateurs": "donor", "financement": "donor", "finance par": "donor",
    "partenaire de mise en oeuvre": "implementer", "organisation de mise en oeuvre": "implementer",
    "mis en oeuvre par": "implementer", "pays": "beneficiaries", "beneficiaires": "beneficiaries",
    "montant": "budget_amount", "budget total": "budget_amount", "devise": "budget_currency",
    "debut": "start_date", "date de debut": "start_date", "fin": "end_date", "date de fin": "end_date",
    "duree en mois": "duration_months", "statut": "stage_in_source", "lien": "source_url",
    "type d assistance": "assistance_type", "type d appui": "assistance_type",
}  # fmt: skip
"""The same for files in French, the second language of many sources."""

SYNONYMS: Final[Mapping[str, Mapping[str, str]]] = {
    "needs": {
        "reference": "ref", "id": "ref", "no": "ref", "need no": "ref", "description of need": "need",
        "description of the need": "need", "need description": "need", "need title": "need",
        "partners": "partner",
        "western balkans partner": "partner", "wb partner": "partner", "beneficiary": "partner",
        "4p": "four_p", "four p s": "four_p", "objectives": "objective", "measures": "measure",
        "kind of need": "need_kind", "type of need": "need_kind", "view": "perspective",
        "priority level": "priority",
        "qty": "quantity", "number": "quantity", "units": "unit", "source": "source_body",
        "year": "source_year",
        "url": "source_url", "link": "source_url", "note": "notes", "remarks": "notes", "comments": "notes",
        "original title": "title_original", "language": "original_language",
        "responsible body": "body", "body that has the need": "body", "missing capability": "capability",
        "by when": "needed_by", "deadline": "needed_by", "how met": "met_when", "met when": "met_when",
        "reference documents": "references",
    },
    "actions": {
        "reference": "ref", "id": "ref", "no": "ref", "project no": "ref", "action": "title",
        "project": "title",
        "project title": "title", "action title": "title", "name": "title", "project name": "title",
        "original title": "title_original", "language": "original_language", "form": "kind", "type": "kind",
        "donors": "donor", "funder": "donor", "funders": "donor", "funding": "donor", "funded by": "donor",
        "donor type": "donor_kind", "implementers": "implementer", "implementing partner": "implementer",
        "implementing organisation": "implementer", "implementing organization": "implementer",
        "implemented by": "implementer", "partner": "partners", "other partners": "partners",
        "beneficiary": "beneficiaries", "countries": "beneficiaries", "country": "beneficiaries",
        "recipient": "beneficiaries", "recipients": "beneficiaries", "type of assistance": "assistance_type",
        "assistance": "assistance_type", "kind of assistance": "assistance_type", "budget": "budget_amount",
        "amount": "budget_amount", "total budget": "budget_amount", "currency": "budget_currency",
        "start": "start_date", "begin": "start_date", "from": "start_date", "end": "end_date",
        "until": "end_date",
        "to": "end_date", "duration": "duration_months", "months": "duration_months",
        "stage": "stage_in_source",
        "status": "stage_in_source", "description": "summary", "url": "source_url", "link": "source_url",
        "parent": "parent_ref", "part of": "parent_ref", "parent project": "parent_ref",
    } | _FRENCH,
    "money": {},
}  # fmt: skip
"""Folded words of others for our columns; whatever could mean two things is left to a person."""

PILLARS: Final[Mapping[str, str]] = {
    "wbcti": "WBCTi", "counter terrorism": "WBCTi", "counterterrorism": "WBCTi",
    "wbcsci": "WBCSCi", "serious and organised crime": "WBCSCi", "serious and organized crime": "WBCSCi",
    "wbbsi": "WBBSi", "border security": "WBBSi",
}  # fmt: skip
"""Codes of the pillars and their names in words, folded."""
FOUR_PS: Final[Mapping[str, str]] = {
    "anticipate": "Anticipate", "prevent": "Prevent", "protect": "Protect", "respond": "Respond",
}  # fmt: skip
NEED_KINDS: Final[Mapping[str, str]] = {
    "legislative": "legislative", "institutional": "institutional", "operational": "operational",
}  # fmt: skip
PERSPECTIVES: Final[Mapping[str, str]] = {"prevention": "prevention", "response": "response"}
PRIORITIES: Final[Mapping[str, str]] = {"high": "high", "medium": "medium", "low": "low"}
STAGES: Final[Mapping[str, str]] = {
    "completed": "completed", "closed": "completed", "finished": "completed", "ended": "completed",
    "implementation": "implementation", "ongoing": "implementation", "on going": "implementation",
    "started": "implementation", "kicked off": "implementation", "running": "implementation",
    "pipeline": "pipeline", "announced": "pipeline", "call": "pipeline", "earmarked": "pipeline",
    "scheduled": "pipeline", "planned": "pipeline",
    "suspended": "suspended", "cancelled": "cancelled", "canceled": "cancelled",
}  # fmt: skip
"""Words of sources for a stage, as they stand before "in source"."""
SCOPES: Final[Mapping[str, str]] = {
    fold(word): word
    for word in (
        "regional", "national", "bilateral", "global", "multi-national", "sub-national", "single location",
    )
}  # fmt: skip
ACTION_KINDS: Final[Mapping[str, str]] = {
    fold(word): word for word in ("external_support", "own_measure", "coordination")
}
ACTION_STAGES: Final[Mapping[str, str]] = {
    word: word for word in ("pipeline", "implementation", "completed", "suspended", "cancelled")
}
ASSISTANCE_KINDS: Final[Mapping[str, str]] = {
    fold(word): word
    for word in (
        "equipment", "training", "advice", "mentoring", "infrastructure", "information_systems",
        "operational_support", "coordination", "research", "grants", "budget_support", "protection",
        "institution_building", "other",
    )
}  # fmt: skip
MONEY_STATES: Final[Mapping[str, str]] = {
    fold(word): word for word in ("pledge", "committed", "spent", "in_kind", "incoming")
}
YES_NO: Final[Mapping[str, str]] = {"yes": "yes", "no": "no"}
