"""The Annex of the methodology on paper, as an applicant has filled it in, or empty to be filled in by hand (S19)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from iisg.foundations.access.roles import PillarCode
from iisg.foundations.core.handling import Marking
from iisg.foundations.core.naming import footnote_for
from iisg.governance.membership.models import Application
from iisg.governance.membership.rules.applying import in_force
from iisg.governance.membership.signing.preparing import with_place_to_sign
from iisg.office.documents.typesetting import set_as_pdf
from iisg.office.letters.kinds import printed

_PAPER = Path(__file__).resolve().parent / "typst" / "annex.typ"


def as_pdf(form: Application, at: datetime) -> bytes:
    """The form as it is handed over; from then on it is a paper of the house and marked as such."""
    return set_as_pdf(_PAPER, on_paper(form, at) | {"marking": Marking.MEMBERS.label}, at)


def to_be_signed(form: Application, at: datetime) -> bytes:
    """The form as far as it is filled in, with a place for an electronic signature."""
    paper = set_as_pdf(_PAPER, on_paper(form, at) | {"sign_here": _("Place for an electronic signature")}, at)
    return with_place_to_sign(paper, _("Electronic signature of the applicant"))


def empty_pdf(at: datetime) -> bytes:
    """The form without an answer, for anybody to print and fill in by hand."""
    return set_as_pdf(_PAPER, on_paper(Application(), at) | {"marking": Marking.PUBLIC.label}, at)


def on_paper(form: Application, at: datetime) -> dict[str, Any]:
    """What the paper shows: every statement in its exact words, those made ticked."""
    day = timezone.localtime(at).date()
    empty = form.pk is None
    made = {} if empty else {each.text_id: each.text for each in form.undertaken.select_related("text")}
    texts = sorted({*in_force(day), *made.values()}, key=lambda text: (text.order, text.version))
    statements = [text for text in texts if text.pk in made or not _made_otherwise(text.slug, made.values())]
    return {
        "house": settings.MECHANISM_NAME,
        "day": day.isoformat(),
        "title": _("Application of interest to become an IISG member"),
        "name_label": _("Name of the country or organisation:"),
        "name": form.name,
        "preamble": _(
            "Having in mind the need to improve collective efficiency by mapping needs and coordinating responses "
            "concerning security threats in the Western Balkan region, the country or organisation:"
        ),
        "statements": [{"text": text.text, "made": text.pk in made} for text in statements],
        "focal_label": _("Focal points in the pillars of the Support Group"),
        "focal_points": [
            {
                "pillar": f"{code}: {PillarCode(code).label}",
                "person": "" if empty else _person(form.focal_points.get(code)),
            }
            for code in PillarCode.values
        ],
        "signature_rows": [
            [_("Name"), form.signatory],
            [_("Office"), form.signatory_office],
            [_("Signed"), form.get_signature_display() if form.signature == "typed" else ""],
            [_("Date"), printed(form.signed_on) if form.signed_on else ""],
        ],
        "footnote": footnote_for(f"{form.name} {form.work}"),
        "reference": _("To be returned, signed, to the %(office)s: %(address)s")
        % {"office": settings.OFFICE_NAME, "address": settings.DEFAULT_FROM_EMAIL}
        if empty
        else _("Form %(number)d, printed on %(day)s") % {"number": form.pk, "day": _moment(at)},
        "marking": "",
        "sign_here": "",
    }


def _moment(at: datetime) -> str:
    here = timezone.localtime(at)
    return f"{printed(here.date())}, {here:%H:%M:%S %Z}"


def _made_otherwise(slug: str, made: Any) -> bool:
    """Whether the statement was made in another version of its words."""
    return any(text.slug == slug for text in made)


def _person(person: dict[str, str] | None) -> str:
    if person is None:
        return _("none")
    if not person.get("name"):
        return _("to be named later")
    return ", ".join(filter(None, (person["name"], person.get("office", ""), person.get("email", ""))))
