"""A report as the engine compares it: worked out once per record, so that pairs are cheap."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from iisg.foundations.core.folding import fold
from iisg.knowledge.analysis.engine.relating.bodies import bodies, bodies_of
from iisg.knowledge.analysis.engine.relating.glossary import FIELDS
from iisg.knowledge.analysis.engine.relating.marks import Marks, marks_of, without_marks
from iisg.knowledge.analysis.engine.relating.records import Report
from iisg.knowledge.analysis.engine.relating.words import (
    UNKNOWN_WORD,
    Terms,
    term_of,
    terms_of,
    told_places,
    weight_of,
)

ROUGH_EUR: Final = {
    "EUR": 1.0, "ALL": 0.0089, "BAM": 0.511, "MKD": 0.01625, "RSD": 0.0085, "USD": 0.9, "GBP": 1.16, "CHF": 0.95,
    "NOK": 0.096, "SEK": 0.093, "DKK": 0.134, "CZK": 0.0395, "HUF": 0.0028, "PLN": 0.23, "BGN": 0.511, "RON": 0.205,
    "TRY": 0.1, "CAD": 0.68, "JPY": 0.0075,
}  # fmt: skip
"""EUR for one unit, about the mean of ten years: good for telling whether two sums may be one, for nothing else."""

KINDS_TOLD: Final[Mapping[str, str]] = {
    "+training": "training", "+workshops": "training", "+equipment": "equipment", "+donation": "equipment",
    "=vehicles": "equipment", "=drones": "equipment", "=infrastructure": "infrastructure", "+legislation": "advice",
    "+advice": "advice", "+mentoring": "mentoring", "+twinning": "advice", "+research": "research",
    "+grants": "grants", "+coordination": "coordination", "+network": "coordination", "=budget": "budget_support",
}  # fmt: skip
"""Kinds of assistance that a text tells where no field does."""

UNSPECIFIC: Final = frozenset({"other"})
"""Kinds that say nothing of what is given: two actions cannot share them."""

FIELD_OF: Final = {
    f"={subject}": field for field, subjects in FIELDS.items() for subject in subjects.split(",")
}
"""Term of a subject to its field of work."""

PARTS: Final = frozenset({"component", "delivery", "sub grant", "subgrant", "contract", "output", "lot"})
WHOLES: Final = frozenset({"programme", "program", "fund", "package", "facility"})
"""Forms of records that are mostly parts of something, and such as mostly have parts."""

_NAME = re.compile(r"\b(?:[A-Z]+[a-z]*\d[A-Za-z]+|[a-z][A-Z]{3,}|[A-Z]{5,}|[A-Z][a-z]+[A-Z]{2,}[a-z]*)\b")


@dataclass(frozen=True, slots=True)
class Profile:
    """One report, ready to be compared.

    `form` is its kind as the source prints it, folded; `line` are the terms of the title without its marks, `terms`
    those of all its text, `subjects` what it is about, `fields` how much it is about each field of work; `names` are
    those that an action has given itself ("EU4FAST"). `places` are the partners that it names, or that its title
    tells where no field does.
    """

    report: Report
    form: str
    line: Mapping[str, float]
    terms: Mapping[str, float]
    subjects: Mapping[str, float]
    fields: Mapping[str, float]
    names: frozenset[str]
    marks: Marks
    funders: frozenset[str]
    implementers: frozenset[str]
    reporter: frozenset[str]
    places: frozenset[str]
    kinds: frozenset[str]
    euros: float | None
    links: frozenset[str]

    @property
    def ref(self) -> str:
        """The record's own reference."""
        return self.report.ref


Found = tuple[Profile, Profile, str, float]
"""What a rule answers: from, to, relation, score."""


def profile_of(report: Report) -> Profile:
    """Everything that is compared of a report."""
    line = terms_of(f"{without_marks(report.title)} {without_marks(report.original_title)}")
    terms = dict(line) | terms_of(report.summary)
    funders, implementers = bodies(report.funders), bodies(report.implementers)
    return Profile(
        report=report,
        form=fold(report.kind),
        line=line,
        terms=terms,
        subjects={term: 1.0 if term in line else 0.5 for term in terms if term.startswith("=")},
        fields=_fields(line, terms),
        names=_names(report.title),
        marks=marks_of(report.title, report.summary),
        funders=funders,
        implementers=implementers,
        reporter=bodies_of(report.reporter),
        places=report.partners or told_places(report.title),
        kinds=report.assistance or frozenset(KINDS_TOLD[t] for t in terms if t in KINDS_TOLD),
        euros=_euros(report.amount, report.currency),
        links=frozenset({report.ref, *report.identifiers}),
    )


def _names(title: str) -> frozenset[str]:
    """Names that an action gave itself, by their letters; those of known bodies and words of the glossary are none."""
    if title.isupper():
        return frozenset()
    found = {fold(name): name for name in _NAME.findall(title)}
    return frozenset(
        folded
        for folded, name in found.items()
        if all(key.startswith("~") for key in bodies_of(name)) and weight_of(term_of(folded)) == UNKNOWN_WORD
    )


def _fields(line: Terms, terms: Terms) -> dict[str, float]:
    """How much of a record is about each field of work; what the title says counts twice."""
    found: dict[str, float] = {}
    for term in terms:
        if field := FIELD_OF.get(term):
            found[field] = found.get(field, 0.0) + (2.0 if term in line else 1.0)
    return found


def _euros(amount: Decimal | None, currency: str) -> float | None:
    """About how many euros; None where the sum, its currency or its rate is not known, or it is none."""
    rate = ROUGH_EUR.get(currency.upper())
    return float(amount) * rate if amount and amount > 0 and rate else None
