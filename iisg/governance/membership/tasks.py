"""The form as a list of pages in the Annex's order: what each asks, and what it still lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.foundations.access.roles import PillarCode
from iisg.foundations.core.findings import Finding
from iisg.governance.membership.countries import country_called
from iisg.governance.membership.models import Application, SignatureKind
from iisg.governance.membership.rules.applying import in_force, missing_of


@dataclass(frozen=True, slots=True)
class Task:
    """One page of the form. `begun`: something stands on it already."""

    place: str
    title: str
    part: str
    missing: tuple[Finding, ...]
    begun: bool

    @property
    def done(self) -> bool:
        """Nothing is missing."""
        return not self.missing


STATEMENT_TITLES = {
    "interest": gettext_lazy("Interest in membership and its meetings"),
    "information": gettext_lazy("Information on actions, and the Secure Database"),
    "no-sensitive-information": gettext_lazy("No sensitive information"),
    "support": gettext_lazy("Support and request"),
}


def tasks(form: Application, today: date) -> list[Task]:
    """Every page but the last one, on which the form is checked and handed over."""
    missing: dict[str, list[Finding]] = {}
    for finding in missing_of(form, today):
        missing.setdefault(finding.place, []).append(finding)
    return [
        Task(place, title, part, tuple(missing.get(place, ())), begun)
        for place, title, part, begun in _pages(form, today)
    ]


def _pages(form: Application, today: date) -> Iterator[tuple[str, str, str, bool]]:
    """Place, title, part of the form, whether something stands on it."""
    who, annex, signed = _("Who applies"), _("What the Annex asks"), _("Signature")
    yield "organisation", _("The country or organisation"), who, bool(form.name or form.kind)
    yield "contact", _("Whom we write to"), who, bool(form.contact_name)
    made = {each.text.slug for each in form.undertaken.select_related("text")}
    for text in in_force(today):
        yield text.slug, title_of(text.slug), annex, text.slug in made
    yield "focal-points", _("Focal points in the three pillars"), annex, bool(form.focal_points)
    yield "signature", _("Who signs, and how"), signed, bool(form.signature)
    if form.signature in (SignatureKind.SCAN, SignatureKind.QUALIFIED):
        yield "signed-paper", _("The signed form"), signed, form.paper is not None


def title_of(slug: str) -> str:
    """The heading of a statement's page."""
    return str(STATEMENT_TITLES.get(slug) or slug.replace("-", " ").capitalize())


def place_after(place: str, pages: list[Task]) -> str:
    """The next page that lacks something, going round from this one; the check of all answers where none does."""
    places = [task.place for task in pages]
    start = places.index(place) + 1 if place in places else 0
    waiting = [task.place for task in pages[start:] + pages[:start] if not task.done and task.place != place]
    return waiting[0] if waiting else "check"


def answers_shown(form: Application, today: date) -> dict[str, Any]:
    """What a list of all answers shows besides the form's own fields."""
    made = {each.text_id for each in form.undertaken.all()}
    return {
        "country": country_called(form.country),
        "statements": [
            (
                {"slug": each.slug, "text": each.text, "version": each.version, "title": title_of(each.slug)},
                each.pk in made,
            )
            for each in in_force(today)
        ],
        "focal_points": [(code, form.focal_points.get(code)) for code in PillarCode.values],
    }
